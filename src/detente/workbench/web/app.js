// The page: a bar, and the panels of the conflict that is open.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { address, ask, problems as told, useAnswer } from "./api.js";
import { Bar, Choose } from "./bar.js";
import { html, plural, visible } from "./html.js";
import { Answer } from "./panels/answer.js";
import { Evidence } from "./panels/evidence.js";
import { Stability } from "./panels/stability.js";
import { States } from "./panels/states.js";
import { TextOfFile } from "./panels/text.js";
import { Problems } from "./parts.js";
import { useSelection } from "./selection.js";
import { number, useTable } from "./table.js";

const SETTLED = 500;
const USUAL = "SEQ";

/** @typedef {Partial<import("./selection.js").Selection>} Change */
/** @typedef {{text: string, held: import("./types").Held}} Draft */

/** Everything. */
export function App() {
  const [selection, select] = useSelection();
  const [files, list] = useState(/** @type {import("./types").Files | null} */ (null));
  const [found, find] = useState(/** @type {import("./types").Diagnostic[]} */ ([]));
  const [renewed, renew] = useState(0);
  const drafts = useRef(/** @type {Map<string, Draft>} */ (new Map()));
  useEffect(() => {
    ask("GET", "/api/files").then(list, (error) => find(told(error)));
  }, [renewed]);
  useEffect(() => {
    const leave = (/** @type {BeforeUnloadEvent} */ event) => {
      if ([...drafts.current.values()].some((draft) => draft.text !== draft.held.text)) event.preventDefault();
    };
    addEventListener("beforeunload", leave);
    return () => removeEventListener("beforeunload", leave);
  }, []);
  const { source } = selection;
  if (source === null) {
    return html`<${Bar} ...${{ files, selection, select }} conflict=${null} concepts=${[]} viewpoints=${[]} under=${USUAL} edited=${false} />
      <main><${Problems} found=${found} /><${Choose} ...${{ files, select }} /></main>`;
  }
  const key = `${source.kind}:${source.name}`;
  return html`<${Source} key=${key} ...${{ files, selection, select, drafts: drafts.current, name: key, renew: () => renew(renewed + 1) }} />`;
}

/**
 * What a file holds, fetched first.
 * @param {{files: import("./types").Files | null, selection: import("./selection.js").Selection, select: (change: Change, passing?: boolean) => void,
 *   drafts: Map<string, Draft>, name: string, renew: () => void}} props
 */
function Source(props) {
  const { drafts, name, selection } = props;
  const [draft, keep] = useState(drafts.get(name) ?? null);
  const [found, find] = useState(/** @type {import("./types").Diagnostic[]} */ ([]));
  const set = (/** @type {Draft} */ next) => {
    drafts.set(name, next);
    keep(next);
  };
  useEffect(() => {
    if (draft !== null || selection.source === null) return;
    ask("GET", address(selection.source)).then((held) => set({ held, text: held.text }), (error) => find(told(error)));
  }, [name]);
  if (draft === null) {
    return html`<${Bar} ...${props} conflict=${null} concepts=${[]} viewpoints=${[]} under=${selection.under ?? USUAL} edited=${false} />
      <main><${Problems} found=${found} />${found.length === 0 && html`<p class="quiet" role="status">Reading the file…</p>`}</main>`;
  }
  return html`<${Conflict} ...${props} draft=${draft} set=${set} />`;
}

/**
 * A value once it has not changed for a moment.
 * @template T
 * @param {T} value
 */
function useSettled(value) {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const wait = setTimeout(() => settle(value), SETTLED);
    return () => clearTimeout(wait);
  }, [value]);
  return settled;
}

/**
 * One conflict, with the panels about it.  While its text can't be read, they show the last one that could.
 * @param {{files: import("./types").Files | null, selection: import("./selection.js").Selection, select: (change: Change, passing?: boolean) => void,
 *   drafts: Map<string, Draft>, name: string, renew: () => void, draft: Draft, set: (draft: Draft) => void}} props
 */
function Conflict({ files, selection, select, drafts, renew, draft, set }) {
  const text = useSettled(draft.text);
  const { name } = draft.held;
  const asked = useMemo(() => ({ name, text, viewpoint: selection.viewpoint }), [name, text, selection.viewpoint]);
  const plain = useMemo(() => ({ name, text }), [name, text]);
  const [query, ask] = useState(/** @type {import("./table.js").Query} */ ({ where: null, order: "number", reverse: false }));
  const check = useAnswer("/api/check", plain);
  const viewpoints = /** @type {import("./types").Viewpoints | null} */ (useAnswer("/api/viewpoints", plain).answer)?.viewpoints ?? [];
  const { table, problems: refused, pending } = useTable(asked, query);
  const head = table?.head ?? null;
  const good = table?.asked ?? null;

  const concepts = head?.concepts ?? [];
  const under = [selection.under, USUAL, concepts[0]?.key].find((key) => concepts.some((concept) => concept.key === key)) ?? USUAL;
  const start = head?.conflict.status_quo ?? null;
  const state = selection.state ?? (start === null ? null : String(start));
  const standing = useAnswer("/api/standing", useMemo(() => (good === null || state === null ? null : { ...good, state: number(state) }), [good, state]));
  const stands = /** @type {import("./types").Standing | null} */ (standing.answer);
  const by = head?.decision_makers.find((party) => party.key === selection.by)?.key ?? (standing.pending ? null : leaver(stands, under));
  const current = standing.pending || !stands ? state : String(stands.standing.state.id);
  useEffect(() => {
    if (table && current !== null) table.find(current);
  }, [table, current]);
  const whole = useAnswer("/api/analysis", head === null || head.total === null ? null : good);
  const analysis = /** @type {import("./types").Analysis | null} */ (whole.answer);
  const toState = (/** @type {string} */ id, passing = false) => select({ state: id }, passing);
  const problems = check.problems.length > 0 ? check.problems : (/** @type {import("./types").Check | null} */ (check.answer)?.diagnostics ?? []);
  const unread = check.problems.length === 0 && query.where === null ? refused : [];
  const conflict = analysis?.conflict ?? head?.conflict ?? null;
  const title = conflict?.title ?? "";
  useEffect(() => {
    document.title = title ? `${visible(title).slice(0, 120)} – Detente` : "Detente";
  }, [title]);

  const saved = (/** @type {import("./types").Held} */ held, /** @type {boolean} */ asNew) => {
    renew();
    if (!asNew) return set({ held, text: held.text });
    drafts.set(`file:${held.name}`, { held, text: held.text });
    set({ held: draft.held, text: draft.held.text });
    return select({ source: { kind: "file", name: held.name } });
  };
  return html`<${Bar} ...${{ files, selection, select, under, conflict, concepts, viewpoints }} edited=${draft.text !== draft.held.text} />
    <nav class="skips" aria-label="Panels">${["States", "Stability", "Evidence", "Text"].map((panel) => html`<a href=${`#${panel.toLowerCase()}`} onClick=${jump}>${panel}</a>`)}</nav>
    <main>
      <div class="news"><${Problems} found=${unread} />
        ${check.problems.length > 0 && html`<p role="alert">The file can't be read: ${plural(check.problems.length, "problem")}, listed beside <a href="#text" onClick=${jump}>its text</a>.</p>`}
        ${!head && refused.length === 0 && html`<p class="quiet" role="status">Reading the conflict…</p>`}</div>
      <div class="panels">${table && head && good && html`
        <${Answer} ...${{ head, analysis }} found=${whole.problems} current=${current} pending=${whole.pending || pending} select=${toState} />
        <${States} ...${{ table, query, ask, under, pending }} found=${query.where === null ? [] : refused} selected=${current} select=${toState} />
        <${Stability} ...${{ head, by, under, select }} standing=${stands} found=${standing.problems} pending=${standing.pending || pending} />
        <${Evidence} asked=${good} ...${{ state, current, by, under }} waiting=${standing.pending || pending} select=${toState} />`}
      <${TextOfFile} source=${selection.source} held=${draft.held} text=${draft.text} found=${problems} pending=${check.pending}
        write=${(/** @type {string} */ next) => set({ held: draft.held, text: next })} saved=${saved} /></div>
    </main>`;
}

/**
 * The decision maker asked about where none is chosen: the first who would leave, or else the first.
 * @param {import("./types").Standing | null} stands
 * @param {string} under
 */
function leaver(stands, under) {
  const verdicts = stands?.standing.verdicts[under] ?? {};
  const parties = stands?.decision_makers ?? [];
  return (parties.find((party) => verdicts[party.key] === false) ?? parties[0])?.key ?? null;
}

/**
 * Goes to a panel without a word in the address.
 * @param {MouseEvent} event
 */
function jump(event) {
  event.preventDefault();
  const link = /** @type {HTMLAnchorElement} */ (event.currentTarget);
  const panel = document.getElementById(link.hash.slice(1));
  const inner = panel?.querySelector('[role="grid"], td button[tabindex="0"], textarea, button');
  panel?.scrollIntoView();
  if (inner instanceof HTMLElement) inner.focus({ preventScroll: true });
}
