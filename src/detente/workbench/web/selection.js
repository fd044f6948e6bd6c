// What is selected: one file, viewpoint, state, party, concept and view for all panels, and what is tried, kept in the address of the page.
import { useEffect, useState } from "preact/hooks";

/**
 * @typedef {object} Selection
 * @property {import("./types").Source | null} source
 * @property {string | null} viewpoint
 * @property {string | null} state  the number of a state
 * @property {string | null} by  the key of a decision maker
 * @property {string | null} under  the key of a concept
 * @property {string | null} view  the key of a view
 * @property {string | null} drawn  which drawing of the moves
 * @property {string | null} to  the number of another state, that a path leads to
 * @property {string | null} from  the number of the state that a path begins at, where it is not the status quo
 * @property {string | null} may  who may act on a path, as JSON
 * @property {string | null} first  what is compared
 * @property {string | null} second  what it is compared with
 * @property {string | null} tried  changes that are tried, as JSON
 * @property {string | null} target  what levers are looked for, a state or a condition
 * @property {string | null} want  what is to become of it
 * @property {string | null} of  "state" where the diagnosis is of the selected state, and not of the status quo
 * @property {string | null} steps  "improving" where a path has to consist of improvements
 * @property {string | null} bare  "yes" where what is tried is left out of what is shown
 * @property {string | null} where  the condition that the listed states meet
 * @property {string | null} order  what they are put in order by, where it is not their number
 * @property {string | null} reverse  "yes" where that order is turned round
 * @property {string | null} asked  what was asked by pressing a button, as JSON
 */

/** Longest part of an address, in letters; what is longer is left out of it. */
export const LONGEST = 8_000;

/** What belongs to one conflict, and is selected in no other. */
export const NOTHING = Object.freeze({
  viewpoint: null, state: null, by: null, from: null, to: null, may: null, first: null, second: null, tried: null, target: null, want: null, of: null, steps: null, bare: null,
  where: null, order: null, reverse: null, asked: null,
});

const PARTS = /** @type {const} */ (["viewpoint", "state", "by", "under", "view", "from", "may", "first", "second", "drawn", "to", "tried", "target", "want", "of", "steps", "bare", "where", "order", "reverse", "asked"]);
const KINDS = /** @type {const} */ (["file", "case", "new"]);

/**
 * What an address selects.
 * @param {string} search
 * @returns {Selection}
 */
export function read(search) {
  const said = new URLSearchParams(search);
  const kind = KINDS.find((one) => said.get(one));
  const parts = Object.fromEntries(PARTS.map((part) => [part, said.get(part)]));
  return /** @type {Selection} */ ({ ...parts, source: kind ? { kind, name: said.get(kind) } : null });
}

/**
 * The address that selects this.
 * @param {Selection} selection
 */
export function written(selection) {
  const said = new URLSearchParams();
  if (selection.source) said.set(selection.source.kind, selection.source.name);
  for (const part of PARTS) {
    const value = selection[part];
    if (value !== null) said.set(part, value);
  }
  const text = said.toString();
  return text ? `?${text}` : "/";
}

/**
 * The selection, and how to change it; a change that is one of many in a row replaces the last in the history of the browser.
 * @returns {[Selection, (change: Partial<Selection>, passing?: boolean) => void]}
 */
export function useSelection() {
  const [search, go] = useState(location.search);
  useEffect(() => {
    const back = () => go(location.search);
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, []);
  return [
    read(search),
    (change, passing = false) => {
      const address = written({ ...read(location.search), ...change });
      if (address === (location.search || "/")) return;
      if (passing) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
      go(location.search);
    },
  ];
}
