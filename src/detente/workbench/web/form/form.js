// The forms of a conflict file: all that it says and could say, beside its text.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { ask, problems as told } from "../api.js";
import { html, plural, visible } from "../html.js";
import { Problems } from "../parts.js";
import { Pick } from "../pick.js";
import { come, FormContext, named } from "./context.js";
import { after, declared, element, keyed, moved, titled, within } from "./data.js";
import { Lists } from "./fields.js";
import { Part } from "./record.js";

/** @typedef {import("../types/model").At} At */
/** @typedef {import("../types/model").Edit} Edit */
/** @typedef {import("../types/model").Language} Language */
/** @typedef {import("../types/model").Outline} Outline */
/** @typedef {import("../types").Diagnostic} Diagnostic */

/** @type {Promise<Language> | null} */
let language = null;

/** The language of conflict files, asked for once. */
export function useLanguage() {
  const [known, know] = useState(/** @type {Language | null} */ (null));
  useEffect(() => {
    language ??= ask("GET", "/api/language");
    language.then(know, () => {
      language = null;
    });
  }, []);
  return known;
}

/**
 * Makes changes to the text by way of the server, one after the other; what was refused is told with the place.
 * @param {{name: string, text: string, outline: Outline | null, act: (says: string, text: string) => void}} props
 */
export function useChanges({ name, text, outline, act }) {
  const latest = useRef({ name, text, act });
  latest.current = { name, text, act };
  const queue = useRef(Promise.resolve());
  const [refused, refuse] = useState(/** @type {Map<string, Diagnostic[]>} */ (new Map()));
  const [ahead, run] = useState(/** @type {{says: Outline["says"], of: Outline | null} | null} */ (null));
  const [news, tell] = useState("");
  useEffect(() => refuse(new Map()), [text]);
  const shown = outline === null ? null : ahead !== null && ahead.of === outline ? ahead.says : outline.says;
  const seen = useRef(shown);
  seen.current = shown;

  const change = (/** @type {Edit} */ edit, /** @type {string} */ says) => {
    if (edit.do !== "set" && seen.current !== null) run({ says: /** @type {Outline["says"]} */ (after(seen.current, edit)), of: outline });
    queue.current = queue.current.then(async () => {
      for (;;) {
        const before = latest.current.text;
        try {
          const made = await ask("POST", "/api/form", { name: latest.current.name, text: before, ...edit });
          if (latest.current.text !== before) continue;  // typed on meanwhile: the same once more
          latest.current.act(says, made.text);
          latest.current.text = made.text;
          tell(says);
        } catch (error) {
          run(null);
          refuse(new Map([[keyed(edit.at), told(error).map((one) => ({ ...one, line: null }))]]));  // lines of a text that nobody sees
        }
        return;
      }
    });
  };
  /** The text, once it has all that forms have said. */
  const settled = async () => {
    await queue.current;
    return latest.current.text;
  };
  return { shown, refused, change, settled, clear: () => refuse(new Map()), news };
}

/**
 * The forms.
 * @param {{language: Language, outline: Outline, says: Outline["says"], found: Diagnostic[], refused: Map<string, Diagnostic[]>, change: (edit: Edit, says: string) => void, clear: () => void,
 *   look: (at: At) => void, spot: At | null, wide: Set<string>, widen: (change: (had: Set<string>) => Set<string>) => void}} props
 *   `found`: what is wrong with the file; `spot`: what the text shows; `wide`: what is open
 */
export function Forms({ language: known, outline, says, found, refused, change, clear, look, spot, wide, widen }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const focus = useRef(/** @type {import("../types/model").Focus | null} */ (null));
  const { names, owners } = useMemo(() => declared(says), [says]);
  const placed = useMemo(() => byPlace(outline, found), [outline, found]);
  const inside = useMemo(() => counted(placed), [placed]);
  const here = spot === null ? null : keyed(spot);
  useLayoutEffect(() => {
    const wanted = focus.current;
    if (wanted === null) return;
    focus.current = null;
    refocus(box.current, wanted);
  });
  useEffect(() => {
    if (here !== null) show(box.current, here);
  }, [here, wide]);
  const root = known.records[known.root];
  if (!root) return null;
  /** @type {import("../types/model").Forming} */
  const form = {
    language: known, names, owners, prefix: "form", here, look, clear, isNew: false,
    change: (edit, said, next) => {
      focus.current = next ?? null;
      if (edit.do !== "set") widen((had) => new Set([...had].flatMap((key) => {
        const at = moved(JSON.parse(key), edit);
        return at === null ? [] : [keyed(at)];
      })));
      change(edit, said);
    },
    problems: (at, deep) => [...(refused.get(keyed(at)) ?? []), ...(deep ? beneath(placed, at) : (placed.get(keyed(at)) ?? []))],
    inside: (at) => inside.get(keyed(at)) ?? 0,
    isOpen: (at) => wide.has(keyed(at)),
    fold: (at, open) => widen((had) => new Set(open ? [...had, keyed(at)] : [...had].filter((one) => one !== keyed(at)))),
  };
  const keys = root.keys.filter((one) => one.key !== "detente" && (one.required || within(says, [one.key]) !== undefined || wide.has(keyed([one.key]))));
  const left = root.keys.filter((one) => one.key !== "detente" && !keys.includes(one));
  const loose = [...refused].filter(([at]) => !box.current?.querySelector(`[data-form="form"][data-at="${CSS.escape(at)}"]`));
  return html`<${FormContext.Provider} value=${form}><div class="forms" ref=${box} role="group" aria-label="Form">
    <${Lists} />
    ${loose.map(([at, why]) => html`<div role="alert"><${Problems} found=${why} label=${`Why ${visible(titled(JSON.parse(at)))} was not changed`} /></div>`)}
    ${keys.map((one) => html`<${Part} key=${one.key} shape=${one.shape} value=${within(says, [one.key])} at=${[one.key]} name=${one.key} about=${one.about} required=${one.required} />`)}
    ${left.length > 0 && html`<${Pick} label="to the file" hint="more…" options=${left.map((one) => ({ value: one.key, says: `${one.key} – ${one.about}` }))}
      pick=${(/** @type {string} */ key) => { form.fold([key], true); come(form, [key]); }} mark=${named(form, [], "add")} />`}
    ${!outline.whole && html`<p class="quiet">Of this file only ${plural(outline.places.length, "place")} can be found in the text from here.</p>`}
  </div></${FormContext.Provider}>`;
}

/**
 * What is wrong with the file, by the place that it is told of: the element that it names, or the deepest place that it stands in.
 * @param {Outline} outline
 * @param {Diagnostic[]} found
 */
function byPlace(outline, found) {
  const elements = new Map(outline.places.map((place) => [element(place.at), place.at]));
  /** @type {Map<string, Diagnostic[]>} */
  const placed = new Map();
  for (const one of found) {
    let name = one.element ?? "";
    while (name !== "" && !elements.has(name)) name = name.includes("/") ? name.slice(0, name.lastIndexOf("/")) : "";
    const at = elements.get(name);
    if (at) placed.set(keyed(at), [...(placed.get(keyed(at)) ?? []), one]);
  }
  return placed;
}

/**
 * The problems of a place and of what stands in it.
 * @param {Map<string, Diagnostic[]>} placed
 * @param {At} at
 */
function beneath(placed, at) {
  const begins = keyed(at).slice(0, -1);
  return [...placed].flatMap(([key, found]) => (key === `${begins}]` || key.startsWith(`${begins},`) ? found : []));
}

/**
 * How many problems there are in each place, those of what stands in it among them.
 * @param {Map<string, Diagnostic[]>} placed
 */
function counted(placed) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const [key, found] of placed) {
    const at = JSON.parse(key);
    for (let deep = 1; deep <= at.length; deep++) {
      const outer = keyed(at.slice(0, deep));
      counts.set(outer, (counts.get(outer) ?? 0) + found.length);
    }
  }
  return counts;
}

/**
 * Moves the focus to where it belongs after a change.
 * @param {HTMLElement | null} box
 * @param {import("../types/model").Focus} wanted
 */
export function refocus(box, { at, tool }) {
  const within = `[data-form="form"][data-at="${CSS.escape(at)}"]`;
  const tools = [tool, tool === "up" ? "down" : "up", "open", "value", "new"];
  for (const one of tools) {
    const found = box?.querySelector(`${within}[data-tool="${one}"]:not(:disabled)`);
    if (found instanceof HTMLElement) return found.focus();
  }
}

/**
 * Scrolls the forms to a place.
 * @param {HTMLElement | null} box
 * @param {string} at
 */
function show(box, at) {
  const found = box?.querySelector(`[data-form="form"][data-at="${CSS.escape(at)}"]`);
  if (!box || !(found instanceof HTMLElement) || found === document.activeElement) return;
  const [outer, inner] = [box.getBoundingClientRect(), found.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - outer.height / 3;
}
