// The text of the file, to be read and changed, and saved.
import { useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { address, ask, problems as told } from "../api.js";
import { give } from "../focus.js";
import { classes, html } from "../html.js";
import { Problems } from "../parts.js";

const NUMBERED = 20_000;

/** @typedef {{go: (line: number, column: number, length: number) => void, show: (first: number) => void}} Editing */

/**
 * The text with the numbers of its lines.
 * @param {{text: string, found: import("../types").Diagnostic[], shown: [number, number] | null, write: (text: string) => void, undo: (by: 1 | -1) => void,
 *   look: (line: number, column: number) => void, editing: {current: Editing | null}}} props
 *   `shown`: the lines that a form shows; `look`: where the caret was put
 */
export function Editor({ text, found, shown, write, undo, look, editing }) {
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const gutter = useRef(/** @type {HTMLDivElement | null} */ (null));
  const value = text.replace(/\r\n?/g, "\n");  // as a text area has it; lines end in the file as they did
  const typed = useRef(value);
  const lines = value.split("\n");
  const follow = () => {
    if (gutter.current && area.current) gutter.current.scrollTop = area.current.scrollTop;
  };
  const top = (/** @type {number} */ line) => {
    const at = area.current;
    if (!at) return;
    const high = parseFloat(getComputedStyle(at).lineHeight);
    const there = (line - 1) * high;
    if (there < at.scrollTop || there + 2 * high > at.scrollTop + at.clientHeight) at.scrollTop = Math.max(0, there - 3 * high);
    follow();
  };
  useImperativeHandle(editing, () => ({
    go: (line, column, length) => {
      const signs = [...(lines[line - 1] ?? "")];  // the server counts signs, a text area what they are made of
      const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + signs.slice(0, column - 1).join("").length;
      area.current?.focus();
      area.current?.setSelectionRange(start, start + signs.slice(column - 1, column - 1 + length).join("").length);
      top(line);
    },
    show: top,
  }));
  useLayoutEffect(() => {
    const at = area.current;
    if (at === null || typed.current === value) return;
    const before = typed.current;
    typed.current = value;
    if (document.activeElement !== at) return;
    let tail = 0;  // the caret stays behind what was changed
    while (tail < Math.min(before.length, value.length) && before[before.length - 1 - tail] === value[value.length - 1 - tail]) tail++;
    at.setSelectionRange(value.length - tail, value.length - tail);
  }, [value]);
  useEffect(follow, [lines.length]);
  const told = () => {
    const at = area.current;
    if (!at) return;
    const before = at.value.slice(0, at.selectionStart).split("\n");
    look(before.length, [...(before[before.length - 1] ?? "")].length + 1);
  };
  const input = (/** @type {any} */ event) => {
    typed.current = event.currentTarget.value;
    write(text.includes("\r\n") ? typed.current.replaceAll("\n", "\r\n") : typed.current);
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    const key = event.key.toLowerCase();
    const by = !(event.ctrlKey || event.metaKey) || event.altKey ? null : key === "z" ? (event.shiftKey ? 1 : -1) : key === "y" ? 1 : null;
    if (by === null) return;
    event.preventDefault();
    event.stopPropagation();
    undo(by);
  };
  const count = Math.min(lines.length, NUMBERED);
  const [from, to] = shown ?? [0, 0];
  const numbers = useMemo(() => {  // made again only where they are others: there may be many
    const marked = new Map(found.map((one) => [one.line, one.severity]));
    return Array.from({ length: count }, (_, place) => html`<div class=${classes(marked.get(place + 1), from <= place + 1 && place + 1 <= to && "here")}>${place + 1}</div>`);
  }, [count, found, from, to]);
  return html`<div class="editor">
    <div class="gutter" ref=${gutter} aria-hidden="true">${numbers}</div>
    <textarea ref=${area} aria-label="Text of the file" spellcheck=${false} wrap="off" autocomplete="off" value=${value} onScroll=${follow} onClick=${told} onKeyUp=${told} onKeyDown=${press}
      onInput=${input}></textarea>
  </div>`;
}

/** The button that saves. */
const toSave = () => document.getElementById("save");

/**
 * Saves the text: in its file, or what is no file yet as one of the folder.
 * @param {{source: import("../types").Source, held: import("../types").Held, text: string, settled: () => Promise<string>,
 *   saved: (held: import("../types").Held, asNew: boolean) => void, write: (says: string, text: string) => void}} props
 *   `settled`: the text once all of it is there, such as what was typed into a field of the form until now
 */
export function Save({ source, held, text, settled, saved, write }) {
  const [refused, refuse] = useState(/** @type {import("../types").Diagnostic[]} */ ([]));
  const [other, note] = useState(/** @type {import("../types").Held | null} */ (null));
  const isNew = source.kind !== "file";
  const busy = useRef(false);

  /** @param {string} name @param {string | null} replaces */
  const save = async (name, replaces) => {
    if (busy.current) return;
    busy.current = true;
    try {
      const whole = await settled();
      if (!isNew && whole === held.text && replaces === held.digest) return;
      const now = await ask("PUT", address({ kind: "file", name }), { text: whole, replaces });
      refuse([]);
      note(null);
      saved(now, isNew || name !== source.name);
    } catch (error) {
      refuse(told(error));
      note(await ask("GET", address({ kind: "file", name })).catch(() => null));
    } finally {
      busy.current = false;
    }
  };
  const submit = (/** @type {any} */ event) => {
    event.preventDefault();
    const name = isNew ? (new FormData(event.currentTarget).get("name")?.toString() ?? "") : held.name;
    save(name, isNew ? null : held.digest);
  };
  return html`<form class="tools save" onSubmit=${submit}>
    ${isNew && html`<label>Name <input name="name" size="18" required defaultValue=${held.name} autocomplete="off" /></label>`}
    <button type="submit" id="save" aria-disabled=${!isNew && text === held.text} aria-keyshortcuts="Control+S" title="Also Ctrl+S in the text and in the form">${source.kind === "case" ? "Save a copy in the folder" : source.kind === "new" ? "Save in the folder" : "Save"}</button>
    ${source.kind !== "new" && text !== held.text && html`<button type="button" onClick=${() => { write("changes dropped", held.text); give(toSave); }}>Drop changes</button>`}
    ${refused.length > 0 && html`<div class="refused" role="alert"><${Problems} found=${refused} label="Why it was not saved" />
      ${other && html`<button type="button" onClick=${() => save(other.name, other.digest).then(() => give(toSave))}>Save over what is there now</button>`}
      ${other && !isNew && html`<button type="button" onClick=${() => { refuse([]); note(null); saved(other, false); write("what is there was taken", other.text); give(toSave); }}>Take what is there, and drop my changes</button>`}</div>`}
  </form>`;
}
