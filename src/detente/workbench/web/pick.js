// Something chosen of a list, and then put in: by a button, so that going through the list with arrow keys does nothing yet.
import { useRef, useState } from "preact/hooks";
import { html } from "./html.js";

/**
 * The list, and the button.
 * @param {{label: string, hint: string, options: {value: string, says: string}[], pick: (value: string) => void, mark?: Record<string, string>}} props
 *   `label`: what it is chosen for; `hint`: what stands where nothing is chosen
 */
export function Pick({ label, hint, options, pick, mark = {} }) {
  const [chosen, choose] = useState("");
  const list = useRef(/** @type {HTMLSelectElement | null} */ (null));
  const value = options.some((one) => one.value === chosen) ? chosen : "";
  const put = () => {
    if (value === "") return;
    choose("");
    list.current?.focus();  // the button can't be pressed again before something is chosen
    pick(value);
  };
  return html`<span class="picker"><label><span class="vh">${label}</span><select ref=${list} ...${mark} value=${value} onChange=${(/** @type {any} */ event) => choose(event.currentTarget.value)}>
    <option value="">${hint}</option>${options.map((one) => html`<option key=${one.value} value=${one.value}>${one.says}</option>`)}</select></label>
    <button type="button" disabled=${value === ""} onClick=${put}>Add<span class="vh">: ${label}</span></button></span>`;
}
