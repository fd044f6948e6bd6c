// How one state leads to another: who has to move, what everybody makes of each step, where it stops, and a plan.
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { html, plural } from "../html.js";
import { useJob } from "../jobs.js";
import { Panel, Paragraphs, Problems } from "../parts.js";
import { Acting, groupsOf } from "../routes/acting.js";
import { Plans } from "../routes/plans.js";
import { read } from "../selection.js";
import { inLine, Strip } from "../strip.js";
import { number } from "../table.js";

/** @typedef {import("../types").Desk} Desk */
/** @typedef {import("../types/routes").Paths} Paths */
/** @typedef {"any" | "improving"} Kind */

/**
 * The view.
 * @param {{desk: Desk}} props
 */
export function Path({ desk }) {
  const said = read(location.search);
  const parties = desk.head.decision_makers;
  const quo = desk.head.conflict.status_quo;
  const start = said.from ?? (quo === null ? null : String(quo));
  const goal = said.to ?? (desk.state !== null && desk.state !== start ? desk.state : null);
  const groups = groupsOf(said.may, parties);
  const kind = /** @type {Kind} */ (desk.steps === "improving" ? "improving" : "any");
  const want = (/** @type {Kind} */ one) => desk.select({ steps: one === "any" ? null : one }, true);
  const by = JSON.stringify(groups);
  const body = useMemo(
    () => (start === null || goal === null ? null : { ...desk.asked, states: [number(start), number(goal)], ...(by === "null" ? {} : { by: JSON.parse(by) }) }),
    [desk.asked, start, goal, by],
  );
  const { answer, problems, pending, progress, running, stop, start: again, givenUp } = useJob("/api/path", body);
  const found = /** @type {Paths | null} */ (answer);
  const select = (/** @type {string} */ state) => desk.select({ state, from: start, to: goal });  // what is looked at changes, and not what is asked
  return html`<${Panel} id="path" title="Path" pending=${pending}>
    <${Ends} ...${{ desk, start, goal, quo }} />
    <${Acting} ...${{ parties, groups }} choose=${(/** @type {string | null} */ may) => desk.select({ may })} />
    <fieldset class="pick"><legend>Steps</legend>
      <label><input type="radio" name="steps" checked=${kind === "any"} onChange=${() => want("any")} /> of any kind</label>
      <label><input type="radio" name="steps" checked=${kind === "improving"} onChange=${() => want("improving")} /> improvements only: each a gain for all who take it</label></fieldset>
    ${goal === null && html`<p>Select the state that it should lead to in any panel, or write its number above.</p>`}
    ${running && html`<p role="status">${progress || "Looking for a way"}… <button type="button" onClick=${stop}>Give up</button></p>`}
    ${givenUp && html`<p>Given up. <button type="button" onClick=${again}>Look again</button></p>`}
    <${Problems} found=${problems} />
    ${found && html`<${Found} ...${{ found, kind, desk, select }} />`}
    ${start !== null && goal !== null && html`<${Plans} ...${{ desk, start, goal, select }} />`}
  </${Panel}>`;
}

/**
 * Where it begins, and where it is to lead.
 * @param {{desk: Desk, start: string | null, goal: string | null, quo: import("../types").Whole | null}} props
 */
function Ends({ desk, start, goal, quo }) {
  const submit = (/** @type {any} */ event) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const [from, to] = ["from", "to"].map((key) => tidy(said.get(key)?.toString() ?? ""));
    desk.select({ from: from === String(quo) ? null : (from ?? null), to: to ?? null });
  };
  const from = useRef(/** @type {HTMLInputElement | null} */ (null)), to = useRef(/** @type {HTMLInputElement | null} */ (null));
  useLayoutEffect(() => put(from.current, start), [start]);  // and nothing else overwrites what is typed
  useLayoutEffect(() => put(to.current, goal), [goal]);
  const swap = () => desk.select({ from: goal === String(quo) ? null : goal, to: start });
  return html`<form class="goto ends" onSubmit=${submit}>
    <label>From <input name="from" ref=${from} size="9" autocomplete="off" placeholder="state" /></label>
    <label>to <input name="to" ref=${to} size="9" autocomplete="off" placeholder="state" /></label>
    <button type="submit">Show</button>
    <button type="button" disabled=${start === null || goal === null} onClick=${swap}>The other way</button>
    ${desk.state !== null && desk.state !== start && desk.state !== goal && html`<button type="button" onClick=${() => desk.select({ to: desk.state })}>To the selected state</button>
      <button type="button" onClick=${() => desk.select({ from: desk.state, to: goal })}>From the selected state</button>`}
  </form>`;
}

/**
 * Puts a state into a field.
 * @param {HTMLInputElement | null} field
 * @param {string | null} state
 */
function put(field, state) {
  if (field) field.value = state ?? "";
}

/**
 * A state as it was written: its number without commas, or its name; null for nothing.
 * @param {string} said
 */
function tidy(said) {
  const state = said.trim();
  return state === "" ? null : /^[\d,]+$/.test(state) ? state.replaceAll(",", "") : state;
}

/**
 * What was found: the strip, or where it stops; and all of it in words.
 * @param {{found: Paths, kind: Kind, desk: Desk, select: (id: string) => void}} props
 */
function Found({ found, kind, desk, select }) {
  const route = kind === "any" ? found.moves : found.improvements;
  const [verdict, ends, ...rest] = found.paragraphs;
  const shown = { current: desk.state, select };
  const called = kind === "any" ? "A shortest way by steps of any kind" : "A shortest way by improvements only";
  const open = found.not_settled?.includes(kind === "any" ? "moves" : "improvements");
  return html`<div class="found">
    ${verdict && html`<${Paragraphs} paragraphs=${[verdict]} ...${shown} />`}
    ${route ? html`<h3>${called}${route.count !== null && String(route.count) !== "1" && html`<span class="quiet">, one of ${plural(route.count, "way")} of that length</span>`}</h3>
        <${Strip} parties=${found.decision_makers} route=${route} label=${`${called}: ${inLine(route)}`} name=${`${desk.asked.name}-path`} ...${shown} />`
      : html`<h3>${open ? "Not settled" : "Stuck, because"}</h3><${Paragraphs} paragraphs=${kind === "any" || found.moves === null ? rest : rest.slice(-1)} ...${shown} />`}
    <details><summary>All of it in words</summary><${Paragraphs} paragraphs=${[...(ends ? [ends] : []), ...rest]} ...${shown} /></details>
  </div>`;
}
