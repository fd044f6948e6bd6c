// What is asked of the levers: what is wanted, which kinds are looked for, and for how long.
import { useState } from "preact/hooks";
import { grouped, html } from "../html.js";
import { read } from "../selection.js";
import { number } from "../table.js";
import { KINDS, WANTS } from "./kinds.js";

/** Seconds for each kind and goal, unless somebody says otherwise. */
const SECONDS = 30;

/**
 * The question, with a button that asks it.
 * @param {{desk: import("../types").Desk, running: boolean, ask: (body: Record<string, any>) => void}} props
 */
export function Question({ desk, running, ask }) {
  const said = read(location.search);
  const [target, aim] = useState(said.target ?? "");
  const [want, wish] = useState(said.want !== null && said.want in WANTS ? said.want : "");
  const [kinds, choose] = useState(/** @type {string[]} */ ([]));
  const [seconds, wait] = useState(SECONDS);
  const [across, cross] = useState(false);
  const start = desk.head.conflict.status_quo;
  const leaving = want === "break";
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (running) return;
    const wanted = leaving ? "" : target.trim();
    desk.select({ target: wanted || null, want: want || null }, true);
    ask({
      ...desk.asked, under: desk.under, seconds, red_lines: across ? "counted" : "excluded", kinds: kinds.length > 0 ? kinds.join(",") : null,
      want: wanted || leaving ? want || null : null, target: wanted || null, ...(start === null && desk.state !== null ? { start: number(desk.state) } : {}),
    });
  };
  const turn = (/** @type {string} */ kind) => choose(kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind]);
  return html`<form class="question" onSubmit=${submit}>
    <div class="tools">
      <label>Wanted <input type="text" value=${leaving ? "" : target} disabled=${leaving} placeholder="a state, or a condition" spellcheck=${false} autocomplete="off"
        onInput=${(/** @type {any} */ event) => aim(event.currentTarget.value)} /></label>
      ${desk.state !== null && !leaving && html`<button type="button" onClick=${() => aim(desk.state ?? "")}>State ${grouped(desk.state)}<span class="vh">, the selected one, is wanted</span></button>`}
      <label>so that <select value=${want} onChange=${(/** @type {any} */ event) => wish(event.currentTarget.value)}>
        ${Object.entries(WANTS).map(([key, says]) => html`<option key=${key} value=${key}>${says}</option>`)}</select></label>
      <button type="submit" class="main" aria-disabled=${running}>Look for levers</button>
    </div>
    ${!leaving && target.trim() === "" && html`<p class="quiet">With nothing named it is asked what would make the start give way, and what would have each named state, and the nearest that everybody prefers, reached.</p>`}
    <details><summary>Kinds of levers, and time</summary>
      <fieldset class="kinds"><legend>Only these kinds; with none chosen all that can be looked for in reasonable time</legend>
        ${Object.entries(KINDS).map(([key, name]) => html`<label key=${key}><input type="checkbox" checked=${kinds.includes(key)} onChange=${() => turn(key)} /> ${name}</label>`)}</fieldset>
      <div class="tools"><label>Seconds for each kind and goal <input type="number" min="1" max="3600" value=${seconds} onInput=${(/** @type {any} */ event) => wait(Math.min(3_600, Math.max(1, Number(event.currentTarget.value) || SECONDS)))} /></label>
        <label><input type="checkbox" checked=${across} onChange=${() => cross(!across)} /> preferences may change across red lines</label></div>
    </details>
  </form>`;
}
