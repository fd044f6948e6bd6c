// The views beside the states: one at a time, chosen by tabs and kept in the address.
import { useRef } from "preact/hooks";
import { html } from "./html.js";
import { Moves } from "./panels/moves.js";
import { Sure } from "./panels/sure.js";
import { Compare } from "./panels/compare.js";
import { Path } from "./panels/path.js";
import { Diagnosis } from "./panels/diagnosis.js";
import { Unlock } from "./panels/unlock.js";
import { WhatIf } from "./panels/whatif.js";

/** @typedef {{key: string, title: string, Panel: (props: {desk: import("./types").Desk}) => any, wide?: boolean}} View  `wide` takes the whole page */

/** @type {View[]} */
export const VIEWS = [
  { key: "moves", title: "Moves", Panel: Moves },
  { key: "diagnosis", title: "Diagnosis", Panel: Diagnosis },
  { key: "unlock", title: "Unlock", Panel: Unlock },
  { key: "what-if", title: "What if", Panel: WhatIf },
  { key: "path", title: "Path", Panel: Path },
  { key: "compare", title: "Compare", Panel: Compare, wide: true },
  { key: "sure", title: "How sure", Panel: Sure, wide: true },
];

/**
 * The view that is meant; the first where none is.
 * @param {string | null} key
 */
export function viewed(key) {
  return VIEWS.find((view) => view.key === key) ?? VIEWS[0] ?? null;
}

/**
 * The tabs, with the view that is chosen.
 * @param {{desk: import("./types").Desk}} props
 */
export function Views({ desk }) {
  const tabs = useRef(/** @type {HTMLDivElement | null} */ (null));
  const chosen = viewed(desk.view);
  if (!chosen) return null;
  const press = (/** @type {KeyboardEvent} */ event) => {
    const at = VIEWS.indexOf(chosen);
    const places = /** @type {Record<string, number>} */ ({ ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: VIEWS.length - 1 });
    const to = places[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = VIEWS[(to + VIEWS.length) % VIEWS.length];
    if (!next) return;
    desk.select({ view: next.key }, true);
    /** @type {HTMLElement | null | undefined} */ (tabs.current?.querySelector(`#tab-${next.key}`))?.focus();
  };
  return html`<div id="view" class="view">
    <div class="tabs" role="tablist" aria-label="Views" ref=${tabs} onKeyDown=${press}>${VIEWS.map((view) => html`<button type="button" role="tab" key=${view.key} id=${`tab-${view.key}`}
      aria-selected=${view === chosen} aria-controls="viewed" tabindex=${view === chosen ? 0 : -1} onClick=${() => desk.select({ view: view.key })}>${view.title}</button>`)}</div>
    <div id="viewed" role="tabpanel" aria-labelledby=${`tab-${chosen.key}`}><${chosen.Panel} key=${chosen.key} desk=${desk} /></div>
  </div>`;
}
