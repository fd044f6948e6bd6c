// One lever: what it costs, on whom it falls, what it would do, and buttons that try it.
import { classes, grouped, html, Text, visible } from "../html.js";
import { Chip, colour, Paragraphs, Sentence, StateLink } from "../parts.js";

/** @typedef {import("../types/unlock").Lever} Lever */
/** @typedef {import("../types/unlock").Try} Try */
/** @typedef {{parties: import("../types").Party[], current: string | null, select: (id: string) => void, trial: Trial}} Around */
/** @typedef {{tried: (part: Try) => boolean, turn: (part: Try) => void, refused: string | null}} Trial  what is tried now, tries something or takes it back, and why nothing can be */

/**
 * The card.
 * @param {Around & {lever: Lever}} props
 */
export function Card({ parties, current, select, trial, lever }) {
  const [first, ...rest] = lever.paragraphs;
  const end = lever.way[lever.way.length - 1];
  const parts = [...lever.tries, ...(lever.goes ? [lever.goes] : [])];
  return html`<li class=${classes("lever", parts.some(trial.tried) && "now")}>
    <p class="cost"><strong>${visible(lever.counted)}</strong>${" "}${lever.by.map((key) => html`<${Named} key=${key} ...${{ parties, by: key }} />${" "}`)}
      ${lever.smallest && lever.kind !== "plan" && html`<span class="note" title="No lever of this kind costs less; this is proven.">smallest</span>`}${" "}
      ${lever.checked && html`<span class="checked">✔ certificate checked</span>`}</p>
    ${first?.sentences.map((sentence) => html`<p class="does"><${Sentence} ...${{ sentence, current, select }} /></p>`)}
    ${lever.way.length > 0 && html`<${Way} ...${{ parties, current, select }} way=${lever.way} />`}
    <${Tries} ...${{ trial, tries: lever.tries, goes: lever.goes }} end=${end?.to ?? null} />
    ${rest.length > 0 && html`<details><summary>Why, and how it goes on</summary><${Paragraphs} paragraphs=${rest} ...${{ current, select }} /></details>`}
  </li>`;
}

/**
 * Buttons that try what can be tried; one that is tried takes it back.
 * @param {{trial: Trial, tries: Try[], goes?: Try | null, end?: import("../types").Whole | null}} props
 */
export function Tries({ trial, tries, goes = null, end = null }) {
  const button = (/** @type {Try} */ part, /** @type {string} */ says) => html`<button type="button" aria-pressed=${trial.tried(part)} disabled=${trial.refused !== null}
    title=${trial.refused ?? visible(part.says.join(" "))} onClick=${() => trial.turn(part)}>${trial.tried(part) ? "Tried; take it back" : says}<span class="vh">: ${visible(part.says.join(" "))}</span></button>`;
  if (tries.length === 0 && goes === null) return null;
  return html`<div class="tools">
    ${tries.map((part) => button(part, tries.length > 1 ? part.says.map(visible).join(" ") : "Try it"))}
    ${goes && end !== null && button(goes, tries.length > 0 ? `Try it, from state ${grouped(end)} on` : `Go on from state ${grouped(end)}`)}</div>`;
}

/**
 * A party by its letters and name.
 * @param {{parties: import("../types").Party[], by: string}} props
 */
function Named({ parties, by }) {
  const party = parties.find((one) => one.key === by);
  return party ? html`<span class="named inline"><${Chip} ...${{ parties, party, quiet: true }} /><${Text} text=${party.name} class="clipped" /></span>` : html`<${Text} text=${by} />`;
}

/**
 * The moves that lead from the start to where a lever leads.
 * @param {{parties: import("../types").Party[], current: string | null, select: (id: string) => void, way: import("../types/unlock").Step[]}} props
 */
function Way({ parties, current, select, way }) {
  const link = (/** @type {import("../types").Whole} */ id) => html`<${StateLink} ...${{ id, current, select }} />`;
  return html`<p class="way"><span class="quiet">The way:</span> ${way[0] && link(way[0].start)}${way.map((step) => html` <span class="leg"><span aria-hidden="true">─</span>${step.by.map((key, place) => html`${place > 0 && html`<span aria-hidden="true">+</span><span class="vh"> and </span>`}<span class=${classes("who", colour(parties, key))}><${Text} text=${key} /></span>`)}<span aria-hidden="true">▸</span><span class="vh"> to </span></span> ${link(step.to)}`)}</p>`;
}
