// What is asked of the levers: what is wanted, which kinds are looked for, and for how long.
import { has } from "../asked.js";
import { unfold } from "../focus.js";
import { grouped, html } from "../html.js";
import { read } from "../selection.js";
import { number } from "../table.js";
import { KINDS, WANTS } from "./kinds.js";

/** Seconds for each kind and goal, unless somebody says otherwise. */
const SECONDS = 30;

/** @typedef {{target: string, want: string, kinds: string[], seconds: number, across: boolean}} Options */

/**
 * What the form says at first.
 * @returns {Options}
 */
export function usual() {
  const { target, want } = read(location.search);
  return { target: target ?? "", want: want !== null && Object.hasOwn(WANTS, want) ? want : "", kinds: [], seconds: SECONDS, across: false };
}

/**
 * What a question says; what it leaves out is as the server takes it.
 * @param {import("../types").Question} question
 * @returns {Options | null}
 */
export function said(question) {
  const { target = null, want = null, kinds = null, seconds = SECONDS, red_lines: lines = "excluded" } = question;
  const texts = [target, want, kinds].every((one) => one === null || typeof one === "string");
  if (!texts || typeof seconds !== "number" || !has(question, ["target", "want", "kinds", "seconds", "red_lines", "start", "under", "edits"])) return null;
  if (!Object.hasOwn(WANTS, String(want ?? "")) || (lines !== "excluded" && lines !== "counted")) return null;
  const chosen = String(kinds ?? "").split(",").map((kind) => kind.trim()).filter(Boolean);
  return { target: String(target ?? ""), want: String(want ?? ""), kinds: chosen, seconds, across: lines === "counted" };
}

/**
 * The question that the form makes.
 * @param {import("../types").Desk} desk
 * @param {Options} options
 */
export function questionOf(desk, { target, want, kinds, seconds, across }) {
  const leaving = want === "break", wanted = leaving ? "" : target.trim();
  return {
    under: desk.under, seconds, red_lines: across ? "counted" : "excluded", kinds: kinds.length > 0 ? kinds.join(",") : null,
    want: wanted || leaving ? want || null : null, target: wanted || null,
    ...(desk.head.conflict.status_quo === null && desk.state !== null ? { start: number(desk.state) } : {}),
  };
}

/**
 * The question, with a button that asks it.
 * @param {{desk: import("../types").Desk, asking: import("../types/unlock").Asking<Options>}} props
 */
export function Question({ desk, asking }) {
  const { options, set, running, press } = asking;
  const { target, want, kinds, seconds, across } = options;
  const leaving = want === "break";
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (running) return;
    desk.select({ target: (leaving ? "" : target.trim()) || null, want: want || null }, true);
    press();
  };
  const turn = (/** @type {string} */ kind) => set({ kinds: kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind] });
  return html`<form class="question" onSubmit=${submit}>
    <div class="tools">
      <label>Wanted <input type="text" value=${leaving ? "" : target} disabled=${leaving} placeholder="a state, or a condition" spellcheck=${false} autocomplete="off"
        onInput=${(/** @type {any} */ event) => set({ target: event.currentTarget.value })} /></label>
      ${desk.state !== null && !leaving && html`<button type="button" onClick=${() => set({ target: desk.state ?? "" })}>State ${grouped(desk.state)}<span class="vh">, the selected one, is wanted</span></button>`}
      <label>so that <select value=${want} onChange=${(/** @type {any} */ event) => set({ want: event.currentTarget.value })}>
        ${Object.entries(WANTS).map(([key, says]) => html`<option key=${key} value=${key}>${says}</option>`)}</select></label>
      <button type="submit" class="main" aria-disabled=${running}>Look for levers</button>
    </div>
    ${!leaving && target.trim() === "" && html`<p class="quiet">With nothing named it is asked what would make the start give way, and what would have each named state, and the nearest that everybody prefers, reached.</p>`}
    <details><summary>Kinds of levers, and time</summary>
      <fieldset class="kinds"><legend>Only these kinds; with none chosen all that can be looked for in reasonable time</legend>
        ${Object.entries(KINDS).map(([key, name]) => html`<label key=${key}><input type="checkbox" checked=${kinds.includes(key)} onChange=${() => turn(key)} /> ${name}</label>`)}</fieldset>
      <div class="tools"><label>Seconds for each kind and goal <input type="number" required min="1" max="3600" step="any" value=${seconds} onInvalid=${unfold} onInput=${(/** @type {any} */ event) => {
        if (event.currentTarget.checkValidity()) set({ seconds: event.currentTarget.valueAsNumber });
      }} /></label>
        <label><input type="checkbox" checked=${across} onChange=${() => set({ across: !across })} /> preferences may change across red lines</label></div>
    </details>
  </form>`;
}
