// All states as a table: options taken, ranks, and for each concept whether it is an equilibrium, or who would leave.
import { useMemo, useState } from "preact/hooks";
import { classes, grouped, html, plural, visible } from "../html.js";
import { Chip, colour, Panel } from "../parts.js";
import { Grid } from "../grid.js";

const SIGNS = /** @type {Record<string, [string, string]>} */ ({ Y: ["✓", "taken"], N: ["·", "not taken"], "-": ["–", "either"] });

/**
 * The panel.
 * @param {{verdicts: import("../verdicts.js").Verdicts, selected: string | null, under: string, pending: boolean,
 *   select: (id: string, passing?: boolean) => void}} props
 */
export function States({ verdicts, selected, under, pending, select }) {
  const [wanted, want] = useState("all");
  const { analysis } = verdicts;
  const rows = useMemo(() => verdicts.states.filter((state) => isWanted(wanted, verdicts, under, state)), [wanted, verdicts, under]);
  const listed = analysis.states !== undefined;
  const tools = html`<div class="tools">
    <label>Show <select value=${wanted} onChange=${(/** @type {any} */ event) => want(event.currentTarget.value)}>
      <option value="all">${listed ? "every state" : "the states listed"}</option>
      <option value="equilibria">equilibria under ${under}</option>
      <option value="any">equilibria under any concept</option>
      <option value="named">states with names</option>
    </select></label>
    <${GoTo} verdicts=${verdicts} select=${select} />
  </div>`;
  return html`<${Panel} id="states" title="States" pending=${pending} tools=${tools}>
    <p class="quiet">${wanted === "all" ? plural(rows.length, "state") : `${grouped(rows.length)} of ${plural(verdicts.states.length, "state")}`}${!listed && "; there are too many to list them all"}.
      ${" "}✓ taken, – either; ● equilibrium, otherwise the letters of who would leave; ▸ status quo.</p>
    <${Grid} label="States" count=${rows.length} selected=${rows.findIndex((state) => String(state.id) === selected)}
      head=${html`<${Head} ...${{ analysis, under }} />`} columns=${1 + analysis.options.length + analysis.decision_makers.length + analysis.concepts.length}
      row=${(/** @type {number} */ place) => cells(verdicts, /** @type {any} */ (rows[place]), under)}
      choose=${(/** @type {number} */ place, /** @type {boolean} */ passing) => select(String(rows[place]?.id), passing)} />
  </${Panel}>`;
}

/**
 * Whether a state is among those that are to be shown.
 * @param {string} wanted
 * @param {import("../verdicts.js").Verdicts} verdicts
 * @param {string} under
 * @param {import("../types").State} state
 */
function isWanted(wanted, verdicts, under, state) {
  if (wanted === "equilibria") return verdicts.isEquilibrium(under, state.id) === true;
  if (wanted === "any") return verdicts.analysis.concepts.some((concept) => verdicts.isEquilibrium(concept.key, state.id));
  return wanted === "all" || Boolean(state.name);
}

/**
 * Goes to a state by its number or its name.
 * @param {{verdicts: import("../verdicts.js").Verdicts, select: (id: string) => void}} props
 */
function GoTo({ verdicts, select }) {
  const [wrong, tell] = useState("");
  const go = (/** @type {any} */ event) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget).get("state")?.toString().trim() ?? "";
    const id = said.replaceAll(",", "");
    const found = verdicts.state(id) ?? verdicts.states.find((state) => state.name === said || state.choice === said.toUpperCase());
    tell(found || !said ? "" : `no state ${said}`);
    if (found) select(String(found.id));
  };
  return html`<form onSubmit=${go} class="goto"><label>Go to <input name="state" size="8" autocomplete="off" placeholder="number" /></label>
    <button type="submit">Go</button><span role="status">${wrong}</span></form>`;
}

/**
 * The head of the table: options under their owners, parties, concepts.
 * @param {{analysis: import("../types").Analysis, under: string}} props
 */
function Head({ analysis, under }) {
  const parties = analysis.decision_makers;
  /** @type {{owner: string | null, count: number}[]} */
  const owners = [];
  for (const option of analysis.options) {
    const last = owners.at(-1);
    if (last && last.owner === option.owner) last.count += 1;
    else owners.push({ owner: option.owner, count: 1 });
  }
  return html`<thead>
    <tr><th scope="col" rowspan="2" class="number">State</th>
      ${owners.map(({ owner, count }) => {
        const party = parties.find((one) => one.key === owner);
        return html`<th scope="colgroup" colspan=${count} class=${classes("owner", "edge", colour(parties, owner))}>${
          party ? html`<${Chip} ...${{ parties, party }} /><span class="vh"> ${visible(party.name)}</span>` : "nobody"}</th>`;
      })}
      <th scope="colgroup" colspan=${parties.length} class="edge">rank</th>
      <th scope="colgroup" colspan=${analysis.concepts.length} class="edge">equilibrium under</th></tr>
    <tr>${analysis.options.map(
      (option, place) => html`<th scope="col" class=${classes("option", place === 0 || analysis.options[place - 1]?.owner !== option.owner ? "edge" : null)}
        title=${visible(option.name)}><span><bdi>${visible(option.key)}</bdi></span></th>`)}
      ${parties.map((party, place) => html`<th scope="col" class=${classes("rank", place === 0 && "edge")}><${Chip} ...${{ parties, party }} /></th>`)}
      ${analysis.concepts.map((concept, place) => html`<th scope="col" title=${visible(concept.asks)}
        class=${classes("concept", place === 0 && "edge", concept.key === under && "under")}><span><bdi>${visible(concept.key)}</bdi></span></th>`)}</tr>
  </thead>`;
}

/**
 * The cells of one state.
 * @param {import("../verdicts.js").Verdicts} verdicts
 * @param {import("../types").State} state
 * @param {string} under
 */
function cells(verdicts, state, under) {
  const { analysis } = verdicts;
  const parties = analysis.decision_makers;
  const isStart = String(state.id) === String(analysis.conflict.status_quo);
  return [
    html`<th scope="row" class="number">${isStart && html`<span aria-label="status quo">▸</span>`} ${grouped(state.id)}</th>`,
    ...analysis.options.map((option, place) => {
      const [sign, says] = SIGNS[state.choice[place] ?? ""] ?? ["?", "not known"];
      const edge = place === 0 || analysis.options[place - 1]?.owner !== option.owner;
      return html`<td class=${classes("taken", edge && "edge", state.choice[place] === "Y" && colour(parties, option.owner))} aria-label=${says}>${sign}</td>`;
    }),
    ...parties.map((party, place) => html`<td class=${classes("rank", place === 0 && "edge")}>${state.rank[party.key] === undefined ? "" : grouped(state.rank[party.key] ?? "")}</td>`),
    ...analysis.concepts.map((concept, place) => html`<td class=${classes("mark", place === 0 && "edge", concept.key === under && "under")}>${mark(verdicts, concept.key, state)}</td>`),
  ];
}

/**
 * The mark of a state under a concept.
 * @param {import("../verdicts.js").Verdicts} verdicts
 * @param {string} concept
 * @param {import("../types").State} state
 */
function mark(verdicts, concept, state) {
  const parties = verdicts.analysis.decision_makers;
  if (verdicts.isEquilibrium(concept, state.id)) return html`<span aria-label="equilibrium">●</span>`;
  const leavers = verdicts.leavers(concept, state.id);
  if (leavers.length === 0) return html`<span aria-label="not listed">?</span>`;
  return html`<span class="leavers" aria-label=${`would leave: ${leavers.map((party) => visible(party.name)).join(", ")}`}>${leavers.map(
    (party) => html`<span class=${colour(parties, party.key)}>${visible(party.letters).toLowerCase()}</span>`)}</span>`;
}
