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
import { Verdicts } from "./verdicts.js";

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
    return html`<${Bar} ...${{ files, selection, select }} analysis=${null} under=${USUAL} edited=${false} />
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
    return html`<${Bar} ...${props} analysis=${null} under=${selection.under ?? USUAL} edited=${false} />
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
  const check = useAnswer("/api/check", plain);
  const analysis = useAnswer("/api/analysis", asked);
  const good = useRef(/** @type {{asked: import("./types").Asked, verdicts: Verdicts} | null} */ (null));
  const answer = /** @type {import("./types").Analysis | null} */ (analysis.answer);
  if (answer !== null && !analysis.pending && good.current?.verdicts.analysis !== answer) good.current = { asked, verdicts: new Verdicts(answer) };
  const shown = good.current;
  const pending = analysis.pending || analysis.problems.length > 0;

  const concepts = shown?.verdicts.analysis.concepts ?? [];
  const under = concepts.find((concept) => concept.key === selection.under)?.key ?? concepts.find((concept) => concept.key === USUAL)?.key ?? concepts[0]?.key ?? USUAL;
  const start = shown?.verdicts.analysis.conflict.status_quo ?? null;
  const state = selection.state ?? (start === null ? null : String(start));
  const parties = shown?.verdicts.analysis.decision_makers ?? [];
  const by = parties.find((party) => party.key === selection.by)?.key ?? (shown && state !== null ? shown.verdicts.asked(under, state) : null);
  const toState = (/** @type {string} */ id, passing = false) => select({ state: id }, passing);
  const problems = check.problems.length > 0 ? check.problems : (/** @type {import("./types").Check | null} */ (check.answer)?.diagnostics ?? []);
  const unread = check.problems.length === 0 ? analysis.problems : [];
  useEffect(() => {
    document.title = shown ? `${visible(shown.verdicts.analysis.conflict.title).slice(0, 120)} – Detente` : "Detente";
  }, [shown]);

  const saved = (/** @type {import("./types").Held} */ held, /** @type {boolean} */ asNew) => {
    renew();
    if (!asNew) return set({ held, text: held.text });
    drafts.set(`file:${held.name}`, { held, text: held.text });
    set({ held: draft.held, text: draft.held.text });
    return select({ source: { kind: "file", name: held.name } });
  };
  return html`<${Bar} ...${{ files, selection, select, under }} analysis=${shown?.verdicts.analysis ?? null} edited=${draft.text !== draft.held.text} />
    <nav class="skips" aria-label="Panels">${["States", "Stability", "Evidence", "Text"].map((panel) => html`<a href=${`#${panel.toLowerCase()}`} onClick=${jump}>${panel}</a>`)}</nav>
    <main>
      <div class="news"><${Problems} found=${unread} />
        ${check.problems.length > 0 && html`<p role="alert">The file can't be read: ${plural(check.problems.length, "problem")}, listed beside <a href="#text" onClick=${jump}>its text</a>.</p>`}
        ${!shown && analysis.pending && html`<p class="quiet" role="status">Analysing; a large conflict takes some seconds…</p>`}</div>
      <div class="panels">${shown && html`
        <${Answer} analysis=${shown.verdicts.analysis} current=${state} pending=${pending} select=${toState} />
        <${States} verdicts=${shown.verdicts} selected=${state} ...${{ under, pending }} select=${toState} />
        <${Stability} verdicts=${shown.verdicts} state=${shown.verdicts.state(state)} selected=${state} ...${{ by, under, pending, select }} />
        <${Evidence} asked=${shown.asked} ...${{ state, by, under }} select=${toState} />`}
      <${TextOfFile} source=${selection.source} held=${draft.held} text=${draft.text} found=${problems} pending=${check.pending}
        write=${(/** @type {string} */ next) => set({ held: draft.held, text: next })} saved=${saved} /></div>
    </main>`;
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
