// The parts of a form that hold others: records with their keys, and whatever stands under a key.
import { useState } from "preact/hooks";
import { classes, html, plural, visible } from "../html.js";
import { Problems } from "../parts.js";
import { Pick } from "../pick.js";
import { come, named, records, useForm, written } from "./context.js";
import { brief, isMapping, keyed, titled } from "./data.js";
import { Draft } from "./draft.js";
import { Field, isPlain } from "./fields.js";
import { List, Table } from "./lists.js";

/** @typedef {import("../types/model").At} At */
/** @typedef {import("../types/model").Data} Data */
/** @typedef {import("../types/model").Shape} Shape */
/** @typedef {import("../types/model").KeyOf} KeyOf */

/**
 * Whatever stands at a place.
 * @param {{shape: Shape, value: Data | undefined, at: At, name: string, about?: string, required?: boolean, tools?: any}} props
 */
export function Part({ shape, value, at, name, about = "", required = false, tools }) {
  const form = useForm();
  if (isPlain(shape)) return html`<div class="entry"><${Field} ...${{ shape, value, at, name, about, required }} />${tools}</div>`;
  const inside = shape.kind === "list" || shape.kind === "ranking" ? html`<${List} ...${{ shape, value, at, name }} />`
    : shape.kind === "table" ? html`<${Table} ...${{ shape, value, at, name }} />`
    : html`<${RecordForm} ...${{ shape, value, at, name }} />`;
  const known = shape.kind === "record" ? records(form, shape) : [];
  const said = shape.kind === "record" ? [known.length > 1 ? written(known, value)?.keys[0]?.key : "", brief(value)].filter(Boolean).join(": ") : counted(value);
  const out = required ? null : html`<button type="button" class="small" ...${named(form, at, "out")} aria-label=${`Leave ${visible(titled(at))} out`} onClick=${() => form.change({ at, do: "remove", was: value ?? null }, `${titled(at)} left out`, { at: keyed(at.slice(0, -1)), tool: "add" })}>✕</button>`;
  return html`<${Fold} ...${{ at, about, said }} title=${name} tools=${html`${tools}${out}`}>${inside}</${Fold}>`;
}

/**
 * How many there are of what stands under a key.
 * @param {Data | undefined} value
 */
function counted(value) {
  return String(Array.isArray(value) ? value.length : isMapping(value) ? Object.keys(value).length : 0);
}

/**
 * A part that can be opened and closed.
 * @param {{at: At, title: string, said: string, about?: string, owner?: string | undefined, tools?: any, children?: any}} props
 */
export function Fold({ at, title, said, about = "", owner, tools, children }) {
  const form = useForm();
  const open = form.isOpen(at);
  const id = `${form.prefix}-${encodeURIComponent(keyed(at))}`;
  const found = form.problems(at);
  const deeper = open ? 0 : form.inside(at) - found.length;
  return html`<div class=${classes("fold", owner && `owned ${owner}`, form.here === keyed(at) && "here")}>
    <div class="head"><button type="button" class="opener" aria-expanded=${open} aria-controls=${open ? id : undefined} title=${about} ...${named(form, at, "open")}
      onClick=${() => { form.fold(at, !open); form.look(at); }}><span aria-hidden="true">${open ? "▾" : "▸"}</span> <bdi class="key">${visible(title)}</bdi>${" "}<bdi class="said" dir="auto">${visible(said)}</bdi>${deeper > 0 && html`${" "}<span class="count">${plural(deeper, "problem")}</span>`}</button>
      <span class="tools">${tools}</span></div>
    ${found.length > 0 && html`<${Problems} found=${found} label=${`Problems of ${title}`} />`}
    ${open && html`<div class="inside" id=${id}>${children}</div>`}
  </div>`;
}

/**
 * A record: a field for each key that is said, and what else could be.
 * @param {{shape: Shape, value: Data | undefined, at: At, name: string, leave?: string[], open?: boolean}} props  `leave`: keys that stand elsewhere
 */
export function RecordForm({ shape, value, at, name, leave = [] }) {
  const form = useForm();
  const [more, add] = useState(/** @type {string[]} */ ([]));
  const record = written(records(form, shape), value);
  if (!record) return null;
  const line = typeof value !== "object" && value !== null && value !== undefined;
  if (line && record.short === value) return html`<p>${visible(String(value))}</p>`;
  const short = record.keys.find((one) => one.key === record.short);
  if (line && (record.line || short)) {
    const kind = record.line || !short ? /** @type {Shape} */ ({ kind: "text" }) : short.shape;
    return html`<${Field} shape=${kind} value=${value} at=${at} name=${short?.key ?? name} about=${short?.about ?? LINE} required=${true} />
      ${short && html`<${More} ...${{ record, there: [short.key], add: null, at }} whole=${(/** @type {string} */ key, /** @type {Data} */ said) => form.change({ at, do: "set", value: { [short.key]: value, [key]: said }, was: value }, `${key} of ${titled(at)} added`)} />`}`;
  }
  const there = isMapping(value) ? Object.keys(value) : [];
  const shownKeys = record.keys.filter((one) => !leave.includes(one.key) && (there.includes(one.key) || more.includes(one.key) || one.required));
  return html`${shownKeys.map((one) => html`<${Part} key=${one.key} shape=${one.shape} value=${isMapping(value) ? value[one.key] : undefined} at=${[...at, one.key]} name=${one.key} about=${one.about} required=${one.required} />`)}
    <${More} ...${{ record, at }} there=${[...shownKeys.map((one) => one.key), ...leave]} add=${(/** @type {KeyOf} */ one) => {
      add([...more, one.key]);
      if (!isPlain(one.shape)) form.fold([...at, one.key], true);
    }} whole=${(/** @type {string} */ key, /** @type {Data} */ said) => form.change({ at: [...at, key], do: "set", value: said, was: null }, `${key} of ${titled(at)} added`, { at: keyed([...at, key]), tool: "open" })} />`;
}

const LINE = "The source, where in it, and who says it: article ¶3 by officials";

/**
 * What else a record could say.
 * @param {{record: import("../types/model").RecordOf, there: string[], at: At, add: ((key: KeyOf) => void) | null, whole: (key: string, said: Data) => void}} props
 *   `add` opens a field; `whole` puts in what was drafted
 */
function More({ record, there, at, add, whole }) {
  const form = useForm();
  const [drafted, draft] = useState(/** @type {KeyOf | null} */ (null));
  const left = record.keys.filter((one) => !there.includes(one.key));
  if (left.length === 0) return null;
  const choose = (/** @type {string} */ chosen) => {
    const one = left.find((key) => key.key === chosen);
    if (!one) return undefined;
    if (one.shape.kind === "record" || !add) return draft(one);
    add(one);
    return come(form, [...at, one.key]);
  };
  if (drafted) {
    return html`<${Draft} shape=${drafted.shape} name=${drafted.key} stop=${() => { draft(null); come(form, at, ["add"]); }} done=${(/** @type {Data} */ said) => { draft(null); whole(drafted.key, said); }} />`;
  }
  const label = `to ${form.isNew && at.length === 0 ? "what is new" : visible(titled(at))}`;
  return html`<${Pick} label=${label} hint="more…" options=${left.map((one) => ({ value: one.key, says: `${one.key} – ${one.about}` }))} pick=${choose} mark=${named(form, at, "add")} />`;
}
