// What was tried, and what it changes in the conclusions: the server's sentences, and the same in figures.
import { useEffect, useState } from "preact/hooks";
import { classes, grouped, html, plural, Text, visible } from "../html.js";
import { Paragraphs, Problems, StateLink } from "../parts.js";

/** @typedef {import("../types/whatif").Changing} Changing */
/** @typedef {import("../types/whatif").SetChange} SetChange */
/** @typedef {{current: string | null, select: (id: string) => void}} Selecting */

/** How many states are given as links in the table. */
const LINKS = 12;

/**
 * What was tried, each with a button that takes it back.
 * @param {{says: string[], busy: boolean, without: (number: number) => void}} props
 */
export function Tried({ says, busy, without }) {
  const [wanted, want] = useState(/** @type {{number: number, one: string} | null} */ (null));
  useEffect(() => {
    if (busy || wanted === null) return;
    want(null);
    if (says[wanted.number - 1] === wanted.one) without(wanted.number);  // pressed twice, it is gone: the next is another
  }, [busy, wanted]);
  return html`<ol class="tried-list" aria-label="What is tried" aria-busy=${busy}>${says.map((one, place) => html`<li key=${place}><${Text} text=${one} />${" "}
    <button type="button" class="link" onClick=${() => want({ number: place + 1, one })} aria-label=${`Take back change ${place + 1}`}>Take back</button></li>`)}</ol>`;
}

/**
 * What is different in the conclusions.
 * @param {{found: import("../types").Diagnostic[], answer: Changing | null, pending: boolean, parties: import("../types").Party[],
 *   concepts: import("../types").Concept[]} & Selecting} props
 */
export function Changed({ found, answer, pending, parties, concepts, current, select }) {
  const left = answer ? concepts.filter((concept) => !answer.concepts.includes(concept.key)) : [];
  const first = answer?.said[0]?.sentences[0]?.text ?? "";
  return html`<div class=${classes("changed", pending && "old")} aria-busy=${pending}>
    <p class="vh" role="status">${pending ? "" : first}</p>
    <${Problems} ...${{ found }} />
    ${answer && html`<${Paragraphs} paragraphs=${answer.said} ...${{ current, select }} />
      ${left.length > 0 && html`<p class="quiet">Not asked about so many states: ${left.map((concept) => visible(concept.key)).join(", ")}.</p>`}
      ${answer.comparable && !answer.same && html`<${Figures} ...${{ answer, parties, current, select }} />`}`}
    ${!answer && pending && html`<p class="quiet" role="status">Asking what changes…</p>`}
  </div>`;
}

/**
 * The same in figures.
 * @param {{answer: Changing, parties: import("../types").Party[]} & Selecting} props
 */
function Figures({ answer, parties, current, select }) {
  const sets = [
    ["States", answer.states], ["Better for everybody than the status quo", answer.better_for_all], ["Better for somebody, worse for nobody", answer.worse_for_none],
    ...answer.concepts.map((key) => [`Equilibria under ${key}`, answer.equilibria[key]]),
  ];
  return html`<details class="figures"><summary>In figures</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="How many states"><table><thead><tr><th scope="col"></th><th scope="col">Before</th><th scope="col">Now</th><th scope="col">Gained</th><th scope="col">Lost</th></tr></thead>
      <tbody>${sets.map(([called, change]) => change && html`<${SetRow} called=${called} change=${change} ...${{ current, select }} />`)}</tbody></table></div>
    <h4>At how many states each stays: before → now</h4>
    <div class="scroll" tabindex="0" role="region" aria-label="At how many states each stays"><table class="turned"><thead><tr><th scope="col">Decision maker</th>${answer.concepts.map((key) => html`<th scope="col">${key}</th>`)}</tr></thead>
      <tbody>${parties.map((party) => html`<tr><th scope="row"><${Text} text=${party.name} /></th>${answer.concepts.map((key) => {
        const turned = answer.verdicts[key]?.[party.key];
        return html`<td>${turned && html`${grouped(turned.before)} → ${grouped(turned.after)}${turned.to_stay !== null && turned.to_leave !== null && (String(turned.to_stay) !== "0" || String(turned.to_leave) !== "0")
          && html`<span class="quiet"> (+${grouped(turned.to_stay)} −${grouped(turned.to_leave)})</span>`}`}</td>`;
      })}</tr>`)}</tbody></table></div>
  </details>`;
}

/**
 * One set of states, before and now.
 * @param {{called: string, change: SetChange} & Selecting} props
 */
function SetRow({ called, change, current, select }) {
  const count = (/** @type {import("../types").Whole | null} */ value) => (value === null ? "–" : grouped(value));
  const some = (/** @type {import("../types").Whole | null} */ all, /** @type {SetChange["gained_states"]} */ states) => {
    if (all === null || states === null || String(all) === "0") return count(all);
    const shown = states.slice(0, LINKS);
    return html`${grouped(all)}: <span class="links-in">${shown.map((state) => (state.after === null ? html`<span class="quiet">${grouped(state.before ?? "")} before</span>`
      : html`<${StateLink} id=${state.after} ...${{ current, select }} />`))}</span>${Number(all) > shown.length && html`<span class="quiet"> and ${plural(Number(all) - shown.length, "more", "more")}</span>`}`;
  };
  return html`<tr><th scope="row">${called}</th><td>${count(change.before)}</td><td>${count(change.after)}</td><td>${some(change.gained, change.gained_states)}</td><td>${some(change.lost, change.lost_states)}</td></tr>`;
}
