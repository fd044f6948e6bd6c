// Links that lead past what stands between, for whoever goes by keyboard; they are seen while one of them has the focus.
import { html } from "./html.js";

/** The element that a link leads to, and what of it takes the focus. */
const PLACES = /** @type {Record<string, string>} */ ({
  states: '#states [role="grid"]', stability: '#stability button.verdict[tabindex="0"]', view: '#view [role="tab"][aria-selected="true"]', evidence: "#evidence button",
  text: "#text textarea", form: "#form .forms button, #form .forms input", save: "#save", "past-form": "#past-form a",
});

/**
 * The links.
 * @param {{label: string, to: [string, string][], id?: string}} props  `to`: the words of each, and where it leads
 */
export function Skips({ label, to, id }) {
  return html`<nav class="skips" id=${id} aria-label=${label}>${to.map(([says, place]) => html`<a key=${place} href=${`#${place}`} onClick=${jump}>${says}</a>`)}</nav>`;
}

/**
 * Goes where a link of the page leads, without a word in the address.
 * @param {MouseEvent} event
 */
export function jump(event) {
  event.preventDefault();
  const place = /** @type {HTMLAnchorElement} */ (event.currentTarget).hash.slice(1);
  const whole = document.getElementById(place);
  const found = document.querySelector(PLACES[place] ?? "main") ?? whole;
  whole?.scrollIntoView();
  if (!(found instanceof HTMLElement)) return;
  if (found === whole && found.tabIndex < 0) found.tabIndex = -1;  // nothing in it can be worked yet
  found.focus({ preventScroll: place !== "save" && place !== "past-form" });
}
