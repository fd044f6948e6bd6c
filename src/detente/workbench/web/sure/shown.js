// What a long question was answered with: in short, in tables and pictures, in sentences, and what these rest on.
import { useState } from "preact/hooks";
import { Drawing, save } from "../drawing.js";
import { grouped, html, Text } from "../html.js";
import { rests } from "../panels/evidence.js";
import { Paragraphs, Problems, Sentence } from "../parts.js";
import { Told } from "../told.js";

/**
 * An answer.
 * @param {import("../types/sure").Told} props  `open` names the tables that are unfolded at first; `whole` says that no more is to come
 */
export function Shown({ name, whole, account, tables, pictures, open, current, select }) {
  const [first, ...others] = account.paragraphs;
  return html`<div class="shown">
    ${account.in_short && html`<p class="short"><${Text} text=${account.in_short} /></p>`}
    ${first && html`<p class="verdict">${first.sentences.map((sentence) => html`<${Sentence} ...${{ sentence, current, select }} />`)}</p>`}
    ${tables.map((table) => html`<${Folded} key=${table.key} id=${`${name}-${table.key.replaceAll(" ", "-")}`} title=${table.title} count=${table.rows.length} open=${open.includes(table.key)}>
      <${Told} name=${`${name}-${table.key}`} ...${{ table, current, select }} /></${Folded}>`)}
    ${pictures.length > 0 && html`<${Folded} key="pictures" id=${`${name}-pictures`} title="Pictures" count=${pictures.length} open=${open.includes("pictures")}>${pictures.map((picture, place) => html`<div class="picture" key=${place}>
      <h4><${Text} text=${picture.title} /></h4><${Drawing} svg=${picture.svg} name=${`${name}-${place + 1}`} ...${{ current, select }} /><p class="quiet about"><${Text} text=${picture.caption} /></p></div>`)}</${Folded}>`}
    ${others.length > 0 && html`<${Folded} key="sentences" id=${`${name}-sentences`} title="In sentences" open=${open.includes("sentences")}><${Paragraphs} paragraphs=${others} ...${{ current, select }} /></${Folded}>`}
    ${account.evidence.length > 0 && html`<${Folded} key="rests" id=${`${name}-rests`} title="What this rests on" count=${account.evidence.length} open=${false}><ul class="rests">${account.evidence.map(rests)}</ul></${Folded}>`}
    ${whole && html`<div class="tools"><button type="button" onClick=${() => save(`${name}.json`, JSON.stringify(account, null, 1), "application/json")}>Save the document (JSON)</button></div>`}
  </div>`;
}

/**
 * A part that is folded away until it is asked for; what it holds is only made then.
 * @param {{id: string, title: string, count?: number, open: boolean, children?: any}} props
 */
export function Folded({ id, title, count, open, children }) {
  const [is, set] = useState(open);
  return html`<details id=${id} open=${is} onToggle=${(/** @type {any} */ event) => set(event.currentTarget.open)}>
    <summary><h3><${Text} text=${title} />${count !== undefined && html` <span class="quiet">(${grouped(count)})</span>`}</h3></summary>${is && children}</details>`;
}

/**
 * How far a job is, with a button that gives it up.
 * @param {{job: ReturnType<typeof import("../jobs.js").useJob>}} props
 */
export function Going({ job }) {
  const { running, progress, seconds, problems, givenUp, stop } = job;
  if (running) {
    return html`<p class="going"><span class="spinner" aria-hidden="true"></span> <span role="status">At work…</span> <span class="quiet"><${Text} text=${progress} /></span>
      <span class="quiet">${Math.round(seconds)} s</span> <button type="button" onClick=${stop}>Give up</button></p>`;
  }
  if (problems.length > 0) return html`<${Problems} found=${problems} label="Why there is no answer" />`;
  return givenUp ? html`<p class="quiet" role="status">Given up.</p>` : null;
}
