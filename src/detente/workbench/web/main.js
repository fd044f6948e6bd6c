// Starts the page.
import { render } from "preact";
import { App } from "./app.js";
import { keep } from "./focus.js";
import { html } from "./html.js";
import { remembered, wear } from "./theme.js";

wear(remembered());
const place = document.getElementById("page");
if (place) {
  keep(place);
  render(html`<${App} />`, place);
}
