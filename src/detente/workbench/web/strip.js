// A way from state to state as a strip: who takes each step, and everybody's rank at each state.
import { Export } from "./export.js";
import { classes, grouped, html, Text, visible } from "./html.js";
import { Chip, colour, StateLink } from "./parts.js";

/** @typedef {import("./types/routes").Route} Route */
/** @typedef {import("./types/routes").RouteStep} Step */
/** @typedef {import("./types").Party} Party */

/** @param {Step} step */
const movers = (step) => step.together ?? [step.by];

/**
 * The strip: a column for each state, with the step that leads to it, and a row for each decision maker.
 * @param {{parties: Party[], route: Route, label: string, current: string | null, name?: string, select: (id: string) => void}} props
 *   `name` is what its file is called; without one it is not offered
 */
export function Strip({ parties, route, label, current, name, select }) {
  const ranked = route.states.some((state) => Object.keys(state.rank).length > 0);
  const fell = route.steps.some((step) => step.regrets);
  const ended = route.steps.some((step) => step.regrets_end && step !== route.steps.at(-1));
  return html`<div class="strip">
    <div class="scroll" tabindex="0" role="region" aria-label=${label}><table>
      <thead>
        <tr><th scope="row">${route.steps.length > 0 ? "Step by" : ""}</th><td></td>${route.steps.map((step) => html`<td class="by"><${Movers} ...${{ parties, step }} /></td>`)}</tr>
        <tr><th scope="row">State</th>${route.states.map((state, place) => html`<th scope="col" class="at">${place > 0 && html`<span class="arrow" aria-hidden="true">▸ </span>`}<${StateLink} id=${state.id} ...${{ current, select }} />
          ${state.name && html`<${Text} text=${state.name} class="clipped quiet" />`}</th>`)}</tr>
      </thead>
      <tbody>${parties.map((party) => html`<tr><th scope="row"><span class="named"><${Chip} ...${{ parties, party, quiet: true }} /><${Text} text=${party.name} class="clipped" /></span></th>
        ${route.states.map((state, place) => html`<${Rank} ...${{ parties, party, state, before: route.states[place - 1], step: route.steps[place - 1] }} />`)}</tr>`)}</tbody>
    </table></div>
    <p class="quiet legend">${ranked ? "Ranks: 1 is liked best. Framed: whoever takes the step. ▴ better than before it, ▾ worse." : "There are too many states for ranks."}
      ${fell && (ranked ? " A step that its mover regrets is marked “a loss”." : " “a loss”: whoever takes the step prefers the state before it.")}
      ${ended && " “worse at the end”: they prefer the state before their step to where the way ends."}</p>
    ${name && html`<div class="tools"><${Export} name=${name} columns=${["step by", "state", ...parties.map((party) => party.key), "regretted"]} rows=${rows(route, parties)} /></div>`}
  </div>`;
}

/**
 * The strip as rows of a table: a row for each state.
 * @param {Route} route
 * @param {Party[]} parties
 * @returns {import("./export.js").Cell[][]}
 */
function rows(route, parties) {
  return route.states.map((state, place) => {
    const step = route.steps[place - 1];
    return [step?.by ?? null, state.id, ...parties.map((party) => state.rank[party.key] ?? null), step?.regrets ?? null];
  });
}

/**
 * Who takes a step, and whether it is regretted.
 * @param {{parties: Party[], step: Step}} props
 */
function Movers({ parties, step }) {
  const acting = movers(step);
  return html`<span class="movers">${acting.map((key, place) => {
    const party = parties.find((one) => one.key === key);
    return html`${place > 0 && " + "}${party && html`<${Chip} ...${{ parties, party, quiet: true }} />`}<span class="vh"><${Text} text=${party?.name ?? key} /></span>`;
  })}</span>${acting.length > 1 && html`<span class="mark">at once</span>`}
    ${step.regrets && html`<span class="mark loss">a loss</span>`}${step.regrets_end && !step.regrets && html`<span class="mark">worse at the end</span>`}`;
}

/**
 * A decision maker's rank of one state of the way.
 * @param {{parties: Party[], party: Party, state: Route["states"][number], before: Route["states"][number] | undefined, step: Step | undefined}} props
 */
function Rank({ parties, party, state, before, step }) {
  const rank = state.rank[party.key], had = before?.rank[party.key];
  const acts = step !== undefined && movers(step).includes(party.key);
  const way = rank === undefined || had === undefined || rank === had ? null : rank < had ? { sign: "▴", says: "better than before" } : { sign: "▾", says: "worse than before" };
  return html`<td class=${classes("rank", acts && "acts", acts && colour(parties, party.key))}>${rank === undefined ? (acts ? "●" : "") : grouped(rank)}
    ${way && html`<span aria-hidden="true">${way.sign}</span><span class="vh"> ${way.says}</span>`}${acts && html`<span class="vh">, takes the step</span>`}</td>`;
}

/**
 * A way in one line, for labels: "1, Local to 5, MoE and Uniroyal to 8".
 * @param {Route} route
 */
export function inLine(route) {
  return [grouped(route.states[0]?.id ?? ""), ...route.steps.map((step) => `${visible(movers(step).join(" and "))} to ${grouped(step.to)}`)].join(", ");
}
