// What all parts of a form share, and how they are named.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { give } from "../focus.js";
import { keyed } from "./data.js";

/** @typedef {import("../types/model").At} At */
/** @typedef {import("../types/model").Forming} Forming */

export const FormContext = createContext(/** @type {Forming | null} */ (null));

/** The form that a part is of. @returns {Forming} */
export function useForm() {
  return /** @type {Forming} */ (useContext(FormContext));
}

/**
 * What tells an element of a form from others.
 * @param {Forming} form
 * @param {At} at
 * @param {string} [tool]
 */
export function named(form, at, tool = "") {
  return { "data-at": keyed(at), "data-form": form.prefix, ...(tool ? { "data-tool": tool } : {}) };
}

/**
 * Gives the focus to a part of a form once it is shown: to the first of these tools that it has.
 * @param {Forming} form
 * @param {At} at
 * @param {string[]} [tools]
 */
export function come(form, at, tools = ["value", "open", "new"]) {
  const within = `[data-form="${form.prefix}"][data-at="${CSS.escape(keyed(at))}"]`;
  give(() => tools.map((tool) => document.querySelector(`${within}[data-tool="${tool}"]`)).find(Boolean));
}

/**
 * The records that a shape allows.
 * @param {Forming} form
 * @param {import("../types/model").Shape} shape
 * @returns {import("../types/model").RecordOf[]}
 */
export function records(form, shape) {
  return (shape.records ?? []).flatMap((number) => form.language.records[number] ?? []);
}

/**
 * The record that a value is written with: the one whose leading key it has, or that it is short for.
 * @param {import("../types/model").RecordOf[]} known
 * @param {import("../types/model").Data | undefined} value
 * @returns {import("../types/model").RecordOf | undefined}
 */
export function written(known, value) {
  if (known.length === 1) return known[0];
  if (typeof value === "object" && value !== null) return known.find((record) => Object.hasOwn(value, record.keys[0]?.key ?? ""));
  return known.find((record) => record.short !== null && record.short === value) ?? known.findLast((record) => record.short !== null);
}
