// The moves from a state and to it, in a drawing and as a list; of many states, where improvements lead.
import { useMemo } from "preact/hooks";
import { useAnswer } from "../api.js";
import { Drawing } from "../drawing.js";
import { Export, filed } from "../export.js";
import { grouped, html, plural, Text, visible } from "../html.js";
import { Chip, Panel, Problems, StateLink } from "../parts.js";
import { number } from "../table.js";
import { Basins } from "./basins.js";

/** Most states that are drawn in one picture. */
const DRAWN = 300;
/** How many moves of a party stand in a list before the others are asked for. */
const SHOWN = 6;
const KINDS = /** @type {const} */ ({ better: ["▲", "better for the mover"], equal: ["=", "as good for the mover"], worse: ["▼", "worse for the mover"] });
const DRAWINGS = /** @type {const} */ ([["whole", "all states", "every state and every move"], ["state", "this state", "what everybody could do from this state"], ["condensed", "condensed", "where improvements lead, from all states"]]);

/** @typedef {import("../types/moves").MovesDocument} Told */

/**
 * The view.
 * @param {{desk: import("../types").Desk}} props
 */
export function Moves({ desk }) {
  const { asked, state, under, head } = desk;
  const few = head.total !== null && Number(head.conflict.feasible) <= DRAWN;
  const offered = DRAWINGS.filter(([kind]) => kind === "state" || (kind === "whole" ? few : head.total !== null));
  const drawn = offered.find(([kind]) => kind === desk.drawn)?.[0] ?? (few ? "whole" : "state");
  const body = useMemo(
    () => (state === null ? null : { ...asked, state: number(state), under, drawn: drawn === "condensed" ? "none" : drawn }),
    [asked, state, under, drawn],
  );
  const { answer, problems, pending } = useAnswer("/api/moves", body);
  const told = /** @type {Told | null} */ (answer);
  const select = (/** @type {string} */ id) => desk.select({ state: id });
  const title = told ? html`Moves from state ${grouped(told.state.id)}, and to it` : "Moves";
  const tools = offered.length > 1 && html`<fieldset class="concepts"><legend>Drawn</legend>${offered.map(([kind, says, more]) => html`<label key=${kind} title=${more}>
    <input type="radio" name="drawn" value=${kind} checked=${kind === drawn} onChange=${() => desk.select({ drawn: kind }, true)} /><span>${says}</span></label>`)}</fieldset>`;
  return html`<${Panel} id="moves" title=${title} pending=${pending} tools=${tools}>
    <${Problems} found=${problems} />
    ${!told && problems.length === 0 && html`<p class="quiet" role="status">${pending ? "Looking for the moves…" : "Select a state."}</p>`}
    ${drawn === "condensed" && html`<${Basins} desk=${desk} />`}
    ${told?.drawing && html`<${Drawing} svg=${told.drawing.svg} name=${filed(`${asked.name}-moves-${told.state.id}`)} current=${state} select=${select} />
      <p class="quiet caption">${told.drawing.caption}</p>`}
    ${told && html`<${List} ...${{ told, select }} name=${asked.name} options=${head.options} />`}
  </${Panel}>`;
}

/**
 * All moves, by party.
 * @param {{told: Told, name: string, options: import("../types").Option[], select: (id: string) => void}} props
 */
function List({ told, name, options, select }) {
  const { decision_makers: parties, state } = told;
  const rows = () => told.moves.flatMap((one) => [["from", one.from], ["to", one.to]].flatMap(([way, moves]) =>
    (/** @type {import("../types/moves").Moves | null} */ (moves))?.moves.map((move) => {
      const ends = way === "from" ? [String(state.id), String(move.state)] : [String(move.state), String(state.id)];
      return [one.by, ...ends.map(number), move.kind, move.name ?? null];
    }) ?? []));
  return html`<div class="moves">${told.moves.map((one) => {
    const party = parties.find((other) => other.key === one.by);
    return party && html`<section key=${one.by} aria-label=${`Moves of ${visible(party.name)}`}>
      <h3 class="named"><${Chip} ...${{ parties, party, quiet: true }} /><${Text} text=${party.name} class="clipped" /></h3>
      <${Way} title=${`from ${grouped(state.id)} to`} moves=${one.from} here=${state.choice} forth ...${{ options, select }} />
      ${one.to ? html`<${Way} title=${`to ${grouped(state.id)} from`} moves=${one.to} here=${state.choice} ...${{ options, select }} />`
        : html`<p class="quiet">Moves to this state are not looked for where somebody has so many options.</p>`}
    </section>`;
  })}</div>
  <p class="quiet caption">▲ better, = as good, ▼ worse for the mover; + taken up, − given up, ± left open.</p>
  <div class="tools"><${Export} name=${`${name}-moves-${state.id}`} columns=${["by", "from", "to", "for the mover", "name"]} rows=${rows} /></div>`;
}

/**
 * The moves of one party in one direction: those that are an improvement first.
 * @param {{title: string, moves: import("../types/moves").Moves, here: string, forth?: boolean, options: import("../types").Option[], select: (id: string) => void}} props
 */
function Way({ title, moves, here, forth = false, options, select }) {
  const { counts } = moves;
  const total = Object.values(counts).reduce((sum, count) => sum + BigInt(count), 0n);
  const kinds = /** @type {import("../types/moves").Kind[]} */ (Object.keys(KINDS)).filter((kind) => Number(counts[kind]) > 0);
  const item = (/** @type {import("../types/moves").Move} */ move) => html`<li key=${move.state} class=${move.kind}>
    <span aria-hidden="true">${KINDS[move.kind][0]}</span> <${StateLink} id=${move.state} current=${null} select=${select} /><span class="vh"> ${KINDS[move.kind][1]}</span>
    ${move.name && html` <${Text} text=${move.name} class="name" />`} <span class="quiet">${changes(options, forth ? here : move.choice, forth ? move.choice : here)}</span></li>`;
  const rest = moves.moves.slice(SHOWN);
  return html`<div class="way"><h4>${title}${total === 0n && ": no move"}</h4>
    ${total > 0n && html`<p class="quiet">${plural(String(total), "move")}: ${kinds.map((kind) => `${grouped(counts[kind])} ${KINDS[kind][1].replace(" for the mover", "")}`).join(", ")}</p>
      <ul>${moves.moves.slice(0, SHOWN).map(item)}</ul>
      ${rest.length > 0 && html`<details><summary>${plural(rest.length, "further move")}</summary><ul>${rest.map(item)}</ul></details>`}
      ${BigInt(moves.moves.length) < total && html`<p class="quiet">The other ${grouped(String(total - BigInt(moves.moves.length)))} are counted, not listed.</p>`}`}</div>`;
}

/**
 * What a move changes: what is taken up, given up, or left open.
 * @param {import("../types").Option[]} options
 * @param {string} before  what is taken before, a letter for each
 * @param {string} after
 */
function changes(options, before, after) {
  const signs = /** @type {Record<string, string>} */ ({ Y: "+", N: "−", "-": "±" });
  const changed = options.filter((_, place) => before[place] !== after[place]);
  return changed.map((option, place) => html`${place > 0 && ", "}${signs[after[options.indexOf(option)] ?? ""]} <${Text} text=${option.name} />`);
}
