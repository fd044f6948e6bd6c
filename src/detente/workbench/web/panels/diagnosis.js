// Why the conflict is stuck, or is not: what kind of deadlock, who stays, what would be better for everybody and how it could be had.
import { useMemo } from "preact/hooks";
import { classes, grouped, html, plural, Text, visible } from "../html.js";
import { useJob } from "../jobs.js";
import { Chip, Panel, Paragraphs, Problems, StateLink } from "../parts.js";
import { rests } from "./evidence.js";
import { number } from "../table.js";

/** Most states of a kind that are given as links. */
const MOST = 60;

/** @typedef {import("../types/unlock").Diagnosis} Diagnosis */
/** @typedef {import("../types").Desk} Desk */
/** @typedef {{desk: Desk, said: Diagnosis, select: (id: string) => void}} Known */

/**
 * The view.
 * @param {{desk: Desk}} props
 */
export function Diagnosis({ desk }) {
  const { asked, under, state } = desk;
  const start = desk.head.conflict.status_quo;
  const here = desk.of === "state";
  const from = start === null || here ? state : null;
  const body = useMemo(
    () => (start === null && state === null ? null : { ...asked, under, ...(from === null ? {} : { start: number(from) }) }),
    [asked, under, from, start === null && state === null],
  );
  const { answer, problems, pending, progress, running, givenUp, stop, start: begin } = useJob("/api/diagnosis", body);
  const said = /** @type {Diagnosis | null} */ (answer);
  const select = (/** @type {string} */ id) => desk.select({ state: id });
  const tools = html`<div class="tools">
    ${start !== null && html`<label>Of <select value=${here ? "here" : "start"} onChange=${(/** @type {any} */ event) => desk.select({ of: event.currentTarget.value === "here" ? "state" : null }, true)}>
      <option value="start">the status quo</option><option value="here">the selected state${state === null ? "" : `, ${grouped(state)}`}</option></select></label>`}
    ${said?.checked && html`<span class="checked">✔ certificates checked</span>`}</div>`;
  return html`<${Panel} id="diagnosis" title=${said ? html`Diagnosis of state ${grouped(said.start.id)}` : "Diagnosis"} pending=${pending && said !== null} tools=${tools}>
    <${Problems} found=${problems} label="Why there is no diagnosis" />
    ${body === null && html`<p class="quiet">Select a state: the file names no status quo.</p>`}
    ${pending && html`<p class="quiet" role="status">${progress ? visible(progress) : "Looking for what holds it"}…
      ${running && html` <button type="button" onClick=${stop}>Stop</button>`}</p>`}
    ${givenUp && html`<p class="quiet">It was given up. <button type="button" onClick=${begin}>Begin again</button></p>`}
    ${said && html`<${Told} ...${{ desk, said, select }} />`}
  </${Panel}>`;
}

/**
 * What was found.
 * @param {Known} props
 */
function Told({ desk, said, select }) {
  const [verdict, ...rest] = said.paragraphs;
  return html`<${Paragraphs} paragraphs=${verdict ? [verdict] : []} current=${desk.state} select=${select} />
    ${said.types.length > 0 && html`<ul class="deadlocks" aria-label="Types of deadlock that apply">${said.types.map((type) => html`<${Type} key=${type.key} ...${{ desk, said, select, type }} />`)}</ul>`}
    <${Paragraphs} paragraphs=${rest} current=${desk.state} select=${select} />
    <${Stays} ...${{ desk, said, select }} />
    <${Better} ...${{ desk, said, select }} gains=${said.better_for_all} kind="better for everybody" />
    <${Better} ...${{ desk, said, select }} gains=${said.worse_for_none} kind="worse for nobody and better for somebody" />
    <h3>What is demanded</h3>
    ${said.dilemmas ? html`<${Paragraphs} paragraphs=${said.dilemmas.paragraphs} current=${desk.state} select=${select} />` : html`<p>${visible(said.no_dilemmas ?? "")}</p>`}
    ${said.evidence.length > 0 && html`<details><summary>What this rests on (${said.evidence.length})</summary><ul class="rests">${said.evidence.map(rests)}</ul></details>`}`;
}

/**
 * A type of deadlock that applies: whom and what it is about.
 * @param {Known & {type: import("../types/unlock").DeadlockType}} props
 */
function Type({ desk, said, select, type }) {
  const parties = said.decision_makers;
  const states = type.states ?? [];
  return html`<li class=${classes(type.primary && "primary")}>
    <p><strong>${visible(type.name)}</strong> <code>${type.key}</code> ${type.by.map((key) => parties.filter((party) => party.key === key).map((party) => html`<span class="named inline"><${Chip} ...${{ parties, party, quiet: true }} /><${Text} text=${party.name} class="clipped" /></span>`))}</p>
    <p class="quiet">${visible(type.asks)}</p>
    ${type.count !== null && states.length > 0 && html`<details><summary>${plural(type.count, "state")} that it is about</summary><${Links} ...${{ states, desk, select }} /></details>`}
  </li>`;
}

/**
 * States as links, as many as can be looked through.
 * @param {{states: import("../types").Whole[], desk: Desk, select: (id: string) => void}} props
 */
function Links({ states, desk, select }) {
  return html`<p class="some">${states.slice(0, MOST).map((id) => html`<${StateLink} key=${id} ...${{ id, current: desk.state, select }} />${" "}`)}
    ${states.length > MOST && html`<span class="quiet">and ${grouped(states.length - MOST)} more</span>`}</p>`;
}

/**
 * Who would stay at the state, under each concept, and who would leave it as they are taken to behave.
 * @param {Known} props
 */
function Stays({ desk, said, select }) {
  const parties = said.decision_makers;
  const concepts = Object.keys(said.stable);
  if (concepts.length === 0) return null;
  const leaves = said.verdicts.filter((verdict) => !verdict.stays);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Who would stay"><table class="standing stays"><caption><span>Who would stay at state ${grouped(said.start.id)}: ● stays, – would leave</span></caption>
    <thead><tr><th scope="col">Decision maker</th>${concepts.map((key) => html`<th scope="col" key=${key} class=${classes(key === desk.under && "under")}>${visible(key)}</th>`)}${leaves.length > 0 && html`<th scope="col">leaves for</th>`}</tr></thead>
    <tbody>${parties.map((party) => {
      const leave = leaves.find((verdict) => verdict.by === party.key);
      return html`<tr key=${party.key}><th scope="row"><span class="named"><${Chip} ...${{ parties, party, quiet: true }} /><${Text} text=${party.name} class="clipped" /></span></th>
        ${concepts.map((key) => {
          const stays = said.stable[key]?.[party.key];
          return html`<td key=${key} aria-label=${stays === undefined ? "not known" : stays ? "stays" : "would leave"}>${stays === undefined ? "?" : stays ? "●" : "–"}</td>`;
        })}
        ${leaves.length > 0 && html`<td>${leave && leave.to !== null && html`<${StateLink} id=${leave.to} current=${desk.state} select=${select} />`}</td>`}</tr>`;
    })}</tbody></table></div>`;
}

const WAYS = /** @type {const} */ ([["alone", "alone"], ["by_improvements", "in turn"], ["together", "together"], ["out_of_reach", "not at all"]]);

/**
 * States that are better than the start, by what is taken in them, and how they can be had.
 * @param {Known & {gains: import("../types/unlock").Gains, kind: string}} props
 */
function Better({ desk, said, select, gains, kind }) {
  if (gains.count === null || gains.hold === null || Number(gains.count) === 0) return null;
  const common = new Set([...gains.taken, ...gains.not_taken.map((key) => `not ${key}`)]);
  const states = gains.states ?? [];
  const rows = gains.by_condition.map((part) => ({
    ...part, taken: part.taken.filter((key) => !common.has(key)), not_taken: part.not_taken.filter((key) => !common.has(`not ${key}`)),
  }));
  return html`<section class="better" aria-label=${`States that are ${kind}`}><h3>${plural(gains.count, "state")} ${kind}</h3>
    <p class="quiet">${common.size > 0 && html`In all of them: <${Signs} desk=${desk} taken=${gains.taken} not=${gains.not_taken} />. `}Each state is counted in the first line that it fits.
      Hold: everybody stays there. Alone: by one move of one decision maker; in turn: by improvements one after the other; together: with a move that is no gain when it is made, or at once.</p>
    <div class="scroll" tabindex="0" role="region" aria-label=${`States that are ${kind}, line by line`}><table><caption class="vh">${plural(gains.count, "state")} ${kind}, from state ${grouped(said.start.id)}</caption><thead><tr><th scope="col">What is taken</th><th scope="col">states</th><th scope="col">hold</th>${WAYS.map(([, name]) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>${rows.map((part) => html`<tr key=${part.condition}><th scope="row">${part.taken.length + part.not_taken.length > 0 ? html`<${Signs} desk=${desk} taken=${part.taken} not=${part.not_taken} />` : "all of them"}</th>
        <td>${grouped(part.count)}</td><td>${grouped(part.hold)}</td>${WAYS.map(([key]) => html`<td>${part.ways ? grouped(part.ways[key]) : ""}</td>`)}</tr>`)}
        ${rows.length !== 1 && html`<tr class="sum"><th scope="row">in all</th><td>${grouped(gains.count)}</td><td>${grouped(gains.hold)}</td>${WAYS.map(([key]) => html`<td>${gains.ways ? grouped(gains.ways[key]) : ""}</td>`)}</tr>`}</tbody></table></div>
    ${states.length > 0 && html`<details><summary>Which these are</summary><${Links} ...${{ states, desk, select }} /></details>`}</section>`;
}

/**
 * Options that are taken, and that are not, by name and by sign.
 * @param {{desk: Desk, taken: string[], not: string[]}} props
 */
function Signs({ desk, taken, not }) {
  const name = (/** @type {string} */ key) => desk.head.options.find((option) => option.key === key)?.name ?? key;
  const signs = [...taken.map((key) => ({ sign: "✓", says: "taken", key })), ...not.map((key) => ({ sign: "✗", says: "not taken", key }))];
  return html`<span class="signs">${signs.map(({ sign, says, key }, place) => html`${place > 0 && ", "}<span key=${key}><span aria-hidden="true">${sign}</span><span class="vh">${says}:</span> <${Text} text=${name(key)} /></span>`)}</span>`;
}
