// Why a decision maker stays at a state, or leaves it: sentence by sentence, with what they rest on.
import { useEffect, useMemo, useState } from "preact/hooks";
import { useAnswer } from "../api.js";
import { classes, grouped, html, Text, visible } from "../html.js";
import { Panel, Paragraphs, Problems } from "../parts.js";
import { number } from "../table.js";

/**
 * The panel.
 * @param {{asked: import("../types").Asked, state: string | null, current: string | null, by: string | null,
 *   under: string, waiting: boolean, unstood: boolean, select: (id: string) => void}} props
 *   `unstood`: there is no such state, or nothing can be said of it
 */
export function Evidence({ asked, state, current, by, under, waiting, unstood, select }) {
  const body = useMemo(
    () => (state === null || by === null ? null : { ...asked, state: number(state), by, under }),
    [asked, state, by, under],
  );
  const { answer, problems, pending } = useAnswer("/api/why", body);
  const said = /** @type {import("../types").Explanation | null} */ (unstood && body === null ? null : answer);
  const tools = said && html`<div class="tools">${said.checked && html`<span class="checked">✔ certificate checked</span>`}<${Copy} said=${said} /></div>`;
  return html`<${Panel} id="evidence" title=${said ? html`<${Question} said=${said} />` : "Evidence"} pending=${pending || waiting} tools=${tools}>
    <${Problems} found=${problems} />
    ${said && html`<${Paragraphs} paragraphs=${said.paragraphs} current=${current} select=${select} />
      ${said.evidence.length > 0 && html`<details open><summary>What this rests on (${said.evidence.length})</summary><ul class="rests">${said.evidence.map(rests)}</ul></details>`}`}
    ${!said && problems.length === 0 && html`<p class="quiet">${pending || waiting ? "Looking for the reasons…" : "Select a state, a decision maker and a concept."}</p>`}
  </${Panel}>`;
}

/**
 * What was asked.
 * @param {{said: import("../types").Explanation}} props
 */
function Question({ said }) {
  const name = said.decision_makers.find((party) => party.key === said.by)?.name ?? said.by;
  return html`Why would <${Text} text=${name} class="clipped" /> ${said.stays ? "stay at" : "leave"} state ${grouped(said.state.id)} under ${said.under}?`;
}

/**
 * One element of the file that the sentences rest on.
 * @param {import("../types").Element} one
 */
export function rests(one) {
  return html`<li class=${classes(one.hostile && "hostile")}><${Text} text=${one.called} />: <${Text} text=${one.words} class="quiet" />
    ${one.citations.filter((citation) => citation.quote).map((citation) => html`<blockquote><${Text} text=${citation.quote ?? ""} /></blockquote>`)}</li>`;
}

/**
 * Copies the sentences as text.
 * @param {{said: import("../types").Explanation}} props
 */
function Copy({ said }) {
  const [told, tell] = useState("");
  useEffect(() => tell(""), [said]);  // what was copied is another one now
  const text = said.paragraphs.flatMap((part) => [
    part.sentences.map((one) => one.text).join(" "),
    ...part.items.map((one) => `- ${one.text}`),
    ...(part.more ? [`- ${part.more} more`] : []),
  ]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(visible(text.filter(Boolean).join("\n")));
      tell("copied");
    } catch {
      tell("the browser did not allow it");
    }
  };
  return html`<button type="button" onClick=${copy}>Copy as text</button><span role="status">${told}</span>`;
}
