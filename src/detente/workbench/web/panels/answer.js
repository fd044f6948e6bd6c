// The status quo in a few sentences.
import { html } from "../html.js";
import { Panel, Problems, Sentence, StateLink } from "../parts.js";

/**
 * The panel.
 * @param {{head: import("../types").States, analysis: import("../types").Analysis | null, found: import("../types").Diagnostic[],
 *   current: string | null, pending: boolean, again: (() => void) | null, select: (id: string) => void}} props
 *   `again` asks once more for what was given up; null where nothing was
 */
export function Answer({ head, analysis, found, current, pending, again, select }) {
  const start = head.conflict.status_quo;
  const sentences = analysis ? [...(analysis.diagnosis?.sentences ?? []), ...analysis.answer] : [];
  const title = start === null ? "The status quo" : html`The status quo, state <${StateLink} id=${start} current=${current} select=${select} />`;
  const quiet = start === null ? "The file names no status quo."
    : pending ? "Analysing; this takes some seconds where there are thousands of states…"
    : head.total === null ? "At this size the whole analysis is left to `detente analyze`; what becomes of single states is told below." : "Nothing is said of it.";
  return html`<${Panel} id="answer" title=${title} pending=${pending}>
    <${Problems} ...${{ found }} />
    ${again ? html`<p class="quiet">The analysis was given up. <button type="button" onClick=${again}>Analyse it</button></p>`
      : sentences.length === 0 && found.length === 0 && html`<p class="quiet" role="status">${quiet}</p>`}
    ${sentences.map((sentence) => html`<p><${Sentence} ...${{ sentence, current, select }} /></p>`)}
  </${Panel}>`;
}
