// One conflict on the page: its text, what is tried on it, what is selected in it, and what the server says of it, for all panels.
import { useEffect, useMemo, useState } from "preact/hooks";
import { useAnswer } from "./api.js";
import { questions } from "./asked.js";
import { acted, around, moved, now } from "./history.js";
import { onlyFor } from "./jobs.js";
import { LONGEST } from "./selection.js";
import { number, useTable } from "./table.js";

const SETTLED = 500;
export const USUAL = "SEQ";

/** @typedef {import("./types").Desk} Desk */
/** @typedef {import("./history.js").Draft} Draft */
/** @typedef {import("./selection.js").Selection} Selection */

/**
 * A value once it has not changed for a moment; at once where it did not come letter by letter.
 * @template T
 * @param {T} value
 * @param {boolean} flows
 */
function useSettled(value, flows) {
  const [settled, settle] = useState(value);
  useEffect(() => {
    if (!flows) {
      settle(value);
      return undefined;
    }
    const wait = setTimeout(() => settle(value), SETTLED);
    return () => clearTimeout(wait);
  }, [value, flows]);
  return flows ? settled : value;
}

/**
 * Which states are listed, in which order, and how that is changed: the address has it, but for a condition that is too long for one.
 * @param {Selection} selection
 * @param {Desk["select"]} select
 */
function useQuery(selection, select) {
  const [long, keep] = useState(/** @type {string | null} */ (null));
  const [times, again] = useState(0);
  const where = selection.where || long, order = selection.order || "number", reverse = selection.reverse === "yes";
  const query = useMemo(() => ({ where, order, reverse }), [where, order, reverse, times]);
  const ask = (/** @type {import("./table.js").Query} */ next) => {
    const fits = next.where === null || next.where.length <= LONGEST;
    keep(fits ? null : next.where);
    again((had) => had + 1);  // also where it is the same: what was refused may not be any more
    select({ where: fits ? next.where : null, order: next.order === "number" ? null : next.order, reverse: next.reverse ? "yes" : null });
  };
  return { query, ask };
}

/**
 * What is asked about a conflict, and what the server says of it.
 * @param {Draft} draft
 * @param {Selection} selection
 * @param {boolean} bare  whether what is tried is left out
 * @param {Desk["select"]} select
 */
export function useConflict(draft, selection, bare, select) {
  const step = now(draft);
  const text = useSettled(step.text, step.flows);
  const { name } = draft.held;
  const changes = useMemo(() => (bare ? [] : step.changes), [bare, step.changes]);
  const wanted = useMemo(() => ({ name, text, viewpoint: selection.viewpoint, changes }), [name, text, selection.viewpoint, changes]);
  const plain = useMemo(() => ({ name, text }), [name, text]);
  const { query, ask } = useQuery(selection, select);
  const check = useAnswer("/api/check", plain);
  const viewpoints = /** @type {import("./types").Viewpoints | null} */ (useAnswer("/api/viewpoints", plain).answer)?.viewpoints ?? NONE;
  const { table, problems: refused, unmet, pending } = useTable(wanted, query, selection.state);
  const head = table?.head ?? null;
  const asked = table?.asked ?? null;
  useEffect(() => {
    if (asked !== null) onlyFor(asked);
  }, [asked]);

  const concepts = head?.concepts ?? [];
  const under = [selection.under, USUAL, concepts[0]?.key].find((key) => concepts.some((concept) => concept.key === key)) ?? USUAL;
  const start = head?.conflict.status_quo ?? null;
  const state = selection.state ?? (start === null ? null : String(start));
  const stands = useAnswer("/api/standing", useMemo(() => (asked === null || state === null ? null : { ...asked, state: number(state) }), [asked, state]));
  const standing = /** @type {import("./types").Standing | null} */ (stands.answer);
  const by = head?.decision_makers.find((party) => party.key === selection.by)?.key ?? (stands.pending ? null : leaver(standing, under));
  const current = stands.pending || !standing ? state : String(standing.standing.state.id);
  useEffect(() => {
    if (table && current !== null) table.find(current);
  }, [table, current]);
  return {
    table, head, asked, plain, query, ask, check, viewpoints, refused, unmet, pending: pending || stands.pending, under, state, by, current, standing, unstood: stands.problems,
  };
}

const NONE = /** @type {import("./types").Viewpoints["viewpoints"]} */ ([]);

/**
 * What all views are given; null while nothing is known of the conflict.
 * @param {ReturnType<typeof useConflict>} known
 * @param {Draft} draft
 * @param {(change: (draft: Draft) => Draft) => void} set
 * @param {Selection} selection
 * @param {Desk["select"]} select
 * @param {import("./types").Files | null} files
 * @param {() => void} renew  looks again which files there are
 * @returns {Desk | null}
 */
export function useDesk(known, draft, set, selection, select, files, renew) {
  const { asked, head } = known;
  const base = useMemo(() => (asked === null || asked.changes.length === 0 ? asked : { ...asked, changes: [] }), [asked]);
  const pressed = useMemo(() => questions(selection.asked), [selection.asked]);
  const step = now(draft);
  if (asked === null || head === null || base === null || selection.source === null) return null;
  return {
    source: selection.source, of: selection.of, steps: selection.steps, asked, base, plain: known.plain, head, standing: known.standing, state: known.current, by: known.by, under: known.under,
    view: selection.view, drawn: selection.drawn, to: selection.to, questions: pressed, viewpoints: known.viewpoints, files, text: step.text, changes: step.changes, select,
    renew, act: (says, what) => set((had) => acted(had, says, what)),
  };
}

/**
 * Steps back and forward, by buttons and by keys outside of fields that are written in (which have their own).
 * @param {Draft} draft
 * @param {(change: (draft: Draft) => Draft) => void} set
 */
export function useUndoing(draft, set) {
  const move = (/** @type {1 | -1} */ by) => set((had) => moved(had, by));
  useEffect(() => {
    const press = (/** @type {KeyboardEvent} */ event) => {
      const key = event.key.toLowerCase();
      const by = !(event.ctrlKey || event.metaKey) || event.altKey ? null : key === "z" ? (event.shiftKey ? 1 : -1) : key === "y" ? 1 : null;
      const written = event.target instanceof HTMLTextAreaElement || (event.target instanceof HTMLInputElement && event.target.type !== "checkbox" && event.target.type !== "radio");
      if (by === null || written || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      move(by);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [set]);
  return { ...around(draft), move };
}

/**
 * Keeps what is tried in the address, so that it comes back with it; what is too long for an address is left out of it.
 * @param {Draft} draft
 * @param {Selection} selection
 * @param {Desk["select"]} select
 */
export function useTried(draft, selection, select) {
  const { changes } = now(draft);
  useEffect(() => {
    const said = changes.length === 0 ? null : JSON.stringify(changes);
    const tried = said !== null && said.length > LONGEST ? null : said;
    const bare = said === null ? null : selection.bare;  // the next that is tried is shown
    if (tried !== selection.tried || bare !== selection.bare) select({ tried, bare }, true);
  }, [changes, selection.tried, selection.bare]);
}

/**
 * What an address says is tried; nothing where it can't be read.
 * @param {string | null} tried
 * @returns {import("./types").Change[]}
 */
export function tries(tried) {
  try {
    const said = JSON.parse(tried ?? "[]");
    return Array.isArray(said) ? said : [];
  } catch {
    return [];
  }
}

/**
 * The decision maker asked about where none is chosen: the first who would leave, or else the first.
 * @param {import("./types").Standing | null} stands
 * @param {string} under
 */
function leaver(stands, under) {
  const verdicts = stands?.standing.verdicts[under] ?? {};
  const parties = stands?.decision_makers ?? [];
  return (parties.find((party) => verdicts[party.key] === false) ?? parties[0])?.key ?? null;
}
