// Data of a conflict file as forms see them: paths, what stands at them, what a change makes of them.

/** @typedef {import("../types/model").At} At */
/** @typedef {import("../types/model").Data} Data */
/** @typedef {import("../types/model").Edit} Edit */

/** Most characters of what something is told by in a heading. */
const LONGEST = 200;

/** A path as a text that tells it from others. @param {At} at */
export const keyed = (at) => JSON.stringify(at);

/**
 * What stands at a path; undefined where nothing does.
 * @param {Data} data
 * @param {At} at
 * @returns {Data | undefined}
 */
export function within(data, at) {
  let found = /** @type {Data | undefined} */ (data);
  for (const step of at) {
    if (Array.isArray(found) && typeof step === "number") found = found[step - 1];
    else if (isMapping(found) && typeof step === "string" && Object.hasOwn(found, step)) found = found[step];
    else return undefined;
  }
  return found;
}

/**
 * @param {Data | undefined} data
 * @returns {data is {[key: string]: Data}}
 */
export function isMapping(data) {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

/**
 * Data after a change; what is on the way to a place and not there yet is made.
 * @param {Data} data
 * @param {Edit} edit
 * @returns {Data}
 */
export function after(data, edit) {
  const [step, ...rest] = edit.at;
  if (step === undefined) return edit.value ?? null;
  if (typeof step === "number") {
    const items = Array.isArray(data) ? [...data] : data === null || data === undefined ? [] : [data];
    if (rest.length > 0) items[step - 1] = after(items[step - 1] ?? null, { ...edit, at: rest });
    else if (edit.do === "insert") items.splice(step - 1, 0, edit.value ?? null);
    else if (edit.do === "remove") items.splice(step - 1, 1);
    else if (edit.do === "move") items.splice(Number(edit.to) - 1, 0, ...items.splice(step - 1, 1));
    else items[step - 1] = edit.value ?? null;
    return items;
  }
  const pairs = isMapping(data) ? Object.entries(data) : [];
  const place = pairs.findIndex(([key]) => key === step);
  const pair = pairs[place];
  if (rest.length > 0) {
    const inner = after(pair ? pair[1] : null, { ...edit, at: rest });
    if (pair) pairs[place] = [step, inner];
    else pairs.push([step, inner]);
  } else if (edit.do === "remove") {
    if (pair) pairs.splice(place, 1);
  } else if (edit.do === "move") {
    if (pair) pairs.splice(Number(edit.to) - 1, 0, ...pairs.splice(place, 1));
  } else if (edit.do === "rename") {
    if (pair) pairs[place] = [String(edit.to), pair[1]];
  } else if (pair) pairs[place] = [step, edit.value ?? null];
  else pairs.splice(typeof edit.to === "number" ? edit.to - 1 : pairs.length, 0, [step, edit.value ?? null]);
  return Object.fromEntries(pairs);
}

/**
 * Where what stood at a path stands after a change; null where it is gone.
 * @param {At} at
 * @param {Edit} edit
 * @returns {At | null}
 */
export function moved(at, edit) {
  const deep = edit.at.length - 1;
  const [own, step] = [at[deep], edit.at[deep]];
  if (own === undefined || step === undefined || keyed(at.slice(0, deep)) !== keyed(edit.at.slice(0, deep))) return at;
  const stands = (/** @type {import("../types/model").Step} */ place) => [...at.slice(0, deep), place, ...at.slice(deep + 1)];
  if (edit.do === "rename") return own === step ? stands(edit.to ?? step) : at;
  if (edit.do === "remove" && own === step) return null;
  if (typeof own !== "number" || typeof step !== "number") return at;
  if (edit.do === "insert") return own >= step ? stands(own + 1) : at;
  if (edit.do === "remove") return own > step ? stands(own - 1) : at;
  if (edit.do !== "move" || typeof edit.to !== "number") return at;
  if (own === step) return stands(edit.to);
  if (step < own && own <= edit.to) return stands(own - 1);
  return edit.to <= own && own < step ? stands(own + 1) : at;
}

/**
 * What something is told by, on one line.
 * @param {Data | undefined} data
 * @returns {string}
 */
export function brief(data) {
  if (data === null || data === undefined) return "";
  if (Array.isArray(data)) return cut(data.slice(0, 12).map(brief).join(", "));
  if (!isMapping(data)) return cut(String(data));
  const [first] = Object.values(data);
  const says = data["says"] ?? data["name"] ?? data["title"];
  const needs = data["only if"];
  return cut([brief(first), typeof needs === "string" ? `only if ${needs}` : "", typeof says === "string" && says !== first ? `(${says})` : ""].filter(Boolean).join(" "));
}

/** @param {string} text */
function cut(text) {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

/**
 * How problems call a place, by the path to it.
 * @param {At} at
 */
export function element(at) {
  const owned = at[0] === "decision makers" && at[2] === "options" && at.length > 3;
  const path = owned ? ["options", ...at.slice(3)] : at[0] === "options without owner" && at.length > 1 ? ["options", ...at.slice(1)] : at;
  return path.join("/");
}

/**
 * A path in words, for headings and buttons.
 * @param {At} at
 */
export function titled(at) {
  return at.filter((step) => step !== "decision makers" && step !== "options").map((step) => (typeof step === "number" ? `no. ${step}` : step)).join(" › ") || "the file";
}

/**
 * Which place of a text a line and column are in: the deepest.
 * @param {import("../types/model").Place[]} places
 * @param {number} line
 * @param {number} column
 */
export function placeAt(places, line, column) {
  let found = null;
  for (const place of places) {
    const begins = place.first[0] < line || (place.first[0] === line && place.first[1] <= column);
    const ends = place.last[0] > line || (place.last[0] === line && place.last[1] + 1 >= column);
    if (begins && ends && (found === null || place.at.length > found.at.length)) found = place;
  }
  return found;
}

/**
 * The names that a conflict declares, by what they name, and whose its options are.
 * @param {Data} says
 */
export function declared(says) {
  const keys = (/** @type {Data | undefined} */ data) => (isMapping(data) ? Object.keys(data) : []);
  const parties = within(says, ["decision makers"]);
  /** @type {{[option: string]: string}} */
  const owners = {};
  for (const party of keys(parties)) for (const option of keys(within(parties ?? null, [party, "options"]))) owners[option] = party;
  const unowned = keys(within(says, ["options without owner"]));
  return {
    owners,
    names: {
      option: [...Object.keys(owners), ...unowned], "decision maker": keys(parties), source: keys(within(says, ["sources"])),
      asserter: keys(within(says, ["asserters"])), "named state": keys(within(says, ["states"])), front: keys(within(says, ["fronts"])),
      viewpoint: keys(within(says, ["viewpoints"])), guess: keys(within(says, ["uncertain"])),
    },
  };
}
