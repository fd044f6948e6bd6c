// What was tried, kept: as a file of the folder, or as a viewpoint of this file.
import { useState } from "preact/hooks";
import { address, ask, problem, problems } from "../api.js";
import { html, Text } from "../html.js";
import { Problems } from "../parts.js";

/**
 * The name of a new file beside one.
 * @param {string} name
 */
function beside(name) {
  const [, stem = name, end = ".yaml"] = /^(.*?)(\.[^./]*)?$/.exec(name) ?? [];
  return `${stem}-what-if${end}`;
}

/**
 * How it is kept.
 * @param {{desk: import("../types").Desk, asked: import("../types").Asked, busy: boolean}} props
 */
export function Keep({ desk, asked, busy }) {
  const [how, choose] = useState(/** @type {"file" | "viewpoint"} */ ("file"));
  const [found, tell] = useState(/** @type {import("../types").Diagnostic[]} */ ([]));
  const [kept, note] = useState(/** @type {string | null} */ (null));
  const submit = async (/** @type {any} */ event) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const text = (/** @type {string} */ name) => said.get(name)?.toString().trim() ?? "";
    tell([]);
    try {
      if (how === "viewpoint" && asked.text !== desk.text) {
        tell([problem("The text was changed and can't be read as it stands, or was not read yet.", "Put it right first: the viewpoint comes to stand in it.")]);
      } else if (how === "viewpoint") {
        const made = await ask("POST", "/api/text", { ...asked, keep_as: { name: text("called"), ...(text("whose") ? { whose: text("whose") } : {}) } });
        desk.act(`kept as the viewpoint ${text("called")}`, { text: made.text, changes: [] });
        desk.select({ viewpoint: made.viewpoint });
      } else {
        const made = await ask("POST", "/api/text", { ...asked, title: text("title") || null });
        const held = await ask("PUT", address({ kind: "file", name: text("file") }), { text: made.text, replaces: null });
        note(held.name);
        desk.renew();
      }
    } catch (error) {
      tell(problems(error));
    }
  };
  return html`<details class="keep"><summary>Keep what is tried</summary><form onSubmit=${submit}>
    <fieldset><legend class="vh">As what</legend>${[["file", "as a file of its own"], ["viewpoint", "as a viewpoint of this file"]].map(([key, says]) => html`<label><input type="radio" name="how" value=${key}
      checked=${how === key} onChange=${() => { choose(/** @type {"file" | "viewpoint"} */ (key)); tell([]); }} /> ${says}</label>`)}</fieldset>
    ${how === "file" ? html`<label>File <input key="file" name="file" required autocomplete="off" defaultValue=${beside(asked.name)} /></label>
        <label>Title <input key="title" name="title" autocomplete="off" defaultValue=${desk.head.conflict.title} /></label>`
      : html`<label>Name <input key="called" name="called" required autocomplete="off" /></label><label>Whose account <input key="whose" name="whose" autocomplete="off" /></label>
        <p class="quiet">It comes to stand in the text, which is saved there.</p>`}
    <button type="submit" disabled=${busy}>Keep</button></form>
    ${kept !== null && html`<p role="status">Kept as <button type="button" class="link" onClick=${() => desk.select({ source: { kind: "file", name: kept }, viewpoint: null, tried: null, asked: null })}><${Text} text=${kept} /></button>; what is tried here stays.</p>`}
    <${Problems} found=${found} label="Why it was not kept" /></details>`;
}
