// A list that can be put in another order: by dragging, by buttons, and by keys (Alt with the arrows); what was done is announced.
import { useEffect, useRef, useState } from "preact/hooks";
import { classes, html, visible } from "./html.js";

/** How far a pointer has to go before it drags. */
const FAR = 4;
/** How near the edge of the window it has to be for the page to move along. */
const EDGE = 48;

/**
 * @typedef {object} Entry
 * @property {string} key
 * @property {string} called  what it is called when it is announced
 * @property {boolean} [fixed]  whether it stands in the list without a place of its own
 */

/**
 * The list.  `busy`: what is shown is older than what was done; until then items stay where they were put.
 * @template {Entry} T
 * @param {{items: T[], label: string, busy: boolean, move: (item: T, from: number, to: number) => void,
 *   row: (item: T, place: number | null, tab: 0 | -1) => any, stepped?: (item: T, by: 1 | -1) => boolean, steps?: (item: T, by: 1 | -1) => boolean, number?: (item: T) => number}} props
 *   places count from 1, without the fixed ones; `stepped` takes one step up or down otherwise than past the next item, and says whether it could; `steps` says whether it can
 */
export function Ordered({ items, label, busy, move, row, stepped, steps, number: numbered }) {
  const list = useRef(/** @type {HTMLOListElement | null} */ (null));
  const [order, put] = useState(/** @type {string[] | null} */ (null));
  const [active, rove] = useState(/** @type {string | null} */ (null));
  const [drag, pull] = useState(/** @type {{key: string, gap: number, from: number, far: boolean} | null} */ (null));
  const [said, say] = useState("");
  const focus = useRef(/** @type {{key: string, control: string} | null} */ (null));
  useEffect(() => {
    if (!busy) put(null);
  }, [items, busy]);
  useEffect(() => {
    const wanted = focus.current;
    if (!wanted) return;
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost) control(list.current, wanted.key, wanted.control)?.focus();
    else if (!list.current?.contains(document.activeElement)) focus.current = null;
  });
  const known = new Map(items.map((item) => [item.key, item]));
  const shown = order && order.length === items.length && order.every((key) => known.has(key)) ? order.map((key) => /** @type {T} */ (known.get(key))) : items;
  const places = shown.filter((item) => !item.fixed);
  const here = places.some((item) => item.key === active) ? active : (places[0]?.key ?? null);

  /** Puts an item before the one at a gap. @param {T} item @param {number} gap */
  const place = (item, gap) => {
    const rest = shown.filter((one) => one !== item);
    const at = shown.slice(0, gap).filter((one) => one !== item).length;
    const from = places.indexOf(item) + 1;
    const to = rest.slice(0, at).filter((one) => !one.fixed).length + 1;
    if (from === to) return;
    if (busy && (stepped || order === null)) return say(`${visible(item.called)}: not moved, as the last change is not done yet; try again`);  // places are others then
    put([...rest.slice(0, at), item, ...rest.slice(at)].map((one) => one.key));
    say(`${visible(item.called)}: place ${to} of ${places.length}`);
    move(item, from, to);
  };
  /** One step up or down. @param {T} item @param {1 | -1} by @param {string} from  the control that has the focus */
  const step = (item, by, from) => {
    const other = places[places.indexOf(item) + by];
    if (stepped) {
      if (busy) return say(`${visible(item.called)}: not moved, as the last change is not done yet; try again`);
      focus.current = { key: item.key, control: from };
      return say(stepped(item, by) ? `${visible(item.called)}: one step ${by < 0 ? "up" : "down"}` : `${visible(item.called)}: ${by < 0 ? "first" : "last"} already`);
    }
    if (!other) return say(`${visible(item.called)}: ${by < 0 ? "first" : "last"} already`);
    focus.current = { key: item.key, control: from };
    rove(item.key);
    return place(item, shown.indexOf(other) + (by > 0 ? 1 : 0));
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    const at = /** @type {HTMLElement} */ (event.target);
    const item = known.get(at.closest("li")?.dataset["key"] ?? "");
    if (event.key === "Escape") pull(null);
    if (by === 0 || !item || item.fixed || event.ctrlKey || event.metaKey || at.matches("input:not([type=checkbox]), select, textarea")) return;
    event.preventDefault();
    const kind = at.dataset["control"] ?? "handle";
    if (event.altKey) return step(item, by, kind);
    const next = places[places.indexOf(item) + by];
    if (!next) return undefined;
    rove(next.key);
    return (control(list.current, next.key, kind) ?? control(list.current, next.key, "handle"))?.focus();
  };

  const start = (/** @type {PointerEvent} */ event, /** @type {T} */ item) => {
    const at = /** @type {Element} */ (event.target);
    const handle = at.closest(".handle") !== null;
    if (event.button !== 0 || item.fixed || (!handle && (event.pointerType !== "mouse" || at.closest("button, input, select, textarea, label, a") !== null))) return;
    if (!handle) event.preventDefault();  // so that no text is selected on the way
    /** @type {HTMLElement} */ (event.currentTarget).setPointerCapture(event.pointerId);
    pull({ key: item.key, gap: shown.indexOf(item), from: event.clientY, far: false });
  };
  const go = (/** @type {PointerEvent} */ event) => {
    if (!drag || (!drag.far && Math.abs(event.clientY - drag.from) < FAR)) return;
    if (event.clientY < EDGE) scrollBy(0, -EDGE / 4);
    if (event.clientY > innerHeight - EDGE) scrollBy(0, EDGE / 4);
    const middles = [.../** @type {NodeListOf<HTMLElement>} */ (list.current?.querySelectorAll(":scope > li") ?? [])].map((row) => {
      const { top, height } = row.getBoundingClientRect();
      return top + height / 2;
    });
    pull({ ...drag, far: true, gap: middles.filter((middle) => middle < event.clientY).length });
  };
  const drop = () => {
    const item = drag && known.get(drag.key);
    if (drag?.far && item) place(item, drag.gap);
    pull(null);
  };
  const gap = drag?.far ? drag.gap : -1;
  return html`<ol class=${classes("ordered", drag?.far && "dragging")} ref=${list} aria-label=${visible(label)} onKeyDown=${press}>
    ${shown.map((item, at) => {
      const number = item.fixed ? null : places.indexOf(item) + 1;
      const tab = item.key === here ? 0 : -1;
      const named = visible(item.called);
      return html`<li key=${item.key} data-key=${item.key} class=${classes(item.fixed && "gone", drag?.far && drag.key === item.key && "dragged", gap === at && "gap-before", gap === shown.length && at === gap - 1 && "gap-after")}
        onFocusIn=${() => !item.fixed && rove(item.key)} onPointerDown=${(/** @type {PointerEvent} */ event) => start(event, item)} onPointerMove=${go} onPointerUp=${drop} onPointerCancel=${() => pull(null)}>
        ${number === null ? html`<span class="handle" aria-hidden="true"></span>`
          : html`<button type="button" class="handle" data-control="handle" tabindex=${tab} aria-label=${`${named}: place ${number} of ${places.length}${numbered && numbered(item) !== number ? `, level ${numbered(item)}` : ""}; move it with Alt and the arrow keys, or drag it`}><span aria-hidden="true">${numbered ? numbered(item) : number}</span></button>`}
        <div class="row">${row(item, number, tab)}</div>
        ${number !== null && html`<span class="steps">
          <button type="button" data-control="up" tabindex=${tab} aria-label=${`${named}: up`} aria-disabled=${steps ? !steps(item, -1) : number === 1} onClick=${() => step(item, -1, "up")}>▴</button>
          <button type="button" data-control="down" tabindex=${tab} aria-label=${`${named}: down`} aria-disabled=${steps ? !steps(item, 1) : number === places.length} onClick=${() => step(item, 1, "down")}>▾</button></span>`}
      </li>`;
    })}</ol><p class="vh" role="status">${said}</p>`;
}

/**
 * A control of an item.
 * @param {HTMLElement | null} list
 * @param {string} key
 * @param {string} kind
 * @returns {HTMLElement | null}
 */
function control(list, key, kind) {
  return list?.querySelector(`:scope > [data-key="${CSS.escape(key)}"] [data-control="${CSS.escape(kind)}"]`) ?? null;
}
