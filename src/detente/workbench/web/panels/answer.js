// The status quo in a few sentences.
import { html } from "../html.js";
import { Panel, Sentence, StateLink } from "../parts.js";

/**
 * The panel.
 * @param {{analysis: import("../types").Analysis, current: string | null, pending: boolean, select: (id: string) => void}} props
 */
export function Answer({ analysis, current, pending, select }) {
  const start = analysis.conflict.status_quo;
  const sentences = [...(analysis.diagnosis?.sentences ?? []), ...analysis.answer];
  const title = start === null ? "The status quo" : html`The status quo, state <${StateLink} id=${start} current=${current} select=${select} />`;
  return html`<${Panel} id="answer" title=${title} pending=${pending}>
    ${sentences.length === 0 && html`<p class="quiet">${start === null ? "The file names no status quo." : "Nothing is said of it at this size."}</p>`}
    ${sentences.map((sentence) => html`<p><${Sentence} ...${{ sentence, current, select }} /></p>`)}
  </${Panel}>`;
}
