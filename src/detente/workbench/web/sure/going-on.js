// How a conflict would go on, in the model: who moves how often, and where improvements then lead.
import { has, isRecord, lines, useAsked } from "../asked.js";
import { unfold } from "../focus.js";
import { grouped, html, Text, visible } from "../html.js";
import { Chip, Panel } from "../parts.js";
import { number } from "../table.js";
import { Going, Shown } from "./shown.js";

/** @typedef {{start: string | null, who: "file" | "equal" | "own", weights: Record<string, string>, choice: string, moves: string, to: string, rounds: number}} Options */

const CHOICES = { any: "any of their improvements", best: "what they prefer most" };
const MOVES = { improving: "improvements alone", any: "of any kind" };
/** @type {Options} */
const USUAL = { start: null, who: "file", weights: {}, choice: "any", moves: "improving", to: "", rounds: 4 };

/**
 * What a question says; what it leaves out is as the server takes it.
 * @param {import("../types").Question} question
 * @returns {Options | null}
 */
function read(question) {
  const { start = "status quo", movers = null, choice = "any", moves = "improving", to = [], rounds = 4 } = question;
  const weights = isRecord(movers) ? Object.entries(movers) : [];
  const said = lines(to);
  if (said === null || !["string", "number"].includes(typeof start) || !(movers === null || movers === "equal" || isRecord(movers))) return null;
  if (weights.some(([, weight]) => typeof weight !== "string") || typeof rounds !== "number" || !has(question, ["start", "movers", "choice", "moves", "to", "rounds"])) return null;
  if (typeof choice !== "string" || !Object.hasOwn(CHOICES, choice) || typeof moves !== "string" || !Object.hasOwn(MOVES, moves)) return null;
  const who = movers === null ? "file" : movers === "equal" ? "equal" : "own";
  return { start: start === "status quo" ? null : String(start), who, weights: /** @type {Record<string, string>} */ (Object.fromEntries(weights)), choice, moves, to: said, rounds };
}

/**
 * The panel.
 * @param {{desk: import("../types").Desk}} props
 */
export function GoingOn({ desk }) {
  const owners = desk.head.decision_makers.filter((party) => desk.head.options.some((option) => option.owners.includes(party.key)));
  const job = useAsked(desk, "going-on", {
    usual: USUAL, read, write: ({ start, who, weights, choice, moves, to, rounds }) => ({
      start: start === null ? "status quo" : number(start),
      movers: who === "file" ? null : who === "equal" ? "equal" : Object.fromEntries(owners.map((party) => [party.key, (weights[party.key] ?? "1").trim() || "0"])),
      choice, moves, to: to.split("\n").map((line) => line.trim()).filter(Boolean), rounds,
    }),
  });
  const shown = /** @type {import("../types/sure").GoingOn | null} */ (job.answer);
  return html`<${Panel} id="going-on" title="How it would go on">
    <${Asking} ...${{ desk, owners, job }} />
    <${Going} job=${job} />
    ${shown && html`<${Shown} name="going-on" whole=${true} account=${shown.evolution} tables=${shown.tables} pictures=${shown.pictures} open=${["ends", "pictures"]} current=${desk.state} select=${(/** @type {string} */ id) => desk.select({ state: id })} />`}
  </${Panel}>`;
}

/**
 * What is asked.
 * @param {{desk: import("../types").Desk, owners: import("../types").Party[], job: import("../types/sure").Asking<Options>}} props
 */
function Asking({ desk, owners, job }) {
  const { options, set } = job;
  const parties = desk.head.decision_makers;
  const begin = (/** @type {Event} */ event) => {
    event.preventDefault();
    job.press();
  };
  const choose = (/** @type {"who" | "choice" | "moves"} */ name, /** @type {string} */ says, /** @type {Record<string, string>} */ ways) =>
    html`<label>${says} <select value=${options[name]} onChange=${(/** @type {any} */ event) => set({ [name]: event.currentTarget.value })}>${Object.entries(ways).map(([way, words]) => html`<option value=${way}>${words}</option>`)}</select></label>`;
  const starts = [...new Set([null, options.start, desk.state])];
  return html`<form class="asking" onSubmit=${begin}>
    <p class="quiet">Where moves would lead in this model, counted in moves and not in days.</p>
    <label>From <select value=${options.start ?? ""} onChange=${(/** @type {any} */ event) => set({ start: event.currentTarget.value || null })}>${starts.map((id) => html`<option value=${id ?? ""}>${id === null ? "the status quo" : `state ${visible(grouped(id))}`}</option>`)}</select></label>
    ${choose("who", "Who moves next, and how often", { file: "by the weights of the file; equal where it has none", equal: "each equally often", own: "by these weights" })}
    ${choose("moves", "Moves", MOVES)}
    ${choose("choice", "Who moves takes", CHOICES)}
    ${options.who === "own" && html`<fieldset><legend>Weights</legend>${owners.map((party) => html`<label key=${party.key}><span class="named"><${Chip} ...${{ parties, party, quiet: true }} /><${Text} text=${party.name} class="clipped" /></span>
      <input size="5" value=${options.weights[party.key] ?? "1"} onInput=${(/** @type {any} */ event) => set({ weights: { ...options.weights, [party.key]: event.currentTarget.value } })} /></label>`)}</fieldset>`}
    <details class="more"><summary>More</summary>
      <label>Does it ever come to these states or conditions? One on each line <textarea rows="2" value=${options.to} onInput=${(/** @type {any} */ event) => set({ to: event.currentTarget.value })}></textarea></label>
      <label>Moves followed one by one <input type="number" required min="0" max="50" step="1" value=${options.rounds} onInvalid=${unfold} onInput=${(/** @type {any} */ event) => {
        if (event.currentTarget.checkValidity()) set({ rounds: event.currentTarget.valueAsNumber });
      }} /></label></details>
    <button type="submit" class="main" aria-disabled=${job.running || job.answer !== null}>${job.answer ? "Followed" : job.running ? "Following…" : "Follow"}</button>
  </form>`;
}
