// Something new, before it is put into the file: a form of its own, on data that nobody else sees.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { html, visible } from "../html.js";
import { FormContext, records, useForm } from "./context.js";
import { after, keyed } from "./data.js";
import { Field, isPlain, Lists } from "./fields.js";
import { Part, RecordForm } from "./record.js";

/** @typedef {import("../types/model").Data} Data */
/** @typedef {import("../types/model").Shape} Shape */

let drafts = 0;

/**
 * What is to come under a key, or into a list or table.
 * @param {{shape: Shape, name: string, keys?: string[] | null | undefined, keyed?: boolean, stop: () => void, done: (said: Data, key: string) => void}} props
 *   `keyed`: it needs a key; `keys`: those that it may have, where these are given
 */
export function Draft({ shape, name, keys = null, keyed: needs = false, stop, done }) {
  const form = useForm();
  const known = shape.kind === "record" ? records(form, shape) : [];
  const [kind, turn] = useState(known.length > 1 ? -1 : 0);
  const [said, say] = useState(/** @type {Data} */ (null));
  const [key, call] = useState("");
  const [missed, miss] = useState(false);
  const [closed, close] = useState(/** @type {Set<string>} */ (new Set()));
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const prefix = useMemo(() => `draft${++drafts}`, []);
  useEffect(() => {
    /** @type {HTMLElement | null | undefined} */ (box.current?.querySelector("input, select, textarea"))?.focus();
  }, [kind]);
  const chosen = known[kind];
  const numbers = shape.records?.slice(kind, kind + 1) ?? [];
  /** @type {import("../types/model").Forming} */
  const own = {
    ...form, prefix, here: null, look: () => {}, clear: () => {}, problems: () => [], inside: () => 0, isNew: true,
    change: (edit) => say((had) => after(had, edit)),
    isOpen: (at) => !closed.has(keyed(at)),
    fold: (at, wide) => close((had) => new Set(wide ? [...had].filter((one) => one !== keyed(at)) : [...had, keyed(at)])),
  };
  const missing = [
    ...(needs && key.trim() === "" ? ["a key"] : []),
    ...(shape.kind !== "record" ? [] : !chosen ? ["what kind it is"] : chosen.line ? (said === null ? ["the passage"] : []) : chosen.keys.filter((one) => one.required && !(typeof said === "object" && said !== null && Object.hasOwn(said, one.key))).map((one) => `“${one.key}”`)),
  ];
  const finish = () => {
    if (missing.length === 0) done(said, key.trim());
    else miss(true);
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    const leave = event.key === "Escape";
    if (!leave && (event.key !== "Enter" || !(event.target instanceof HTMLInputElement))) return;
    event.preventDefault();
    event.stopPropagation();
    if (leave) stop();
    else finish();
  };
  return html`<div class="draft" role="group" aria-label=${`New: ${name}`} ref=${box} onKeyDown=${press}>
    <${FormContext.Provider} value=${own}>
      <${Lists} />
      ${needs && (keys
        ? html`<label><span class="key">For</span> <select value=${key} onChange=${(/** @type {any} */ event) => call(event.currentTarget.value)}><option value="">choose…</option>${keys.map((one) => html`<option value=${one}>${visible(one)}</option>`)}</select></label>`
        : html`<label><span class="key">Key</span> <input value=${key} onInput=${(/** @type {any} */ event) => call(event.currentTarget.value)} /></label>`)}
      ${known.length > 1 && html`<label><span class="key">${visible(name)}</span> <select value=${String(kind)} onChange=${(/** @type {any} */ event) => { turn(Number(event.currentTarget.value)); say(null); }}>
        <option value="-1">what kind?</option>${known.map((record, place) => html`<option value=${String(place)}>${record.keys[0]?.key} – ${record.keys[0]?.about}</option>`)}</select></label>`}
      ${shape.kind === "record" ? chosen && (chosen.line
        ? html`<${Field} shape=${{ kind: "text" }} value=${said} at=${[]} name="source, place, by whom" about="article ¶3 by officials" required=${true} />`
        : html`<${RecordForm} key=${kind} shape=${{ ...shape, records: numbers }} value=${said ?? {}} at=${[]} name=${name} />`)
        : isPlain(shape) ? html`<${Field} ...${{ shape, name }} value=${said ?? undefined} at=${[]} required=${true} />`
        : html`<${Part} ...${{ shape, name }} value=${said ?? undefined} at=${[]} required=${true} />`}
    </${FormContext.Provider}>
    <div class="tools"><button type="button" onClick=${finish}>Put it in</button><button type="button" onClick=${stop}>Leave it</button>
      ${missed && missing.length > 0 && html`<span role="alert">It needs ${missing.join(", ")}.</span>`}</div>
  </div>`;
}
