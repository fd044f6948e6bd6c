// Statements, red lines, rules and bans: switched off and on, moved, turned round, worded otherwise, added.
import { useEffect, useRef, useState } from "preact/hooks";
import { give } from "../focus.js";
import { classes, html, Text, visible } from "../html.js";
import { Ordered } from "../reorder.js";

/** @typedef {import("../types/whatif").Item} Item */
/** @typedef {import("../types/whatif").Trying} Trying */
/** @typedef {import("../types").Change} Change */

/**
 * What tells an item from the others of its list, whatever is tried.
 * @param {Item} item
 */
const keyed = (item) => (item.was === null ? `new ${item.changes[0]}` : `${item.was}`);

/**
 * What an item is called.
 * @param {Item} item
 */
export const called = (item) => `“${item.says ?? item.means}”`;

/**
 * What is done to an item of a list, by its key.  What is pressed before the last change was answered waits for that, since places are others then; where the item is gone by then, nothing is done.
 * @template {{key: string}} T
 * @template {unknown[]} More
 * @param {Trying} trying
 * @param {string[]} list  which list it is
 * @param {T[]} items  those to which something can be done
 * @param {(item: T, ...more: More) => void} act
 * @returns {(item: T, ...more: More) => void}
 */
export function useTurns(trying, list, items, act) {
  const mark = `${JSON.stringify(list)} `;
  const next = trying.busy ? undefined : trying.later[0];
  const mine = next?.startsWith(mark) ? next.slice(mark.length) : null;
  useEffect(() => {
    if (mine === null) return;
    trying.put((had) => had.slice(1));
    const [key, ...more] = JSON.parse(mine);
    const item = items.find((one) => one.key === key);
    if (item) act(item, .../** @type {More} */ (more));
  }, [mine]);
  return (item, ...more) => (trying.busy ? trying.put((had) => [...had, `${mark}${JSON.stringify([item.key, ...more])}`]) : act(item, ...more));
}

/**
 * Statements of a decision maker, the most important first.
 * @param {{statements: Item[], dm: string, trying: Trying}} props
 */
export function Statements({ statements, dm, trying }) {
  const [edited, edit] = useState(/** @type {string | null} */ (null));
  const items = statements.map((item) => ({ ...item, key: keyed(item), called: called(item), fixed: item.place === null }));
  const left = () => {
    const row = document.activeElement?.closest("li");
    edit(null);
    give(() => row?.querySelector('[data-control="edit"]'));
  };
  const change = (/** @type {string} */ what, /** @type {Record<string, unknown>} */ more) => trying.also({ change: what, dm, ...more });
  const turn = useTurns(trying, ["statements", dm], items.filter((item) => !item.fixed), (item, /** @type {string} */ what, /** @type {Record<string, unknown>} */ more = {}) => change(what, { place: item.place, ...more }));
  return html`<${Ordered} ...${{ items }} label=${`What ${dm} wants, the most important first`} busy=${trying.busy}
      move=${(/** @type {Item} */ _, /** @type {number} */ from, /** @type {number} */ to) => change("move statement", { place: from, to })}
      row=${(/** @type {(typeof items)[number]} */ item, /** @type {number | null} */ place, /** @type {0 | -1} */ tab) => html`
        <${Switch} ...${{ item, trying, tab }} list=${`statements ${dm}`} off=${() => change("remove statement", { place })} />
        ${item.key === edited ? html`<${Written} label=${`Instead of ${item.called}`} text=${item.means} does="Put"
            done=${(/** @type {string} */ when) => { turn(item, "replace statement", { when }); left(); }} left=${left} />`
          : place !== null && html`<span class="turns">
            <button type="button" data-control="turn" tabindex=${tab} aria-label=${`${visible(item.called)}: want the contrary`} onClick=${() => turn(item, "reverse statement")}>contrary</button>
            <button type="button" data-control="edit" tabindex=${tab} aria-label=${`${visible(item.called)}: edit the condition`} onClick=${() => edit(item.key)}>edit</button></span>`}`} />
    <${Adding} label="Add a statement" hint="a condition, such as: not A, or B if C"
      add=${(/** @type {string} */ when) => change("add statement", { place: 1 + items.filter((item) => !item.fixed).length, when })} />`;
}

/**
 * A list without an order of importance: each item is switched off or on.
 * @param {{items: Item[], none: string, label: string, trying: Trying, off: (item: Item) => Change}} props
 */
export function Switches({ items, none, label, trying, off }) {
  if (items.length === 0) return html`<p class="quiet">${none}</p>`;
  return html`<ul class="switches" aria-label=${visible(label)}>${items.map((item) => html`<li key=${keyed(item)} class=${classes(item.place === null && "gone")}>
    <${Switch} ...${{ item, trying }} list=${label} off=${() => trying.also(off(item))} /></li>`)}</ul>`;
}

/**
 * Whether an item counts, with what it says.  One that was taken away comes back by taking that change back.
 * What is turned before the last change was answered waits for that: places in the list are others then.
 * @param {{item: Item, trying: Trying, list: string, off: () => void, tab?: 0 | -1}} props
 */
function Switch({ item, trying, list, off, tab }) {
  const last = item.changes[item.changes.length - 1];
  const flip = () => (item.place !== null ? off() : last !== undefined && trying.without(last));
  const id = `${list} ${keyed(item)}`;
  const mine = !trying.busy && trying.later[0] === id;
  useEffect(() => {
    if (!mine) return;
    trying.put((had) => had.slice(1));
    flip();
  }, [mine]);
  const turn = () => (trying.busy ? trying.put((had) => [...had, id]) : flip());
  const moved = item.place !== null && item.was !== null && item.place !== item.was;
  const worded = item.place !== null && item.was !== null && item.changes.length > 0;
  const note = item.place === null ? "left out" : item.was === null ? "added" : moved ? `was ${item.was}` : worded ? "changed" : "";
  return html`<label class="item"><input type="checkbox" data-control="switch" tabindex=${item.place === null ? 0 : tab} checked=${(item.place !== null) !== trying.later.includes(id)} onChange=${turn} />
    <span><${Text} text=${item.says ?? item.means} />${item.says && html` <code><${Text} text=${item.means} /></code>`}${note && html` <span class="note">${note}</span>`}</span></label>`;
}

/**
 * A condition to be written.
 * @param {{label: string, text: string, does: string, done: (text: string) => void, left?: () => void, hint?: string}} props
 */
export function Written({ label, text, does, done, left, hint }) {
  const [value, set] = useState(text);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (value.trim()) done(value.trim());
    set(text);
  };
  return html`<form class="written" onSubmit=${submit} onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && left?.()}>
    <label>${visible(label)} <input value=${value} placeholder=${hint} autocomplete="off" spellcheck=${false} required
      ref=${(/** @type {HTMLInputElement | null} */ at) => { if (left && at && !at.dataset["seen"]) { at.dataset["seen"] = "yes"; at.focus(); } }}
      onInput=${(/** @type {any} */ event) => set(event.currentTarget.value)} /></label>
    <button type="submit">${does}</button>${left && html`<button type="button" onClick=${left}>Leave it</button>`}</form>`;
}

/**
 * Something to be added, behind a button.
 * @param {{label: string, hint: string, add: (text: string) => void}} props
 */
export function Adding({ label, hint, add }) {
  const [open, show] = useState(false);
  const opener = useRef(/** @type {HTMLButtonElement | null} */ (null));
  if (!open) return html`<button type="button" class="link add" ref=${opener} onClick=${() => show(true)}>${label}…</button>`;
  return html`<${Written} ...${{ label, hint }} text="" does="Add" done=${add} left=${() => { show(false); give(() => opener.current); }} />`;
}
