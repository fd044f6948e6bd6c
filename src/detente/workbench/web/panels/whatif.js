// What if: what can be changed in the conflict, what was tried, and what that changes in the conclusions.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ask, problems, useAnswer } from "../api.js";
import { html } from "../html.js";
import { Panel, Problems } from "../parts.js";
import { Changed, Tried } from "../trying/changed.js";
import { Keep } from "../trying/keep.js";
import { PartyChanges } from "../trying/parties.js";
import { MoveChanges, SharedChanges } from "../trying/shared.js";

/** @typedef {import("../types").Change} Change */
/** @typedef {import("../types/whatif").Changeable} Changeable */

/**
 * Steps one after the other: each begins where the last one ended, however quickly they come.
 * @param {import("../types").Desk} desk
 * @param {import("../types").Asked} asked
 */
function useSteps(desk, asked) {
  const at = useRef(asked);
  const queue = useRef(Promise.resolve());
  const [waiting, count] = useState(0);
  const [found, tell] = useState(/** @type {import("../types").Diagnostic[]} */ ([]));
  useEffect(() => {
    if (waiting === 0) at.current = asked;
  }, [asked, waiting]);
  const step = (/** @type {Record<string, unknown>} */ what, /** @type {string} */ before) => {
    count((had) => had + 1);
    queue.current = queue.current.then(async () => {
      try {
        const done = /** @type {import("../types/whatif").Changes} */ (await ask("POST", "/api/changes", { ...at.current, ...what }));
        at.current = { ...at.current, changes: done.changes };
        desk.act(`${before}${done.said}`, { changes: done.changes });
        tell([]);
      } catch (error) {
        tell(problems(error));
      }
      count((had) => had - 1);
    });
  };
  return {
    waiting: waiting > 0, found,
    also: (/** @type {Change[]} */ ...also) => step({ also }, ""),
    without: (/** @type {number} */ number) => step({ without: number }, "taken back: "),
  };
}

/**
 * The view.
 * @param {{desk: import("../types").Desk}} props
 */
export function WhatIf({ desk }) {
  const { name, text, viewpoint } = desk.base;
  const asked = useMemo(() => ({ name, text, viewpoint, changes: desk.changes }), [name, text, viewpoint, desk.changes]);
  const { waiting, found, also, without } = useSteps(desk, asked);
  const outlined = useAnswer("/api/changeable", asked);
  const tried = desk.changes.length > 0;
  const compared = useAnswer("/api/changing", asked);  // without changes as well: what they are compared with is then worked out before the first
  const last = useRef(/** @type {Changeable | null} */ (null));
  if (outlined.answer) last.current = /** @type {Changeable} */ (outlined.answer);
  const outline = last.current;
  const busy = waiting || outlined.pending;
  const select = (/** @type {string} */ state) => desk.select({ state });
  const comes = useRef(/** @type {HTMLElement | null} */ (null)), inside = useRef(false);
  useEffect(() => {  // what had the focus may have been taken back
    if (inside.current && document.activeElement === document.body) (/** @type {HTMLElement | null | undefined} */ (comes.current?.querySelector(".tried-list li:last-child button")) ?? comes.current)?.focus();
  }, [outline?.says.length, tried]);
  const [later, put] = useState(/** @type {string[]} */ ([]));
  useEffect(() => {
    if (!busy && later.length > 0) put((had) => (had === later ? had.slice(1) : had));  // what was to be turned is not there any more
  }, [busy, later]);
  const trying = outline && { asked, outline, busy, also, without, later, put };
  return html`<${Panel} id="whatif" title="What if" pending=${false}>
    <div class="whatif">
      <div class="changes">${trying && html`
        ${trying.outline.decision_makers.map((party, place) => html`<${PartyChanges} key=${party.key} ...${{ party, desk, trying }} opened=${desk.by === null ? place === 0 : party.key === desk.by} />`)}
        <${SharedChanges} ...${{ desk, trying }} /><${MoveChanges} ...${{ desk, trying }} />`}
        ${!trying && outlined.pending && html`<p class="quiet" role="status">Looking at what can be changed…</p>`}
        <${Problems} found=${outlined.problems} />
      </div>
      <section class="comes-of-it" aria-label="What changes" ref=${comes} tabindex="-1" onFocusIn=${() => { inside.current = true; }} onFocusOut=${(/** @type {FocusEvent} */ event) => { inside.current = event.relatedTarget === null; }}>
        <${Problems} found=${found} label="What could not be tried" />
        ${tried ? html`${outline && html`<${Tried} says=${outline.says} ...${{ busy, without }} />`}
          <${Changed} found=${compared.problems} answer=${/** @type {any} */ (compared.answer)} pending=${compared.pending || waiting} parties=${desk.head.decision_makers} concepts=${desk.head.concepts} current=${desk.state} select=${select} />
          <${Keep} ...${{ desk, asked, busy }} />`
          : html`<p>Nothing is tried yet. Put what somebody wants in another order, leave out a rule or a red line, forbid a move: what changes in the conclusions is said here at once, and the file stays as it is.</p>`}
      </section>
    </div>
  </${Panel}>`;
}
