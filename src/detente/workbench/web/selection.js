// What is selected: one file, viewpoint, state, party and concept for all panels, kept in the address of the page.
import { useEffect, useState } from "preact/hooks";

/**
 * @typedef {object} Selection
 * @property {{kind: "file" | "case", name: string} | null} source
 * @property {string | null} viewpoint
 * @property {string | null} state  the number of a state
 * @property {string | null} by  the key of a decision maker
 * @property {string | null} under  the key of a concept
 */

const PARTS = /** @type {const} */ (["viewpoint", "state", "by", "under"]);

/**
 * What an address selects.
 * @param {string} search
 * @returns {Selection}
 */
export function read(search) {
  const said = new URLSearchParams(search);
  const file = said.get("file");
  const packaged = said.get("case");
  const source = file ? { kind: /** @type {const} */ ("file"), name: file } : packaged ? { kind: /** @type {const} */ ("case"), name: packaged } : null;
  return {
    source, viewpoint: said.get("viewpoint"), state: said.get("state"), by: said.get("by"), under: said.get("under"),
  };
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
