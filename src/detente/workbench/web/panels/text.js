// The text of the file, to be read and changed, with what is wrong in it.
import { useRef, useState } from "preact/hooks";
import { address, ask, problems as told } from "../api.js";
import { classes, html } from "../html.js";
import { Panel, Problems } from "../parts.js";

const NUMBERED = 20_000;

/**
 * The panel.
 * @param {{source: import("../types").Source, held: import("../types").Held, text: string, found: import("../types").Diagnostic[],
 *   pending: boolean, write: (text: string) => void, saved: (held: import("../types").Held, asNew: boolean) => void}} props
 */
export function TextOfFile({ source, held, text, found, pending, write, saved }) {
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const gutter = useRef(/** @type {HTMLDivElement | null} */ (null));
  const lines = text.split("\n");
  const marked = new Map(found.filter((one) => one.line !== null).map((one) => [one.line, one.severity]));
  const follow = () => {
    if (gutter.current && area.current) gutter.current.scrollTop = area.current.scrollTop;
  };
  const go = (/** @type {import("../types").Diagnostic} */ one) => {
    const at = area.current;
    if (!at || one.line === null) return;
    const start = lines.slice(0, one.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + ((one.column ?? 1) - 1);
    at.focus();
    at.setSelectionRange(start, start + (one.length ?? 0));
    at.scrollTop = Math.max(0, (one.line - 4) * parseFloat(getComputedStyle(at).lineHeight));
    follow();
  };
  const errors = found.filter((one) => one.severity === "error").length;
  return html`<${Panel} id="text" title="Text of the file" pending=${pending} tools=${html`<${Save} ...${{ source, held, text, saved, write }} />`}>
    <p role="status" class="quiet">${errors > 0 ? "It can't be read as it stands; what is shown above is of the last text that could." : text === held.text ? "As it was opened." : "Changed, and not saved."}</p>
    <div class="editor">
      <div class="gutter" ref=${gutter} aria-hidden="true">${lines.slice(0, NUMBERED).map((_, place) => html`<div class=${classes(marked.get(place + 1))}>${place + 1}</div>`)}</div>
      <textarea ref=${area} aria-label="Text of the file" spellcheck=${false} wrap="off" autocomplete="off" value=${text} onScroll=${follow}
        onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)}></textarea>
    </div>
    <${Problems} found=${found} go=${go} />
  </${Panel}>`;
}

/**
 * Saves the text: in its file, or a packaged case as a file of the folder.
 * @param {{source: import("../types").Source, held: import("../types").Held, text: string,
 *   saved: (held: import("../types").Held, asNew: boolean) => void, write: (text: string) => void}} props
 */
function Save({ source, held, text, saved, write }) {
  const [refused, refuse] = useState(/** @type {import("../types").Diagnostic[]} */ ([]));
  const [other, note] = useState(/** @type {import("../types").Held | null} */ (null));
  const isCase = source.kind !== "file";

  /** @param {string} name @param {string | null} replaces */
  const save = async (name, replaces) => {
    try {
      const now = await ask("PUT", address({ kind: "file", name }), { text, replaces });
      refuse([]);
      note(null);
      saved(now, isCase || name !== source.name);
    } catch (error) {
      refuse(told(error));
      note(await ask("GET", address({ kind: "file", name })).catch(() => null));
    }
  };
  const submit = (/** @type {any} */ event) => {
    event.preventDefault();
    const name = isCase ? (new FormData(event.currentTarget).get("name")?.toString() ?? "") : held.name;
    save(name, isCase ? null : held.digest);
  };
  return html`<form class="tools save" onSubmit=${submit}>
    ${isCase && html`<label>Name <input name="name" size="18" required value=${held.name} autocomplete="off" /></label>`}
    <button type="submit" disabled=${!isCase && text === held.text}>${source.kind === "case" ? "Save a copy in the folder" : source.kind === "new" ? "Save in the folder" : "Save"}</button>
    ${!isCase && text !== held.text && html`<button type="button" onClick=${() => write(held.text)}>Drop changes</button>`}
    ${refused.length > 0 && html`<div class="refused" role="alert"><${Problems} found=${refused} label="Why it was not saved" />
      ${other && html`<button type="button" onClick=${() => save(other.name, other.digest)}>Save over what is there now</button>`}
      ${other && !isCase && html`<button type="button" onClick=${() => { refuse([]); note(null); saved(other, false); write(other.text); }}>Take what is there, and drop my changes</button>`}</div>`}
  </form>`;
}
