// How much hangs on what is guessed: what may be asked of all completions, and what they say.
import { useMemo } from "preact/hooks";
import { useAnswer } from "../api.js";
import { has, lines, useAsked } from "../asked.js";
import { unfold } from "../focus.js";
import { grouped, html, plural, visible } from "../html.js";
import { Panel, Problems } from "../parts.js";
import { Told } from "../told.js";
import { Folded, Going, Shown } from "./shown.js";

/** @typedef {{open: string[], under: string | null, where: string, levers: boolean, without: boolean, tipping: boolean, seconds: number, draws: number, seed: number}} Options */

/** @type {Options} */
const USUAL = { open: [], under: null, where: "", levers: true, without: true, tipping: false, seconds: 60, draws: 10_000, seed: 1 };
const BASES = /** @type {Record<string, string>} */ ({
  reported: "what is reported", inferred: "what is inferred", assumed: "what is assumed", without: "what has no basis", rules: "rules as well",
});

/**
 * What a question says; what it leaves out is as the server takes it.
 * @param {import("../types").Question} question
 * @returns {Options | null}
 */
function read(question) {
  const { open = null, under = null, where = [], levers = true, without = false, tipping = false, seconds = 60, draws = 10_000, seed = 1 } = question;
  const said = lines(where), opens = open === null ? [] : typeof open === "string" ? open.split(",").map((kind) => kind.trim()).filter(Boolean) : null;
  if (said === null || opens === null || !(under === null || typeof under === "string") || !has(question, Object.keys(USUAL))) return null;
  if (typeof levers !== "boolean" || typeof without !== "boolean" || typeof tipping !== "boolean") return null;
  if (typeof seconds !== "number" || typeof draws !== "number" || typeof seed !== "number" || !Number.isSafeInteger(draws) || !Number.isSafeInteger(seed)) return null;
  return { open: opens, under, where: said, levers, without, tipping, seconds, draws, seed };
}

/**
 * The panel.
 * @param {{desk: import("../types").Desk}} props
 */
export function Sweeping({ desk }) {
  const { asked } = desk;
  const job = useAsked(desk, "sure", {
    usual: USUAL, read, write: ({ open: opens, under, where, ...rest }) => ({
      open: opens.length > 0 ? opens.join(",") : null, under: under ?? desk.under, where: where.split("\n").map((line) => line.trim()).filter(Boolean), ...rest,
    }),
  });
  const { options, set } = job;
  const open = options.open.length > 0 ? options.open.join(",") : null;
  const under = options.under ?? desk.under;
  const before = useAnswer("/api/guesses", useMemo(() => ({ ...asked, open }), [asked, open]));
  const guesses = /** @type {import("../types/sure").Guesses | null} */ (before.answer);
  const shown = /** @type {import("../types/sure").Sure | null} */ (job.answer ?? job.soFar);
  const look = { current: desk.state, select: (/** @type {string} */ id) => desk.select({ state: id }) };
  return html`<${Panel} id="sure" title="How sure" pending=${before.pending}>
    <${Asking} ...${{ desk, options, set, guesses, under }} job=${job} />
    <${Problems} found=${before.problems} />
    <${Going} job=${job} />
    ${shown?.so_far && html`<p class="quiet" role="status">Found so far, shares alone; what they hang on comes at the end.</p>`}
    ${shown ? html`<${Shown} name="how-sure" whole=${!shown.so_far} account=${shown.sweep} tables=${shown.tables} pictures=${shown.pictures} open=${["voices", "conclusions"]} ...${look} />`
      : guesses && guesses.tables.map((table) => html`<${Folded} key=${table.key} id="how-sure-open" title=${table.title} count=${table.rows.length} open=${true}><${Told} name="guesses" ...${{ table, ...look }} /></${Folded}>`)}
  </${Panel}>`;
}

/**
 * What is asked.
 * @param {{desk: import("../types").Desk, options: Options, set: (change: Partial<Options>) => void, guesses: import("../types/sure").Guesses | null,
 *   under: string, job: import("../types/sure").Asking<Options>}} props
 */
function Asking({ desk, options, set, guesses, under, job }) {
  const opens = guesses?.opens.filter((one) => one.elements > 0 || options.open.includes(one.kind)) ?? [];
  const needs = guesses !== null && guesses.guesses === 0 && !options.without && !options.tipping;
  const begin = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!needs && guesses !== null) job.press({ under });
  };
  const tick = (/** @type {"levers" | "without" | "tipping"} */ name, /** @type {string} */ says) =>
    html`<label><input type="checkbox" checked=${options[name]} onChange=${() => set({ [name]: !options[name] })} /> ${says}</label>`;
  const count = (/** @type {"seconds" | "draws" | "seed"} */ name, /** @type {string} */ says, /** @type {number} */ least, /** @type {number} */ most) =>
    html`<label>${says} <input type="number" required min=${least} max=${most} step="1" value=${options[name]} onInvalid=${unfold} onInput=${(/** @type {any} */ event) => {
      if (event.currentTarget.checkValidity()) set({ [name]: event.currentTarget.valueAsNumber });
    }} /></label>`;
  return html`<form class="asking" onSubmit=${begin}>
    <p class="quiet">${guesses === null ? "Looking at what is open…" : guesses.guesses === 0 ? "The file names nothing that is uncertain. Open something, or ask what hangs on single voices or on single edits."
      : `${plural(guesses.guesses, "guess", "guesses")}, which can be settled in ${plural(guesses.completions, "way")}, the completions of this model.`}</p>
    ${opens.length > 0 && html`<fieldset><legend>Open besides</legend>${opens.map((one) => html`<label key=${one.kind}><input type="checkbox" checked=${options.open.includes(one.kind)}
      onChange=${() => set({ open: options.open.includes(one.kind) ? options.open.filter((kind) => kind !== one.kind) : [...options.open, one.kind] })} /> ${BASES[one.kind] ?? one.kind}
      <span class="quiet"> (${grouped(one.elements)})</span></label>`)}</fieldset>`}
    <fieldset><legend>Ask also</legend>${tick("levers", "which levers still work")}${tick("without", "what hangs on single voices")}${tick("tipping", "the nearest changes")}</fieldset>
    <label>Behaviour <select value=${under} onChange=${(/** @type {any} */ event) => set({ under: event.currentTarget.value })}>${desk.head.concepts.map((concept) => html`<option value=${concept.key}>${visible(concept.key)}</option>`)}</select></label>
    ${count("seconds", "Seconds for counting, about", 1, 3_600)}
    <details class="more"><summary>More</summary>
      <label>Conditions to ask about, one on each line <textarea rows="2" value=${options.where} onInput=${(/** @type {any} */ event) => set({ where: event.currentTarget.value })}></textarea></label>
      ${count("draws", "Completions drawn where not all can be counted, at most", 1, 100_000)}${count("seed", "What draws depend on", 0, 2 ** 31)}</details>
    <button type="submit" class="main" aria-disabled=${job.running || job.answer !== null || needs || guesses === null}>${job.answer ? "Counted" : job.running ? "Counting…" : "Count"}</button>
  </form>`;
}
