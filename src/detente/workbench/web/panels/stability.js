// One state: what is taken there, and for each decision maker and concept whether they would stay.
import { useRef } from "preact/hooks";
import { Export } from "../export.js";
import { classes, grouped, html, Text, visible } from "../html.js";
import { Chip, Panel, Problems } from "../parts.js";

/** @typedef {{head: import("../types").States, standing: import("../types").Standing}} Known */

/**
 * The panel.
 * @param {{head: import("../types").States, standing: import("../types").Standing | null, found: import("../types").Diagnostic[],
 *   by: string | null, under: string, pending: boolean, select: (change: {by: string, under: string}, passing?: boolean) => void}} props
 */
export function Stability({ head, standing, found, by, under, pending, select }) {
  const state = standing?.standing.state;
  const title = !state ? "Stability" : html`State ${grouped(state.id)}${state.name && html` <${Text} text=${state.name} class="name" />`}${
    String(state.id) === String(head.conflict.status_quo) && html` <span class="quiet">status quo</span>`}`;
  return html`<${Panel} id="stability" title=${title} pending=${pending}>
    <${Problems} ...${{ found }} />
    ${standing ? html`<${Choice} ...${{ head, standing }} /><${Verdict} ...${{ standing, by, under, select }} />`
      : found.length === 0 && html`<p class="quiet">${pending ? "Looking at the state…" : "Select a state."}</p>`}
  </${Panel}>`;
}

/** What is taken, in characters, from which on it may have to be scrolled. */
const LONG = 300;

/**
 * What everybody takes at a state.
 * @param {Known} props
 */
function Choice({ head, standing }) {
  const { decision_makers: parties, options } = head;
  const { state } = standing.standing;
  const groups = [...parties.map((party) => ({ party, key: party.key })), { party: null, key: null }];
  return html`<dl class="choice">${groups.map(({ party, key }) => {
    const own = options.map((option, place) => ({ option, sign: state.choice[place] })).filter(({ option }) => option.owner === key);
    if (own.length === 0) return null;
    const said = own.filter(({ sign }) => sign !== "N");
    return html`<div><dt>${party ? html`<span class="named"><${Chip} ...${{ parties, party, quiet: true }} /><${Text} text=${party.name} class="clipped" /></span>` : "nobody's"}</dt>
      <dd tabindex=${said.reduce((sum, { option }) => sum + 40 + option.name.length, 0) > LONG ? 0 : undefined}>${said.length === 0 ? html`<span class="quiet">nothing is taken</span>`
        : html`<ul>${said.map(({ option, sign }) => html`<li>${sign === "Y" ? "✓" : "–"} <${Text} text=${option.name} />${sign === "-" && " (either)"}</li>`)}</ul>`}</dd></div>`;
  })}</dl>`;
}

/**
 * Decision makers and concepts; a cell asks why.
 * @param {{standing: import("../types").Standing, by: string | null, under: string, select: (change: {by: string, under: string}, passing?: boolean) => void}} props
 */
function Verdict({ standing, by, under, select }) {
  const table = useRef(/** @type {HTMLTableElement | null} */ (null));
  const { decision_makers: parties, concepts } = standing;
  const { state, verdicts } = standing.standing;
  const row = Math.max(0, parties.findIndex((party) => party.key === by));
  const column = Math.max(0, concepts.findIndex((concept) => concept.key === under));
  const press = (/** @type {KeyboardEvent} */ event) => {
    const [down, right] = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [0, 0];
    if ((down === 0 && right === 0) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const party = parties[Math.min(parties.length - 1, Math.max(0, row + down))];
    const concept = concepts[Math.min(concepts.length - 1, Math.max(0, column + right))];
    if (!party || !concept) return;
    select({ by: party.key, under: concept.key }, true);
    const cells = table.current?.querySelectorAll("td button");
    const next = cells?.[parties.indexOf(party) * concepts.length + concepts.indexOf(concept)];
    if (next instanceof HTMLElement) next.focus();
  };
  return html`<div class="scroll"><table class="standing" ref=${table} onKeyDown=${press}>
    <caption><span>Who would stay at state ${grouped(state.id)}, under each concept; select one to see why.</span></caption>
    <thead><tr><th scope="col">Decision maker</th>${concepts.map((concept) => html`<th scope="col" class=${classes(concept.key === under && "under")}
      title=${visible(concept.asks)}>${visible(concept.key)}</th>`)}</tr></thead>
    <tbody>
      ${parties.map((party, at) => html`<tr><th scope="row"><span class="named"><${Chip} ...${{ parties, party, quiet: true }} /><${Text} text=${party.name} class="clipped" /></span></th>
        ${concepts.map((concept, place) => {
          const stays = verdicts[concept.key]?.[party.key] ?? null;
          const says = stays === null ? "not known" : stays ? "stays" : "leaves";
          const here = at === row && place === column;
          return html`<td><button type="button" class=${classes("verdict", stays === false && "leaves", here && "here")} tabindex=${here ? 0 : -1}
            aria-current=${here ? "true" : undefined} aria-label=${`${visible(party.name)} under ${concept.key}: ${says}; why?`}
            onClick=${() => select({ by: party.key, under: concept.key })}>${stays === null ? "?" : stays ? "stays" : "leaves"}</button></td>`;
        })}</tr>`)}
      <tr class="sum"><th scope="row">Equilibrium</th>${concepts.map((concept) => {
        const held = isHeld(standing, concept.key);
        return html`<td aria-label=${held === null ? "not known" : held ? "yes" : "no"}>${held === null ? "?" : held ? "●" : "–"}</td>`;
      })}</tr>
    </tbody></table></div>
    <div class="tools below"><${Export} name=${`stability-of-${state.id}`} columns=${["decision maker", ...concepts.map((concept) => concept.key)]}
      rows=${() => parties.map((party) => [party.key, ...concepts.map((concept) => verdicts[concept.key]?.[party.key] ?? null)])} /></div>`;
}

/**
 * Whether the state is an equilibrium; null where that is not known: somebody's verdict is not, and nobody leaves for certain.
 * @param {import("../types").Standing} standing
 * @param {string} concept
 */
function isHeld(standing, concept) {
  if (standing.standing.equilibrium_under.includes(concept)) return true;
  return Object.values(standing.standing.verdicts[concept] ?? {}).includes(false) ? false : null;
}
