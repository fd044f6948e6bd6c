// The bar at the top: which file, which viewpoint, which concept, light or dark; what can be undone, what runs, the report.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Begin } from "./begin/begin.js";
import { grouped, html, plural, Text, visible } from "./html.js";
import { save } from "./drawing.js";
import { giveUp, useJob, useRunning } from "./jobs.js";
import { Problems } from "./parts.js";
import { NOTHING } from "./selection.js";
import { choose, worn } from "./theme.js";

/** Keeps a name apart from what stands around it where no element can. @param {string} name */
const apart = (name) => `\u2068${visible(name)}\u2069`;

/** Whether the list of conflicts had the focus when the bar was made anew, with another conflict. */
let choosing = false;

/** @typedef {{undone: string | null, redone: string | null, move: (by: 1 | -1) => void}} Undoing */

/** What jobs are called. */
const WORK = /** @type {Record<string, string>} */ ({
  "/api/analysis": "Analysis", "/api/diagnosis": "Diagnosis", "/api/path": "Path", "/api/evolution": "Evolution", "/api/unlock": "Unlock",
  "/api/compare": "Compare", "/api/sure": "How sure", "/api/going-on": "How it would go on", "/api/report": "Report",
});

/**
 * The bar.
 * @param {{files: import("./types").Files | null, selection: import("./selection.js").Selection, conflict: import("./types").ConflictPart | null,
 *   concepts: import("./types").Concept[], viewpoints: import("./types").Viewpoints["viewpoints"], under: string, edited: boolean, select: (change: Partial<import("./selection.js").Selection>) => void,
 *   anew: (made: {name: string, text: string}) => void, desk?: import("./types").Desk | null, undoing?: Undoing | null}} props
 */
export function Bar({ files, selection, conflict, concepts, viewpoints, under, edited, select, anew, desk, undoing }) {
  const [theme, dress] = useState(worn());
  const list = useRef(/** @type {HTMLSelectElement | null} */ (null));
  useLayoutEffect(() => {
    if (choosing) list.current?.focus();
    choosing = false;
    return () => {
      choosing = document.activeElement === list.current;
    };
  }, []);
  const other = theme === "dark" ? "light" : "dark";
  const source = selection.source;
  return html`<header class="top">
    <div class="title">
      <h1>${conflict ? html`<${Text} text=${conflict.title} class="clipped" />` : source ? html`<${Text} text=${source.name} class="clipped" />` : "Detente"}</h1>
      ${conflict && html`<p class="quiet">${[
        conflict.feasible === null ? "" : plural(conflict.feasible, "state"),
        conflict.moves === null ? "" : plural(conflict.moves, "move"),
      ].filter(Boolean).join(" · ")}${edited ? " · not saved" : ""}</p>`}
    </div>
    <div class="tools">
      <label>Conflict <select ref=${list} value=${source ? `${source.kind}:${source.name}` : ""} onChange=${(/** @type {any} */ event) => open(event.currentTarget.value, select)}>
        <option value="">choose…</option>
        ${source && !listed(files, source) && html`<option value=${`${source.kind}:${source.name}`} dir="auto">${visible(source.name)}</option>`}
        ${files && files.files.length > 0 && html`<optgroup label=${`in the folder ${apart(files.folder)}`}>${files.files.map((name) => html`<option value=${`file:${name}`} dir="auto">${visible(name)}</option>`)}${cut(files) && html`<option disabled>${cut(files)}</option>`}</optgroup>`}
        ${files && html`<optgroup label="packaged cases">${files.cases.map((name) => html`<option value=${`case:${name}`}>${name}</option>`)}</optgroup>`}
      </select></label>
      <${Begin} begun=${anew} />
      ${viewpoints.length > 0 && html`<label>Viewpoint <select value=${selection.viewpoint ?? ""}
        onChange=${(/** @type {any} */ event) => select({ viewpoint: event.currentTarget.value || null })}><option value="">as the file has it</option>
        ${viewpoints.map((one) => html`<option value=${one.key} dir="auto">${visible(one.name)}</option>`)}</select></label>`}
      ${undoing && html`<span class="pair"><button type="button" aria-disabled=${undoing.undone === null} onClick=${() => undoing.move(-1)}
        title=${undoing.undone ?? undefined}>Undo<span class="vh"> ${undoing.undone ?? "nothing"}</span></button><button type="button" aria-disabled=${undoing.redone === null}
        title=${undoing.redone ?? undefined} onClick=${() => undoing.move(1)}>Redo<span class="vh"> ${undoing.redone ?? "nothing"}</span></button></span>`}
      ${desk && html`<${Report} desk=${desk} />`}
      <button type="button" onClick=${() => { choose(other); dress(other); }}>${other === "dark" ? "Dark" : "Light"}</button>
    </div>
    ${concepts.length > 0 && html`<fieldset class="concepts"><legend>Concept</legend>${concepts.map((concept) => html`<label title=${visible(concept.asks)}>
      <input type="radio" name="under" value=${concept.key} checked=${concept.key === under} onChange=${() => select({ under: concept.key })} /><span>${visible(concept.key)}</span></label>`)}</fieldset>`}
    <${Running} />
  </header>`;
}

/** What runs, each with a button that gives it up. */
function Running() {
  const running = useRunning();
  if (running.length === 0) return null;
  return html`<ul class="running" aria-label="What runs">${running.map((job) => html`<li key=${job.key}>
    <span class="spinner" aria-hidden="true"></span> ${WORK[job.path] ?? job.path} <span class="quiet">${job.progress ? visible(job.progress) : job.state}</span>
    <button type="button" class="link" onClick=${() => giveUp(job)}>Give up<span class="vh">: ${WORK[job.path] ?? job.path}</span></button></li>`)}</ul>`;
}

/**
 * The same report that `detente report` writes, of what is shown.
 * @param {{desk: import("./types").Desk}} props
 */
function Report({ desk }) {
  const { job, running, answer, problems, start } = useJob("/api/report", desk.asked, { auto: false, kept: true });
  if (answer) return html`<button type="button" onClick=${() => save(answer.name, answer.text, "text/html")}>Save the report</button>`;
  return html`<button type="button" aria-disabled=${running} onClick=${() => !running && start()}>${running ? "Report is being made…" : "Report"}</button>
    ${job?.state === "failed" && html`<${Problems} found=${problems} label="Why there is no report" />`}`;
}

/**
 * Whether a file is in the list.
 * @param {import("./types").Files | null} files
 * @param {import("./types").Source} source
 */
function listed(files, source) {
  return files !== null && source.kind !== "new" && (source.kind === "file" ? files.files : files.cases).includes(source.name);
}

/**
 * Opens another conflict; what was selected in the last one is not selected in it.
 * @param {string} value
 * @param {(change: Partial<import("./selection.js").Selection>) => void} select
 */
export function open(value, select) {
  const [kind, ...name] = value.split(":");
  const source = kind === "file" || kind === "case" ? /** @type {{kind: "file" | "case", name: string}} */ ({ kind, name: name.join(":") }) : null;
  select({ ...NOTHING, source });
}

/**
 * How many files are listed, where there are others, or may be; nothing where all are.
 * @param {import("./types").Files} files
 */
export function cut({ files, total, whole }) {
  if (!whole) return `${plural(files.length, "file")}, and there may be others`;
  return Number(total) > files.length ? `${grouped(files.length)} of ${plural(total, "file")}` : "";
}

/**
 * Where nothing is open: what there is.
 * @param {{files: import("./types").Files | null, select: (change: Partial<import("./selection.js").Selection>) => void}} props
 */
export function Choose({ files, select }) {
  if (!files) return html`<p class="quiet">Looking for conflict files…</p>`;
  const list = (/** @type {"file" | "case"} */ kind, /** @type {string[]} */ names) =>
    html`<ul>${names.map((name) => html`<li><button type="button" class="link" onClick=${() => open(`${kind}:${name}`, select)}><${Text} text=${name} /></button></li>`)}</ul>`;
  return html`<section class="panel choose" aria-labelledby="choose-title"><div class="bar"><h2 id="choose-title">Which conflict?</h2></div>
    <div class="content"><h3>In the folder <${Text} text=${files.folder} /></h3>
    ${files.files.length > 0 ? list("file", files.files) : html`<p class="quiet">${files.whole ? "There are no conflict files in it." : "No conflict files were found in it."}</p>`}
    ${cut(files) && html`<p>${cut(files)}${files.whole ? "." : ": the folder holds too much for all of it to be looked at."} Any other is opened by its name, with <code>detente open</code> or
      with <code>?file=</code> and its path within the folder at the end of the address of this page.</p>`}
    <h3>Packaged cases</h3>${list("case", files.cases)}</div></section>`;
}
