// All viewpoints of a file: the conclusions that hang on the viewpoint, and the single elements that make a difference.
import { useState } from "preact/hooks";
import { has, useAsked } from "../asked.js";
import { Export } from "../export.js";
import { html, plural, Text, visible } from "../html.js";
import { Paragraphs, Problems } from "../parts.js";

/** @typedef {import("../types/routes").Compared} Compared */
/** @typedef {import("../types/routes").Value} Value */
const EFFECTS = /** @type {const} */ ({ decides: "decides it", enough: "is enough for it", needed: "is needed for it" });

/** What the address says of the comparison, which is of the file as it is. @param {import("../types").Question} question */
const read = (question) => (question.viewpoint === null && has(question, ["under", "where", "seconds"]) && typeof question.under === "string" ? {} : null);

/**
 * The comparison, begun when it is asked for: it can take a while.
 * @param {{desk: import("../types").Desk}} props
 */
export function AllViews({ desk }) {
  const { answer, problems, progress, running, seconds, press, stop, givenUp } = useAsked(desk, "compare", {
    usual: {}, read, write: () => ({ viewpoint: null, under: desk.under }), fits: (question) => question.under === desk.under,
  });
  const found = /** @type {Compared | null} */ (answer);
  return html`<section class="all-views" aria-label="All viewpoints"><h3>All viewpoints of ${based(desk)}</h3>
    ${!found && !running && html`<p class="quiet">Which conclusions all viewpoints share, which hang on the viewpoint, and on which single element, under ${desk.under}.${" "}
      <button type="button" onClick=${() => press()}>Compare ${plural(desk.viewpoints.length, "viewpoint")} with ${based(desk)}</button>${givenUp && " Given up."}</p>`}
    ${running && html`<p role="status">${progress || "Comparing"}… ${Math.round(seconds)} s <button type="button" onClick=${stop}>Give up</button></p>`}
    <${Problems} found=${problems} label="Problems with the viewpoints" />
    ${found && html`<${Found} ...${{ found, desk }} />`}
  </section>`;
}

/**
 * What was found.
 * @param {{found: Compared, desk: import("../types").Desk}} props
 */
function Found({ found, desk }) {
  const [all, show] = useState(false);
  const topics = found.topics.filter((topic) => all || topic.same !== true);
  const linked = desk.asked.viewpoint === null;
  const paragraphs = linked ? found.paragraphs : found.paragraphs.map((part) => ({
    ...part, sentences: part.sentences.map((one) => ({ ...one, states: [] })), items: part.items.map((one) => ({ ...one, states: [] })),
  }));
  return html`<label class="item"><input type="checkbox" checked=${all} onChange=${() => show(!all)} /> also conclusions that are the same in all</label>
    ${topics.length === 0 ? html`<p>No conclusion hangs on the viewpoint.</p>` : html`<div class="scroll" tabindex="0" role="region" aria-label="Conclusions by viewpoint"><table class="differs roomy">
      <thead><tr><th scope="col">Conclusion</th>${found.views.map((view) => html`<th scope="col">${view.key === null ? based(desk) : html`<${Text} text=${view.name ?? view.key} class="clipped" />`}${view.reason && html` <span class="quiet">(could not be looked at: ${view.reason})</span>`}</th>`)}</tr></thead>
      <tbody>${topics.map((topic) => html`<tr><th scope="row"><${Text} text=${topic.label} /></th>${topic.values.map((value, place) => html`<td class=${place > 0 && !alike(value, topic.values[0]) ? "odd" : undefined}>${value === null ? html`<span aria-label="not settled, or nothing is said of it">·</span>` : short(value)}</td>`)}</tr>`)}</tbody></table></div>
      <div class="tools"><${Export} name=${`${desk.asked.name}-viewpoints`} columns=${["conclusion", ...found.views.map((view) => view.key ?? "file")]} rows=${topics.map((topic) => [topic.label, ...topic.values.map((value) => (value === null || typeof value === "boolean" ? value : short(value)))])} /></div>`}
    ${found.deciding.length > 0 && html`<h3>Single elements that make a difference</h3><div class="scroll" tabindex="0" role="region" aria-label="Single elements that make a difference"><table class="differs roomy">
      <thead><tr><th scope="col">Viewpoint</th><th scope="col">Element: it …</th><th scope="col">tried by itself, the element …</th><th scope="col">Conclusions</th></tr></thead>
      <tbody>${grouped(found.deciding).map((same) => {
        const [one] = same, view = found.views.find((each) => each.key === one?.viewpoint);
        return one && html`<tr><td><${Text} text=${view?.name ?? one.viewpoint} /></td><td><${Text} text=${view?.differs[one.element]?.in_words ?? ""} /></td><td>${EFFECTS[one.effect]}</td>
          <td><ul>${same.map(({ topic }) => html`<li><${Text} text=${found.topics[topic]?.label ?? ""} /></li>`)}</ul></td></tr>`;
    })}</tbody></table></div>
    <p class="quiet legend">Enough for it: with this element alone as in the viewpoint, the file gives what the viewpoint gives. Needed for it: with it alone as in the file, the viewpoint gives what the file gives. Decides it: both.</p>`}
    <details><summary>All of it in words</summary><${Paragraphs} paragraphs=${paragraphs} current=${desk.state} select=${(/** @type {string} */ state) => desk.select({ state })} /></details>`;
}

/**
 * What the viewpoints differ from.
 * @param {import("../types").Desk} desk
 */
const based = (desk) => (desk.asked.changes.length > 0 ? "the file with what is tried" : "the file");

/**
 * What single elements do, those together that are of one element and do the same.
 * @param {Compared["deciding"]} deciding
 */
function grouped(deciding) {
  const groups = /** @type {Map<string, Compared["deciding"]>} */ (new Map());
  for (const one of deciding) {
    const key = JSON.stringify([one.viewpoint, one.element, one.effect]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/**
 * A value in a word, as the command line says it.
 * @param {Exclude<Value, null>} value
 */
function short(value) {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? ({ "-": "not stuck", "": "none" }[value] ?? visible(value)) : plural(value.length, "set");
}

/**
 * Whether two values are the same.
 * @param {Value | undefined} one
 * @param {Value | undefined} other
 */
function alike(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
