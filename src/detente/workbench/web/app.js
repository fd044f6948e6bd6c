// The page: a bar, and the panels of the conflict that is open.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { address, ask, problem, problems as told } from "./api.js";
import { useGivenUp } from "./asked.js";
import { Bar, Choose } from "./bar.js";
import { tries, useConflict, useDesk, USUAL, useTried, useUndoing } from "./desk.js";
import { give } from "./focus.js";
import { acted, begun, now } from "./history.js";
import { classes, html, plural, visible } from "./html.js";
import { useJob } from "./jobs.js";
import { Answer } from "./panels/answer.js";
import { Evidence } from "./panels/evidence.js";
import { Model } from "./panels/model.js";
import { Stability } from "./panels/stability.js";
import { States } from "./panels/states.js";
import { Problems } from "./parts.js";
import { NOTHING, useSelection } from "./selection.js";
import { jump, Skips } from "./skips.js";
import { viewed, Views } from "./views.js";

/** Where links lead: to what is looked at, and to what is written. @type {[string, string][]} */
const LOOKED = [["States", "states"], ["Stability", "stability"], ["View", "view"], ["Evidence", "evidence"]];
/** @type {[string, string][]} */
const WRITTEN = [["Text", "text"], ["Form", "form"], ["Save", "save"]];

/** @typedef {Partial<import("./selection.js").Selection>} Change */
/** @typedef {import("./history.js").Draft} Draft */

/** Everything. */
export function App() {
  const [selection, select] = useSelection();
  const [files, list] = useState(/** @type {import("./types").Files | null} */ (null));
  const [found, find] = useState(/** @type {import("./types").Diagnostic[]} */ ([]));
  const [renewed, renew] = useState(0);
  const [begins, begin] = useState(0);
  const drafts = useRef(/** @type {Map<string, Draft>} */ (new Map()));
  useEffect(() => {
    ask("GET", "/api/files").then(list, (error) => find(told(error)));
  }, [renewed]);
  useEffect(() => {
    const leave = (/** @type {BeforeUnloadEvent} */ event) => {
      if ([...drafts.current.values()].some(isEdited)) event.preventDefault();
    };
    addEventListener("beforeunload", leave);
    return () => removeEventListener("beforeunload", leave);
  }, []);
  const { source } = selection;
  const anew = (/** @type {{name: string, text: string}} */ made) => {
    const name = free(made.name, drafts.current);
    drafts.current.set(`new:${name}`, begun({ name, text: "", digest: null }, [], made.text));
    begin(begins + 1);  // it is shown also where the address named it before
    select({ ...NOTHING, source: { kind: "new", name } });
  };
  if (source === null) {
    return html`<${Bar} ...${{ files, selection, select, anew }} conflict=${null} concepts=${[]} viewpoints=${[]} under=${USUAL} edited=${false} />
      <main><${Problems} found=${found} /><${Choose} ...${{ files, select }} /></main>`;
  }
  const key = `${source.kind}:${source.name}`;
  return html`<${Source} key=${`${begins} ${key}`} ...${{ files, selection, select, anew, drafts: drafts.current, name: key, renew: () => renew(renewed + 1) }} />`;
}

/**
 * A name for what is begun, which nothing has that was begun before and is not saved yet.
 * @param {string} name
 * @param {Map<string, Draft>} drafts
 */
function free(name, drafts) {
  let found = name;
  for (let number = 2; drafts.has(`new:${found}`); number++) found = name.replace(/(\.[^.]*)?$/, `-${number}$1`);
  return found;
}

/**
 * Whether something would be lost with the page: what is tried is in its address.
 * @param {Draft} draft
 */
function isEdited(draft) {
  return now(draft).text !== draft.held.text;
}

/**
 * What a file holds, fetched first.
 * @param {{files: import("./types").Files | null, selection: import("./selection.js").Selection, select: (change: Change, passing?: boolean) => void,
 *   drafts: Map<string, Draft>, name: string, anew: (made: {name: string, text: string}) => void, renew: () => void}} props
 */
function Source(props) {
  const { drafts, name, selection } = props;
  const [draft, keep] = useState(drafts.get(name) ?? null);
  const [found, find] = useState(/** @type {import("./types").Diagnostic[]} */ ([]));
  const set = useCallback((/** @type {(draft: Draft) => Draft} */ change) => {
    const had = drafts.get(name);
    if (had === undefined) return;
    const next = change(had);
    drafts.set(name, next);
    keep(next);
  }, [drafts, name]);
  useEffect(() => {
    const { source } = selection;
    if (draft !== null || source === null) return;
    if (source.kind === "new") return find([problem("This conflict was begun in another page, or before this one was loaded again, and never saved.", "Begin it again, or open the page where it was begun.")]);
    ask("GET", address(source)).then((held) => {
      drafts.set(name, begun(held, tries(selection.tried)));
      set((first) => first);
    }, (error) => find(told(error)));
  }, [name]);
  if (draft === null) {
    return html`<${Bar} ...${props} conflict=${null} concepts=${[]} viewpoints=${[]} under=${selection.under ?? USUAL} edited=${false} />
      <main><${Problems} found=${found} />${found.length === 0 && html`<p class="quiet" role="status">Reading the file…</p>`}</main>`;
  }
  return html`<${Conflict} ...${props} draft=${draft} set=${set} />`;
}

/**
 * One conflict, with the panels about it.  While its text can't be read, they show the last one that could.
 * @param {{files: import("./types").Files | null, selection: import("./selection.js").Selection, select: (change: Change, passing?: boolean) => void,
 *   drafts: Map<string, Draft>, name: string, anew: (made: {name: string, text: string}) => void, renew: () => void, draft: Draft, set: (change: (draft: Draft) => Draft) => void}} props
 */
function Conflict({ files, selection, select, drafts, name, anew, renew, draft, set }) {
  const bare = selection.bare === "yes";
  const known = useConflict(draft, selection, bare, select);
  const desk = useDesk(known, draft, set, selection, select, files, renew);
  const undoing = useUndoing(draft, set);
  useTried(draft, selection, select);
  useGivenUp(desk);
  const { table, head, asked, check, refused, pending, under, by, state, current, standing, query } = known;
  const whole = useJob("/api/analysis", head === null || head.total === null ? null : asked);
  const analysis = /** @type {import("./types").Analysis | null} */ (whole.answer);
  const conflict = analysis?.conflict ?? head?.conflict ?? null;
  const title = conflict?.title ?? "";
  useEffect(() => {
    document.title = title ? `${visible(title).slice(0, 120)} – Detente` : "Detente";
  }, [title]);

  const { text, changes } = now(draft);
  const toState = (/** @type {string} */ id, passing = false) => select({ state: id }, passing);
  const unanswered = check.problems.filter((one) => one.code === "");  // which says nothing of the text
  const wrong = check.problems.filter((one) => one.code !== "");
  const problems = wrong.length > 0 ? wrong : (/** @type {import("./types").Check | null} */ (check.answer)?.diagnostics ?? []);
  const unread = check.problems.length === 0 ? refused : [];
  const drop = () => {
    set((had) => acted(had, "all that was tried dropped", { changes: [] }));
    give(() => document.querySelector('#view [role="tab"][aria-selected="true"]'));
  };
  const saved = (/** @type {import("./types").Held} */ held, /** @type {boolean} */ asNew) => {
    renew();
    if (!asNew) return set((had) => ({ ...had, held }));
    drafts.set(`file:${held.name}`, { ...(drafts.get(name) ?? draft), held });  // with what was done while it was saved
    const fresh = selection.source?.kind === "new";
    if (fresh) drafts.delete(`new:${selection.source?.name}`);  // it is a file now, and there is nothing to go back to
    else set((had) => begun(had.held));
    return select({ source: { kind: "file", name: held.name }, ...(fresh ? {} : { asked: null }) }, fresh);
  };
  return html`<${Bar} ...${{ files, selection, select, under, conflict, desk, undoing, anew }} concepts=${head?.concepts ?? []} viewpoints=${known.viewpoints} edited=${isEdited(draft)} />
    <${Skips} label="Panels" to=${[...(desk ? LOOKED : []), ...WRITTEN]} />
    <main>
      <div class="news"><${Problems} found=${[...unread, ...unanswered]} />
        ${wrong.length > 0 && html`<p role="alert">The file can't be read: ${plural(wrong.length, "problem")}, listed with <a href="#text" onClick=${jump}>its text</a>.</p>`}
        ${changes.length > 0 && html`<p class="tried"><span role="status"><strong>${plural(changes.length, "change")} tried</strong>, ${bare ? "and left out of what is shown" : "in all that is shown"}; the file is as it was.</span>
          <label><input type="checkbox" checked=${bare} onChange=${() => select({ bare: bare ? null : "yes" }, true)} /> show it without</label>
          <button type="button" onClick=${drop}>Drop ${changes.length === 1 ? "it" : "them"}</button></p>`}
        ${!head && refused.length === 0 && html`<p class="quiet" role="status">Reading the conflict…</p>`}</div>
      <div class=${classes("panels", viewed(selection.view)?.wide && "broad")}>${table && head && asked && desk && html`
        <${Answer} ...${{ head, analysis }} found=${whole.problems} current=${current} pending=${whole.pending || pending} again=${whole.givenUp ? whole.start : null} select=${toState} />
        <div class="left"><${States} ...${{ table, query, under, pending }} ask=${known.ask} found=${known.unmet} selected=${current} select=${toState} />
        <${Stability} ...${{ head, by, under, select, standing, pending }} found=${known.unstood} /></div>
        <div class="right"><${Views} desk=${desk} />
        <${Evidence} ...${{ asked, state, current, by, under }} waiting=${pending} unstood=${known.unstood.length > 0} select=${toState} /></div>`}
      <${Model} source=${selection.source} held=${draft.held} ...${{ text, saved }} plain=${known.plain} found=${problems} pending=${check.pending} undo=${undoing.move}
        act=${(/** @type {string} */ says, /** @type {{text?: string, flows?: boolean}} */ what) => set((had) => acted(had, says, what))} /></div>
    </main>
    <footer class="bottom quiet">${selection.source?.kind !== "new" && html`<a href=${`${location.search}&as=json`} target="_blank">This page as JSON</a>${isEdited(draft) && " (of what was saved)"} · `}<a href="/api/openapi.json" target="_blank">what the server answers</a></footer>`;
}
