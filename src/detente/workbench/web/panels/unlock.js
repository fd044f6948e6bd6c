// What would unstick the conflict, or bring a wanted state about: levers, the cheapest of each kind first, each to be tried with one click.
import { useState } from "preact/hooks";
import { useAsked } from "../asked.js";
import { give } from "../focus.js";
import { html, plural, Text, visible } from "../html.js";
import { Card, Tries } from "../levers/card.js";
import { KINDS } from "../levers/kinds.js";
import { Question, questionOf, said, usual } from "../levers/question.js";
import { Panel, Paragraphs, Problems, Sentence, StateLink } from "../parts.js";
import { rests } from "./evidence.js";

/** How many levers of one kind are shown before the others are folded away. */
const SHOWN = 3;
/** Levers that one fold holds. */
const FOLD = 20;

/** @typedef {import("../types/unlock").Unlock} Found */
/** @typedef {import("../types").Desk} Desk */
/** @typedef {import("../levers/card.js").Around} Around */

/**
 * The view.
 * @param {{desk: Desk}} props
 */
export function Unlock({ desk }) {
  const asking = useAsked(desk, "unlock", { usual: usual(), read: said, write: (options) => questionOf(desk, options), stays: true });
  const { body, answer, soFar, problems, running, progress, seconds, givenUp, stop, again } = asking;
  const found = /** @type {Found | null} */ (answer ?? soFar);
  const tools = found && html`<div class="tools"><span class="quiet">under ${[...new Set(Object.values(found.profile))].map(visible).join(", ")}</span></div>`;
  return html`<${Panel} id="unlock" title="What would unstick it" tools=${tools}>
    <${Question} ...${{ desk, asking }} />
    ${running && html`<p role="status">${progress ? visible(progress) : "Looking for levers"}… <span class="quiet">${Math.round(seconds)} s</span> <button type="button" onClick=${stop}>Stop</button></p>`}
    ${givenUp && html`<p class="quiet" role="status">The search was given up. <button type="button" onClick=${again}>Look again</button></p>`}
    ${found?.interrupted && html`<p class="quiet">Found so far: goals and kinds of levers that are not below were not looked at yet.</p>`}
    <${Problems} found=${problems} label="Why nothing was looked for" />
    ${found && body && html`<${Levers} ...${{ desk, found, body }} />`}
  </${Panel}>`;
}

/**
 * What can be tried of levers that were found for a conflict: instead of each other, on the conflict that they were found for.
 * @param {Desk} desk
 * @param {Record<string, any>} body
 * @returns {import("../levers/card.js").Trial}
 */
function trialOf(desk, body) {
  const before = /** @type {import("../types").Change[]} */ (body.changes);
  const other = body.text !== desk.text ? "The text has changed since these were looked for: look again."
    : body.viewpoint !== desk.asked.viewpoint ? "These were looked for from another viewpoint: look again." : null;
  const with_ = (/** @type {import("../types/unlock").Try} */ part) => [...before, ...part.changes];
  const tried = (/** @type {import("../types/unlock").Try} */ part) => JSON.stringify(desk.changes) === JSON.stringify(with_(part));
  return {
    refused: other, tried,
    turn: (part) => {
      const says = part.says.join(" ");
      if (tried(part)) return desk.act(`taken back: ${says}`, { changes: before });
      desk.act(says, { changes: with_(part) });
      desk.select({ view: "what-if" });
      return give(() => document.getElementById("tab-what-if"));
    },
  };
}

/**
 * All that was found.
 * @param {{desk: Desk, found: Found, body: Record<string, any>}} props
 */
function Levers({ desk, found, body }) {
  const trial = trialOf(desk, body);
  const around = { parties: found.decision_makers, current: desk.state, select: (/** @type {string} */ id) => desk.select({ state: id }), trial };
  const before = body.changes.length;
  return html`<div class="found">
    ${trial.refused && html`<p role="status"><strong>${trial.refused}</strong></p>`}
    ${before > 0 && html`<p class="quiet">They were looked for with ${plural(before, "change")} tried, and are tried on top of ${before === 1 ? "it" : "them"}.</p>`}
    ${found.answer.map((sentence) => html`<p><${Sentence} sentence=${sentence} current=${around.current} select=${around.select} /></p>`)}
    ${found.goals.map((goal, place) => html`<${Goal} key=${place} ...${around} goal=${goal} opened=${place === 0} />`)}
    ${found.red_line_sets.map((sets, place) => html`<${RedLines} key=${place} ...${around} sets=${sets} />`)}
    ${found.goals.length + found.red_line_sets.length === 0 && html`<p class="quiet">There was no goal to look for: name a state or a condition that is wanted.</p>`}
    ${found.evidence.length > 0 && html`<details><summary>What these rest on (${found.evidence.length})</summary><ul class="rests">${found.evidence.map(rests)}</ul></details>`}
  </div>`;
}

/**
 * The levers for one goal, kind by kind; the first goal is unfolded.
 * @param {Around & {goal: import("../types/unlock").Goal, opened: boolean}} props
 */
function Goal({ goal, opened, ...around }) {
  const none = goal.searches.filter((search) => search.levers.length === 0 && search.proven);
  const told = goal.searches.filter((search) => !none.includes(search));
  const name = (/** @type {string} */ kind) => KINDS[kind] ?? kind;
  const { current, select } = around;
  return html`<details class="goal" open=${opened}><summary><${Text} text=${goal.called.text} class="called" />${goal.headline && html` <${Text} text=${goal.headline.text} class="headline" />`}</summary>
    ${goal.called.states.length > 0 && html`<p class="quiet">It is about ${goal.called.states.map((id, place) => html`${place > 0 && ", "}state <${StateLink} key=${id} ...${{ id, current, select }} />`)}.</p>`}
    ${told.map((search) => html`<div class="search" key=${search.kind}><h4>${name(search.kind)}</h4>
      <p class="quiet"><${Sentence} sentence=${search.says} ...${{ current, select }} /></p>
      <${Cards} ...${around} levers=${search.levers} />
      ${search.account.length > 0 && html`<details><summary>What was looked at</summary><${Paragraphs} paragraphs=${search.account} ...${{ current, select }} /></details>`}</div>`)}
    ${none.map((search) => html`<div class="none" key=${search.kind}><p class="quiet"><strong>${name(search.kind)}</strong>: <${Sentence} sentence=${search.says} ...${{ current, select }} /></p>
      ${search.account.length > 0 && html`<details><summary>What was looked at</summary><${Paragraphs} paragraphs=${search.account} ...${{ current, select }} /></details>`}</div>`)}
    ${goal.unsought.length > 0 && html`<p class="quiet">Looked for here only where they are chosen: ${goal.unsought.map(name).join(", ")}.</p>`}
  </details>`;
}

/**
 * Cards, the first of them at once.
 * @param {Around & {levers: import("../types/unlock").Lever[]}} props
 */
function Cards({ levers, ...around }) {
  const [more, show] = useState(0);
  const shown = SHOWN + more * FOLD;
  if (levers.length === 0) return null;
  return html`<ol class="levers">${levers.slice(0, shown).map((lever, place) => html`<${Card} key=${place} ...${around} lever=${lever} />`)}</ol>
    ${levers.length > shown && html`<p><button type="button" onClick=${() => show(more + 1)}>${plural(Math.min(FOLD, levers.length - shown), "more lever")}${levers.length - shown > FOLD && html`<span class="quiet"> of ${levers.length - shown}</span>`}</button></p>`}`;
}

/**
 * What red lines and rules keep away that would be better for everybody, and which of them could be dropped.
 * @param {Around & {sets: import("../types/unlock").RedLines}} props
 */
function RedLines({ sets, ...around }) {
  const { current, select, trial } = around;
  const item = (/** @type {import("../types/unlock").RedLineSet} */ one, /** @type {number} */ place) => {
    const [first, ...rest] = one.paragraphs;
    return html`<li class="lever" key=${place}>${first?.sentences.map((sentence) => html`<p class="does"><${Sentence} ...${{ sentence, current, select }} /></p>`)}
      <${Tries} ...${{ trial, tries: one.tries }} />
      ${rest.length > 0 && html`<details><summary>Why</summary><${Paragraphs} paragraphs=${rest} ...${{ current, select }} /></details>`}</li>`;
  };
  const all = [...sets.restoring, ...sets.emptying];
  return html`<section class="goal" aria-label="Red lines"><h3>Red lines${sets.condition !== null && html`, of states with <${Text} text=${sets.condition} />`}</h3>
    <p><${Sentence} sentence=${sets.says} ...${{ current, select }} /></p>
    ${all.length > 0 && html`<ol class="levers">${all.map(item)}</ol>`}</section>`;
}
