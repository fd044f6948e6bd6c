// Lists and tables: what stands in them, in which order, and what may come into them.
import { useEffect, useState } from "preact/hooks";
import { grouped, html, visible } from "../html.js";
import { come, named, records, useForm, written } from "./context.js";
import { brief, isMapping, titled } from "./data.js";
import { Draft } from "./draft.js";
import { Field, isPlain, said, shown } from "./fields.js";
import { Fold, Part, RecordForm } from "./record.js";

/** @typedef {import("../types/model").At} At */
/** @typedef {import("../types/model").Data} Data */
/** @typedef {import("../types/model").Shape} Shape */

/** How many entries are shown at once. */
const SHOWN = 100;
const LINE = /** @type {Shape} */ ({ kind: "text" });
const STATE = /** @type {Shape} */ ({ kind: "ranking" });

/**
 * The buttons that move an entry and take it out.
 * @param {{at: At, place: number, count: number, title: string, value: Data | undefined}} props
 */
function Tools({ at, place, count, title, value }) {
  const form = useForm();
  const last = at[at.length - 1];
  const within = at.slice(0, -1);
  const to = (/** @type {number} */ next) => (typeof last === "number" ? [...within, next] : at);
  const move = (/** @type {number} */ next, /** @type {string} */ tool) =>
    form.change({ at, do: "move", to: next, was: value ?? null }, `${titled(at)} moved to place ${next} of ${count}`, { at: JSON.stringify(to(next)), tool });
  const remove = () => {
    const near = typeof last === "number" ? [...within, Math.max(1, Math.min(last, count - 1))] : within;
    form.change({ at, do: "remove", was: value ?? null }, `${titled(at)} taken out`, { at: JSON.stringify(count > 1 && typeof last === "number" ? near : within), tool: count > 1 && typeof last === "number" ? "out" : "new" });
  };
  return html`<button type="button" class="small" ...${named(form, at, "up")} disabled=${place === 1} aria-label=${`Move ${visible(title)} up`} onClick=${() => move(place - 1, "up")}>▴</button>
    <button type="button" class="small" ...${named(form, at, "down")} disabled=${place === count} aria-label=${`Move ${visible(title)} down`} onClick=${() => move(place + 1, "down")}>▾</button>
    <button type="button" class="small" ...${named(form, at, "out")} aria-label=${`Take ${visible(title)} out`} onClick=${remove}>✕</button>`;
}

/**
 * A list.
 * @param {{shape: Shape, value: Data | undefined, at: At, name: string}} props
 */
export function List({ shape, value, at, name }) {
  const form = useForm();
  const [all, showAll] = useState(false);
  const [drafting, draft] = useState(false);
  const item = shape.kind === "ranking" ? STATE : /** @type {Shape} */ (shape.item);
  const items = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  const here = items.slice(0, all ? undefined : SHOWN);
  const known = item.kind === "record" ? records(form, item) : [];
  const put = (/** @type {Data} */ said) => {
    draft(false);
    form.change({ at: [...at, items.length + 1], do: "insert", value: said }, `${titled(at)}: one added`, { at: JSON.stringify(at), tool: "new" });
  };
  return html`<ol class="items">${here.map((one, place) => {
      const own = [...at, place + 1];
      const title = `${name} ${place + 1}`;
      const tools = html`<${Tools} at=${own} place=${place + 1} count=${items.length} title=${title} value=${one} />`;
      if (item.kind === "ranking") return html`<li class="entry"><${Field} shape=${STATE} value=${one} at=${own} name=${title} quiet=${true} required=${true} /><span class="tools">${tools}</span></li>`;
      if (isPlain(item)) return html`<li class="entry"><${Field} shape=${item} value=${one} at=${own} name=${title} quiet=${true} required=${true} /><span class="tools">${tools}</span></li>`;
      if (item.kind !== "record") return html`<li><${Part} shape=${item} value=${one} at=${own} name=${title} tools=${tools} required=${true} /></li>`;
      const record = written(known, one);
      if (typeof one === "string" && record?.line) return html`<li class="entry"><${Field} shape=${LINE} value=${one} at=${own} name=${title} quiet=${true} required=${true} /><span class="tools">${tools}</span></li>`;
      const kind = known.length > 1 ? (record?.keys[0]?.key ?? "") : "";
      return html`<li><${Fold} at=${own} title=${`${place + 1}${kind ? ` ${kind}` : ""}`} said=${kind === one ? "" : brief(one)} tools=${tools}><${RecordForm} shape=${item} value=${one} at=${own} name=${name} /></${Fold}></li>`;
    })}</ol>
    ${here.length < items.length && html`<button type="button" onClick=${() => showAll(true)}>Show all ${grouped(items.length)}</button>`}
    ${drafting ? html`<${Draft} shape=${item.kind === "ranking" ? { kind: "state" } : item} name=${name} stop=${() => { draft(false); come(form, at, ["new"]); }} done=${(/** @type {Data} */ what) => put(item.kind === "ranking" ? said(STATE, shown(what)) : what)} />`
      : html`<button type="button" ...${named(form, at, "new")} onClick=${() => draft(true)}>Add to ${visible(name)}</button>`}`;
}

/**
 * A table: entries under keys.
 * @param {{shape: Shape, value: Data | undefined, at: At, name: string}} props
 */
export function Table({ shape, value, at, name }) {
  const form = useForm();
  const [all, showAll] = useState(false);
  const [drafting, draft] = useState(false);
  const item = /** @type {Shape} */ (shape.item);
  const entries = isMapping(value) ? Object.entries(value) : [];
  const here = entries.slice(0, all ? undefined : SHOWN);
  const noun = shape.noun ?? "";
  const left = shape.declares ? null : form.names[noun]?.filter((key) => !entries.some(([other]) => other === key));
  const put = (/** @type {Data} */ said, /** @type {string} */ key) => {
    draft(false);
    form.change({ at: [...at, key], do: "insert", value: said }, `${noun} ${key} added`, { at: JSON.stringify([...at, key]), tool: "open" });
  };
  return html`<ul class="items">${here.map(([key, one], place) => {
      const own = [...at, key];
      const tools = html`<${Tools} at=${own} place=${place + 1} count=${entries.length} title=${key} value=${one} />`;
      const owner = noun === "decision maker" && shape.declares ? `p${(place % 8) + 1}` : undefined;
      if (isPlain(item) && !shape.declares) return html`<li class="entry"><${Field} shape=${item} value=${one} at=${own} name=${key} required=${true} /><span class="tools">${tools}</span></li>`;
      return html`<li><${Fold} at=${own} title=${key} said=${isMapping(one) ? told(one, owner !== undefined) : brief(one)} owner=${owner} tools=${tools}>
        ${shape.declares && html`<${Renamed} at=${own} name=${key} noun=${noun} />`}
        ${item.kind === "record" ? html`<${RecordForm} shape=${item} value=${one ?? {}} at=${own} name=${name} />` : html`<${Part} shape=${item} value=${one} at=${own} name=${key} required=${true} />`}
      </${Fold}></li>`;
    })}</ul>
    ${here.length < entries.length && html`<button type="button" onClick=${() => showAll(true)}>Show all ${grouped(entries.length)}</button>`}
    ${drafting ? html`<${Draft} shape=${item} name=${noun} keyed=${true} keys=${left} stop=${() => { draft(false); come(form, at, ["new"]); }} done=${put} />`
      : html`<button type="button" ...${named(form, at, "new")} disabled=${left?.length === 0} onClick=${() => draft(true)}>Add ${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}</button>`}`;
}

/**
 * What an entry of a table is told by, besides its key; one that stands for a party by its name alone, so that none is told by what is said of it while another is named.
 * @param {{[key: string]: Data}} entry
 * @param {boolean} party
 */
function told(entry, party) {
  if (party) return brief(entry["name"]);
  return brief(entry["name"] ?? entry["title"] ?? entry["says"] ?? entry["when"] ?? Object.values(entry)[0]);
}

/**
 * The key of an entry; whatever speaks of it is changed with it where the server can.
 * @param {{at: At, name: string, noun: string}} props
 */
function Renamed({ at, name, noun }) {
  const form = useForm();
  const [typed, type] = useState(name);
  useEffect(() => type(name), [name]);
  const rename = () => {
    const next = typed.trim();
    if (next === "" || next === name) return type(name);
    const own = [...at.slice(0, -1), next];
    form.change({ at, do: "rename", to: next }, `${noun} ${name} renamed to ${next}`, { at: JSON.stringify(own), tool: "key" });
  };
  return html`<div class="entry"><div class="field"><label><span class="key">Key</span> <input class="code" ...${named(form, at, "key")} value=${typed} onInput=${(/** @type {any} */ event) => type(event.currentTarget.value)} onChange=${rename} autocomplete="off" spellcheck=${false} /></label></div></div>`;
}
