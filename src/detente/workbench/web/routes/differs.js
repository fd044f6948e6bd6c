// In what two conflicts differ: what is written otherwise, what follows otherwise, and the same in figures.
import { Export } from "../export.js";
import { grouped, html, plural, Text } from "../html.js";
import { Chip, Paragraphs, StateLink } from "../parts.js";

/** @typedef {import("../types/routes").Difference} Difference */
/** @typedef {import("../types/whatif").SetChange} SetChange */
/** @typedef {{current: string | null, select: (id: string) => void}} Selecting */

const LINKS = 12;
const NONE = "–";

/**
 * The differences.
 * @param {{found: Difference, desk: import("../types").Desk, linked: boolean}} props  `linked`: states are those that the page shows
 */
export function Differs({ found, desk, linked }) {
  const [verdict, ...rest] = linked ? found.said : found.said.map(unlinked);
  const shown = { current: desk.state, select: (/** @type {string} */ state) => desk.select({ state }) };
  return html`<div class="differences">
    ${verdict && html`<div role="status"><${Paragraphs} paragraphs=${[verdict]} ...${shown} /></div>`}
    <div class="across">
      <section aria-label="What is written otherwise, and figures"><h3>What is written otherwise</h3><${Written} ...${{ found, parties: desk.head.decision_makers }} />
        ${!found.same && found.listed && html`<${Figures} ...${{ found, linked, ...shown }} />`}</section>
      <section aria-label="What follows otherwise"><h3>What follows otherwise</h3>
        ${rest.length > 0 ? html`<${Paragraphs} paragraphs=${rest} ...${shown} />` : html`<p class="quiet">Nothing that is asked here.</p>`}</section>
    </div>
  </div>`;
}

/**
 * A paragraph without its links.
 * @param {import("../types").Paragraph} part
 */
function unlinked(part) {
  const plain = (/** @type {import("../types").Sentence} */ sentence) => ({ ...sentence, states: [] });
  return { ...part, sentences: part.sentences.map(plain), items: part.items.map(plain) };
}

/**
 * What is written otherwise, element by element.
 * @param {{found: Difference, parties: import("../types").Party[]}} props
 */
function Written({ found, parties }) {
  if (found.otherwise.length === 0) return html`<p class="quiet">Nothing that makes a difference.</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="What is written otherwise, element by element"><table class="differs">
    <thead><tr><th scope="col">Element</th><th scope="col">First</th><th scope="col">Second</th></tr></thead>
    <tbody>${found.otherwise.map((one) => {
      const party = parties.find((each) => each.key === one.party);
      const kind = one.what.startsWith(`the ${one.kind}`) ? "" : `${one.kind} `;
      const stranger = one.party !== null && !party && one.kind !== "decision maker";
      return html`<tr><th scope="row"><span class="named">${party && html`<${Chip} ...${{ parties, party }} />`}<span><span class="quiet">${kind}</span><${Text} text=${one.what} />${stranger && html`<span class="quiet"> of <${Text} text=${one.party ?? ""} /></span>`}</span></span></th>
        <td>${said(one.first)}</td><td>${said(one.second)}</td></tr>`;
    })}</tbody></table></div>
    <div class="tools"><${Export} name="otherwise" columns=${["kind", "party", "element", "first", "second"]} rows=${found.otherwise.map((one) => [one.kind, one.party, one.what, one.first, one.second])} /></div>`;
}

/** @param {string | null} how */
function said(how) {
  return how === null ? html`<span class="quiet">not there</span>` : html`<${Text} text=${how} />`;
}

/**
 * The same in figures; only what differs.
 * @param {{found: Difference, linked: boolean} & Selecting} props
 */
function Figures({ found, linked, current, select }) {
  const all = /** @type {[string, SetChange | undefined][]} */ ([
    ["States", found.states], ["Better for everybody than the status quo", found.better_for_all], ["Better for somebody, worse for nobody", found.worse_for_none],
    ...found.concepts.map((key) => [`Equilibria under ${key}`, found.equilibria[key]]),
  ]);
  const rows = all.filter(([, sets]) => sets && (!found.comparable || String(sets.gained) !== "0" || String(sets.lost) !== "0"));
  if (rows.length === 0) return null;
  return html`<h3>What follows otherwise, in figures</h3><div class="scroll" tabindex="0" role="region" aria-label="What follows otherwise, in figures"><table class="differs figures">
    <thead><tr><th scope="col"></th><th scope="col" class="figure">First</th><th scope="col" class="figure">Second</th>${found.comparable && html`<th scope="col">only in the first</th><th scope="col">only in the second</th>`}</tr></thead>
    <tbody>${rows.map(([called, sets]) => sets && html`<tr><th scope="row">${called}</th><td class="figure">${count(sets.before)}</td><td class="figure">${count(sets.after)}</td>
      ${found.comparable && html`<td><${Some} all=${sets.lost} states=${sets.lost_states} ...${{ linked, current, select }} /></td><td><${Some} all=${sets.gained} states=${sets.gained_states} ...${{ linked, current, select }} /></td>`}</tr>`)}</tbody></table></div>`;
}

/** @param {import("../types").Whole | null} value */
const count = (value) => (value === null ? NONE : grouped(value));

/**
 * The states that are in one of the two only.
 * @param {{all: import("../types").Whole | null, states: SetChange["lost_states"], linked: boolean} & Selecting} props
 */
function Some({ all, states, linked, current, select }) {
  if (all === null || states === null || String(all) === "0") return count(all);
  const shown = states.slice(0, LINKS), more = Number(all) - shown.length;
  return html`${grouped(all)}: <span class="links-in">${shown.map((state) => (linked && state.after !== null ? html`<${StateLink} id=${state.after} ...${{ current, select }} />`
    : html`<span>${grouped(state.after ?? state.before ?? "")}</span>`))}</span>${more > 0 && html`<span class="quiet"> and ${plural(more, "more", "more")}</span>`}`;
}
