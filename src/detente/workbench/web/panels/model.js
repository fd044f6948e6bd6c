// The model: the text of the file on the left, forms of what it says on the right; each follows the other.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useAnswer } from "../api.js";
import { Forms, useChanges, useLanguage } from "../form/form.js";
import { keyed, placeAt, titled } from "../form/data.js";
import { html, plural, visible } from "../html.js";
import { Panel, Problems } from "../parts.js";
import { Skips } from "../skips.js";
import { Editor, Save } from "./text.js";

/** @typedef {import("../types/model").At} At */
/** @typedef {import("../types/model").Outline} Outline */

/**
 * The panel.
 * @param {{source: import("../types").Source, held: import("../types").Held, text: string, plain: {name: string, text: string}, found: import("../types").Diagnostic[],
 *   pending: boolean, act: (says: string, what: {text?: string, flows?: boolean}) => void, undo: (by: 1 | -1) => void,
 *   saved: (held: import("../types").Held, asNew: boolean) => void}} props
 *   `plain`: the text once it has not changed for a moment
 */
export function Model({ source, held, text, plain, found, pending, act, undo, saved }) {
  const editing = useRef(/** @type {import("./text.js").Editing | null} */ (null));
  const forms = useRef(/** @type {HTMLDivElement | null} */ (null));
  const language = useLanguage();
  const asked = useAnswer("/api/outline", plain);
  const last = useRef(/** @type {Outline | null} */ (null));
  if (asked.answer !== null) last.current = /** @type {Outline} */ (asked.answer);
  const outline = last.current;
  const [spot, see] = useState(/** @type {At | null} */ (null));
  const [caret, put] = useState(/** @type {At | null} */ (null));
  const [wide, widen] = useState(() => new Set([keyed(["decision makers"])]));
  const writes = (/** @type {string} */ says, /** @type {string} */ next) => act(says, { text: next });
  const { shown, refused, change, settled, clear, news } = useChanges({ name: plain.name, text, outline, act: writes });
  const places = useMemo(() => new Map(outline?.places.map((place) => [keyed(place.at), place])), [outline]);
  const place = spot === null ? undefined : places.get(keyed(spot));
  const line = place?.first[0] ?? null;
  useEffect(() => {
    if (line !== null && document.activeElement?.tagName !== "TEXTAREA") editing.current?.show(line);
  }, [line]);
  const errors = found.filter((one) => one.severity === "error").length;

  const fromText = (/** @type {number} */ row, /** @type {number} */ column) => {
    const there = outline === null ? null : placeAt(outline.places, row, column);
    put(there?.at ?? null);
    if (!there) return;
    const at = opened(there.at, wide);
    see(at);
  };
  const toForm = () => {
    if (caret === null) return;
    widen((had) => new Set([...had, ...caret.map((_, deep) => keyed(caret.slice(0, deep + 1)))]));
    see(caret);
    setTimeout(() => reach(forms.current, caret));
  };
  const toText = () => {
    if (place) editing.current?.go(place.first[0], place.first[1], 0);
  };
  const look = (/** @type {At} */ at) => {
    let up = at;
    while (up.length > 0 && !places.has(keyed(up))) up = up.slice(0, -1);
    see(up.length > 0 ? up : null);
  };
  const ready = outline !== null && shown !== null && language !== null;
  const form = useMemo(  // made again only where it is another: it may be long
    () => (ready ? html`<${Forms} ...${{ language, outline, refused, change, clear, look, spot, wide, widen }} says=${shown} found=${found} />` : null),
    [language, outline, shown, refused, found, spot, wide],
  );
  return html`<${Panel} id="model" title="Model" pending=${pending} tools=${html`<${Save} ...${{ source, held, text, settled, saved }} write=${writes} />`}>
    <p role="status" class="quiet">${errors > 0 ? "The text can't be read as it stands; what is shown above, and the form, are of the last text that could." : source.kind === "new" ? "Not in the folder yet." : text === held.text ? "As the file has it." : "Changed, and not saved."}<span class="vh"> ${visible(news)}</span></p>
    <div class="model" onKeyDown=${press}>
      <div id="text" role="group" aria-label="Text">
        <div class="tools"><span class="key">Text</span><button type="button" disabled=${caret === null} onClick=${toForm}>To the form${caret === null ? "" : ": "}<bdi class="clipped">${caret === null ? "" : visible(titled(caret))}</bdi></button></div>
        <${Editor} text=${text} found=${found} shown=${place ? [place.first[0], place.last[0]] : null} write=${(/** @type {string} */ next) => act("typing", { text: next, flows: true })} undo=${undo} look=${fromText} editing=${editing} />
        <${Problems} found=${found} go=${(/** @type {import("../types").Diagnostic} */ one) => editing.current?.go(one.line ?? 1, one.column ?? 1, one.length ?? 0)} />
      </div>
      <div id="form" ref=${forms}>
        <${Skips} label="Form" to=${[["Past the form", "past-form"], ["To Save", "save"]]} />
        <div class="tools"><span class="key">Form</span><button type="button" disabled=${!place} onClick=${toText}>To the text${place ? `: line ${place.first[0]}` : ""}</button></div>
        ${form ?? html`<p class="quiet" role="status">${errors > 0 ? `There is no form before the text can be read: ${plural(errors, "problem")}.` : "Reading the file…"}</p>`}
        <${Skips} id="past-form" label="After the form" to=${[["To Save", "save"]]} />
      </div>
    </div>
  </${Panel}>`;
}

/**
 * Saves by Ctrl+S, with what is typed in the field that has the focus.
 * @param {KeyboardEvent} event
 */
function press(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  const at = document.activeElement;
  if (at instanceof HTMLElement) {
    at.blur();  // which puts it into the text
    at.focus();
  }
  document.getElementById("save")?.click();
}

/**
 * The part of a path that can be seen: as deep as what is open.
 * @param {At} at
 * @param {Set<string>} wide
 */
function opened(at, wide) {
  let deep = 1;
  while (deep < at.length && wide.has(keyed(at.slice(0, deep)))) deep++;
  return at.slice(0, deep);
}

/**
 * Moves the focus into the form, as near to a place as can be.
 * @param {HTMLElement | null} box
 * @param {At} at
 */
function reach(box, at) {
  for (let up = at; up.length > 0; up = up.slice(0, -1)) {
    const within = `[data-form="form"][data-at="${CSS.escape(keyed(up))}"]`;
    const found = box?.querySelector(`${within}[data-tool="value"]`) ?? box?.querySelector(`${within}[data-tool="open"]`);
    if (found instanceof HTMLElement) return found.focus();
  }
}
