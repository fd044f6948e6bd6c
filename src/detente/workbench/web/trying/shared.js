// What belongs to nobody alone: rules, moves that are forbidden, coalitions, the status quo.
import { useMemo, useRef, useState } from "preact/hooks";
import { useAnswer } from "../api.js";
import { give } from "../focus.js";
import { grouped, html, plural, Text, visible } from "../html.js";
import { Chip, Problems, StateLink } from "../parts.js";
import { number } from "../table.js";
import { Adding, Switches } from "./items.js";

/** @typedef {{desk: import("../types").Desk, trying: import("../types/whatif").Trying}} Both */
/** @typedef {import("../types/whatif").Item} Item */

const KINDS = { better: "better for them", equal: "the same to them", worse: "worse for them" };

/**
 * Rules, coalitions and the status quo.
 * @param {Both} props
 */
export function SharedChanges({ desk, trying }) {
  const { rules, coalitions, status_quo: quo } = trying.outline;
  const [open, unfold] = useState(false);
  const count = rules.filter((rule) => rule.place !== null).length;
  return html`<details open=${open} onToggle=${(/** @type {any} */ event) => unfold(event.currentTarget.open)}><summary>Rules, coalitions, status quo</summary>${open && html`
    <h4>Rules</h4>
    <${Switches} items=${rules} none="There is none." label="Rules" trying=${trying} off=${(/** @type {Item} */ item) => ({ change: "remove rule", place: item.place })} />
    <${Adding} label="Add a rule: what can't be" hint="a condition that no state can meet" add=${(/** @type {string} */ never) => trying.also({ change: "add rule", place: count + 1, never })} />
    <h4>Coalitions</h4>
    ${coalitions.length === 0 ? html`<p class="quiet">There is none.</p>` : html`<ul class="switches" aria-label="Coalitions">${coalitions.map((one) => html`<li key=${one.place}><label class="item"><input type="checkbox" checked=${one.joint}
      onChange=${() => trying.also({ change: "set joint", place: one.place, joint: !one.joint })} /> <span><${Text} text=${one.members.join(" and ")} /> can change options of theirs in one step${one.joint !== one.was && html` <span class="note">changed</span>`}</span></label></li>`)}</ul>`}
    <h4>Status quo</h4>
    <p>${quo.taken === null ? "There is none." : html`<${Text} text=${quo.taken.join(", ") || "nothing is taken"} />`} <${LetIt} ...${{ desk, trying }} /></p>`}
  </details>`;
}

/**
 * Makes the state that is selected the status quo.
 * @param {Both} props
 */
function LetIt({ desk, trying }) {
  const { state, standing } = desk;
  const at = standing?.standing.state;
  if (state === null || !at || String(at.id) !== state || state === String(desk.head.conflict.status_quo)) return html`<span class="quiet">Select another state to let it be the status quo.</span>`;
  const taken = desk.head.options.filter((_, place) => at.choice[place] === "Y").map((option) => option.key);
  return html`<button type="button" onClick=${() => trying.also({ change: "set status quo", taken })}>Let it be state ${grouped(state)}</button>`;
}

/**
 * Bans, and the moves from the selected state, each of which can be forbidden.
 * @param {Both} props
 */
export function MoveChanges({ desk, trying }) {
  const [open, unfold] = useState(false);
  const { bans } = trying.outline;
  const count = bans.filter((ban) => ban.place !== null).length;
  const { asked, state } = desk;
  const body = useMemo(() => (open && state !== null ? { ...asked, state: number(state) } : null), [open, asked, state]);
  const found = useAnswer("/api/changeable", body);
  const around = /** @type {import("../types/whatif").Changeable | null} */ (open ? found.answer : null);
  const settled = asked.changes === desk.changes && !found.pending;
  return html`<details open=${open} onToggle=${(/** @type {any} */ event) => unfold(event.currentTarget.open)}><summary>Moves${bans.length > 0 ? ` (${plural(count, "ban")})` : ""}</summary>${open && html`
    <h4>Forbidden</h4>
    <${Switches} items=${bans} none="Nobody is kept from a move." label="Bans" trying=${trying} off=${(/** @type {Item} */ item) => ({ change: "remove ban", place: item.place })} />
    <${NewBan} ...${{ desk, trying }} place=${count + 1} />
    ${state !== null && html`<h4>From state ${grouped(state)}</h4>`}
    <${Problems} found=${found.problems} />
    ${around?.moves && html`<ul class="switches moves" aria-label=${`Moves from state ${grouped(state ?? "")}`} aria-busy=${!settled}>${around.moves.map((move) => html`<${Move} key=${`${move.by} ${move.state}`} ...${{ desk, trying, move, settled }} />`)}</ul>
      ${around.moves.length === 0 && html`<p class="quiet">Nobody can move from it.</p>`}
      ${around.moves_in_all !== null && Number(around.moves_in_all) > around.moves.length && html`<p class="quiet">${plural(Number(around.moves_in_all) - around.moves.length, "more move")}, not listed.</p>`}`}`}
  </details>`;
}

/**
 * A move that somebody has, and that can be forbidden.
 * @param {Both & {move: import("../types/whatif").MoveChangeable, settled: boolean}} props
 */
function Move({ desk, trying, move, settled }) {
  const parties = desk.head.decision_makers;
  const party = parties.find((one) => one.key === move.by);
  const says = `${visible(move.by)}: to state ${grouped(move.state)}, ${KINDS[move.kind]}`;
  return html`<li><label class="item"><input type="checkbox" checked=${true} disabled=${move.ban === null || !settled} aria-label=${`${says}; can be made`}
    onChange=${() => move.ban && trying.also(move.ban)} /> ${party && html`<${Chip} ...${{ parties, party, quiet: true }} />`}</label>
    <span>▸ <${StateLink} id=${move.state} current=${desk.state} select=${(/** @type {string} */ state) => desk.select({ state })} />${move.name && html` <${Text} text=${move.name} class="name" />`} <span class="quiet">${KINDS[move.kind]}</span></span></li>`;
}

/**
 * A ban by conditions.
 * @param {Both & {place: number}} props
 */
function NewBan({ desk, trying, place }) {
  const [open, show] = useState(false);
  const opener = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const close = () => {
    show(false);
    give(() => opener.current);
  };
  if (!open) return html`<button type="button" class="link add" ref=${opener} onClick=${() => show(true)}>Forbid moves by conditions…</button>`;
  const submit = (/** @type {any} */ event) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const text = (/** @type {string} */ name) => said.get(name)?.toString().trim() || "true";
    trying.also({ change: "add ban", place, by: said.get("by")?.toString() ?? "", leaving: text("leaving"), reaching: text("reaching") });
    close();
  };
  return html`<form class="written" onSubmit=${submit}>
    <label>No move of <select name="by">${desk.head.decision_makers.map((party) => html`<option value=${party.key}>${visible(party.name)}</option>`)}</select></label>
    <label>from states with <input name="leaving" placeholder="any state" autocomplete="off" spellcheck=${false} /></label>
    <label>to states with <input name="reaching" placeholder="any state" autocomplete="off" spellcheck=${false} /></label>
    <button type="submit">Forbid</button><button type="button" onClick=${close}>Leave it</button></form>`;
}
