// The fields of a form that hold one value: texts, numbers, words, names, conditions, states.
import { useEffect, useState } from "preact/hooks";
import { classes, html, visible } from "../html.js";
import { Problems } from "../parts.js";
import { named, useForm } from "./context.js";
import { keyed, titled } from "./data.js";

/** @typedef {import("../types/model").At} At */
/** @typedef {import("../types/model").Data} Data */
/** @typedef {import("../types/model").Shape} Shape */

/** Longest text that is written on one line. */
const ONE_LINE = 70;
/** Most options that a state is chosen of by ticks. */
const MOST_TICKS = 60;
const WHOLE = /^-?\d{1,15}$/;

/** What is written in one place. @param {Shape} shape */
export const isPlain = (shape) => ["text", "whole", "decimal", "word", "key", "condition", "state", "intervals"].includes(shape.kind);

/**
 * What a text that was typed says.
 * @param {Shape} shape
 * @param {string} typed
 * @returns {Data}
 */
export function said(shape, typed) {
  const text = typed.trim();
  if (shape.kind === "text") return typed;
  if (["whole", "state", "decimal", "ranking"].includes(shape.kind) && WHOLE.test(text)) return Number(text);
  if (shape.kind === "ranking" && text.includes(",")) return text.split(",").map((part) => said({ kind: "state" }, part));
  return text;
}

/**
 * A value as a text that can be typed.
 * @param {Data | undefined} value
 */
export function shown(value) {
  return value === null || value === undefined ? "" : Array.isArray(value) ? value.join(", ") : String(value);
}

/**
 * A field with what is wrong with it.
 * @param {{shape: Shape, value: Data | undefined, at: At, name: string, about?: string, required?: boolean, quiet?: boolean, kept?: boolean}} props
 *   `quiet`: its name is for those who can't see where it stands; `kept`: it is not taken out when it is emptied
 */
export function Field({ shape, value, at, name, about = "", required = false, quiet = false, kept = false }) {
  const form = useForm();
  const found = form.problems(at, true);
  const props = { shape, value, at, name, about, required, quiet, keep: required || kept };
  const ticked = shape.kind === "state" && shape.bare && (Array.isArray(value) || value === undefined || value === null) && (form.names["option"] ?? []).length <= MOST_TICKS;
  return html`<div class=${classes("field", form.here === keyed(at) && "here")} onFocusIn=${() => form.look(at)}>
    ${ticked ? html`<${Ticks} ...${props} taken=${Array.isArray(value) ? value.map(String) : []} />`
      : shape.kind === "word" || shape.kind === "key" ? html`<${Choice} ...${props} />`
      : shape.kind === "intervals" ? html`<p class="quiet">${visible(name)}: <code>${JSON.stringify(value ?? null)}</code> (to be changed in the text)</p>`
      : html`<${Typed} ...${props} />`}
    <${Problems} found=${found} label=${`Problems of ${name}`} />
  </div>`;
}

/** @typedef {{shape: Shape, value: Data | undefined, at: At, name: string, about: string, required: boolean, quiet: boolean, keep: boolean}} Props */

/** How a field is labelled. @param {{name: string, quiet: boolean, about: string, children?: any}} props */
function Label({ name, quiet, about, children }) {
  return html`<label title=${about}><span class=${quiet ? "vh" : "key"}>${visible(name)}</span>${" "}${children}</label>`;
}

/**
 * What is typed.
 * @param {Props} props
 */
function Typed({ shape, value, at, name, about, quiet, keep }) {
  const form = useForm();
  const there = shown(value);
  const [typed, type] = useState(there);
  useEffect(() => type((had) => (form.isNew && shown(said(shape, had)) === there ? had : there)), [there]);
  const write = (/** @type {any} */ event) => {
    type(event.currentTarget.value);
    if (form.isNew) commit(event);
  };
  const commit = (/** @type {any} */ event) => {
    const text = event.currentTarget.value;
    if (text === there) return form.clear();
    if (text.trim() === "" && !keep) form.change({ at, do: "remove", was: value ?? null }, `${titled(at)} left out`);
    else form.change({ at, do: "set", value: said(shape, text), was: value ?? null }, `${titled(at)} changed`);
  };
  const props = {
    ...named(form, at, "value"), value: typed, onInput: write, onChange: commit,
    class: shape.kind === "text" ? undefined : "code", spellcheck: false, autocomplete: "off", dir: shape.kind === "text" ? "auto" : undefined,
  };
  const long = shape.kind === "text" && (there.includes("\n") || there.length > ONE_LINE);
  const rows = Math.min(12, Math.max(2, there.split("\n").length, Math.ceil(there.length / 60)));
  const list = shape.kind === "condition" ? `${form.prefix}-conditions` : shape.kind === "state" ? `${form.prefix}-states` : undefined;
  return html`<${Label} ...${{ name, quiet, about }}>${long ? html`<textarea ...${props} rows=${rows}></textarea>`
    : html`<input ...${props} list=${list} inputmode=${shape.kind === "whole" ? "numeric" : undefined} />`}</${Label}>`;
}

/**
 * One of a few.
 * @param {Props} props
 */
function Choice({ shape, value, at, name, about, required, quiet, keep }) {
  const form = useForm();
  const there = shown(value);
  const known = shape.kind === "word" ? (shape.words ?? []) : (form.names[shape.noun ?? ""] ?? []);
  const choose = (/** @type {any} */ event) => {
    const next = event.currentTarget.value;
    if (next === "") form.change({ at, do: "remove", was: value ?? null }, `${titled(at)} left out`);
    else form.change({ at, do: "set", value: next, was: value ?? null }, `${titled(at)} changed`);
  };
  return html`<${Label} ...${{ name, quiet, about }}><select ...${named(form, at, "value")} value=${there} onChange=${choose}>
    ${(!keep || there === "") && html`<option value="">${required ? "choose…" : "–"}</option>`}
    ${there !== "" && !known.includes(there) && html`<option value=${there}>${visible(there)}</option>`}
    ${known.map((word) => html`<option value=${word}>${visible(word)}${form.owners[word] && shape.noun === "option" ? ` (${visible(form.owners[word])})` : ""}</option>`)}</select></${Label}>`;
}

/**
 * A state by its options that are taken.
 * @param {Props & {taken: string[]}} props
 */
function Ticks({ value, at, name, about, taken }) {
  const form = useForm();
  const options = form.names["option"] ?? [];
  const tick = (/** @type {string} */ option) => {
    const next = options.filter((key) => (key === option ? !taken.includes(key) : taken.includes(key)));
    form.change({ at, do: "set", value: next, was: value ?? null }, `${titled(at)}: ${option} ${taken.includes(option) ? "not taken" : "taken"}`);
  };
  const groups = [...new Set(options.map((option) => form.owners[option] ?? ""))];
  return html`<fieldset class="ticks" title=${about}><legend class="key">${visible(name)}: what is taken</legend>
    ${groups.map((owner) => html`<div class="group"><span class="quiet">${visible(owner || "without owner")}</span>${options.filter((option) => (form.owners[option] ?? "") === owner).map((option) => html`<label>
      <input type="checkbox" ...${named(form, at, option)} checked=${taken.includes(option)} onChange=${() => tick(option)} /> ${visible(option)}</label>`)}</div>`)}</fieldset>`;
}

/** What can be chosen where conditions and states are typed. */
export function Lists() {
  const form = useForm();
  const options = (form.names["option"] ?? []).slice(0, 200).map((key) => (/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(key) ? key : `"${key}"`));
  return html`<datalist id=${`${form.prefix}-conditions`}>${options.flatMap((key) => [key, `not ${key}`]).map((text) => html`<option value=${text}></option>`)}</datalist>
    <datalist id=${`${form.prefix}-states`}>${(form.names["named state"] ?? []).slice(0, 200).map((key) => html`<option value=${key}></option>`)}</datalist>`;
}
