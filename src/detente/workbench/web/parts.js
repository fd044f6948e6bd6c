// Small things that all panels show: parties, states as links, sentences, problems.
import { useState } from "preact/hooks";
import { Meaning } from "./code.js";
import { classes, grouped, html, plural, Text, visible } from "./html.js";

/** Most states that are given as links after a sentence which does not name them. */
const MOST_LINKS = 12;

/**
 * The class of a party's colour.
 * @param {import("./types").Party[]} parties
 * @param {string | null} key
 */
export function colour(parties, key) {
  const place = parties.findIndex((party) => party.key === key);
  return place < 0 ? undefined : `p${(place % 8) + 1}`;
}

/**
 * The letters of a party in its colour.
 * @param {{parties: import("./types").Party[], party: import("./types").Party, quiet?: boolean}} props
 */
export function Chip({ parties, party, quiet }) {
  return html`<span class=${classes("chip", colour(parties, party.key))} aria-hidden=${quiet ? "true" : undefined}>${visible(party.letters)}</span>`;
}

/**
 * A panel with a heading, busy while its content is older than what is asked.
 * @param {{id: string, title: any, pending?: boolean, tools?: any, children?: any}} props
 */
export function Panel({ id, title, pending = false, tools, children }) {
  return html`<section class=${classes("panel", pending && "stale")} id=${id} aria-labelledby=${`${id}-title`} aria-busy=${pending}>
    <div class="bar"><h2 id=${`${id}-title`}>${title}</h2>${tools}</div>
    <div class="content">${children}</div>
  </section>`;
}

/**
 * A state as something that selects it.
 * @param {{id: import("./types").Whole, current: string | null, select: (id: string) => void}} props
 */
export function StateLink({ id, current, select }) {
  const here = String(id) === current;
  return html`<button type="button" class=${classes("state", here && "here")} aria-current=${here ? "true" : undefined}
    aria-label=${`state ${grouped(id)}`} onClick=${() => select(String(id))}>${grouped(id)}</button>`;
}

const NUMBER = /(?<=\bstates? |▸ ?)\d[\d,]*\b|\b\d[\d,]*(?= ─| ?▸)/g;

/**
 * A sentence, with the states that it speaks of as links: where it names them, the others after it, but for the one that is selected.
 * @param {{sentence: import("./types").Sentence, current: string | null, select: (id: string) => void}} props
 */
export function Sentence({ sentence, current, select }) {
  const states = new Set(sentence.states.map(String));
  const unnamed = new Set([...states].filter((id) => id !== current));
  const text = visible(sentence.text);
  const pieces = [];
  let from = 0;
  for (const found of text.matchAll(NUMBER)) {
    const id = found[0].replaceAll(",", "");
    if (!states.has(id)) continue;
    unnamed.delete(id);
    pieces.push(text.slice(from, found.index), html`<${StateLink} ...${{ id, current, select }} />`);
    from = found.index + found[0].length;
  }
  pieces.push(text.slice(from));
  const after = unnamed.size <= MOST_LINKS ? [...unnamed] : [];
  return html`<span class="sentence"><bdi dir="auto">${pieces}</bdi>${" "}
    ${after.length > 0 && html`<span class="links">${after.map((id) => html`<${StateLink} key=${id} ...${{ id, current, select }} />`)}</span>`}</span>${" "}`;
}

/**
 * Paragraphs of sentences with their lists.
 * @param {{paragraphs: import("./types").Paragraph[], current: string | null, select: (id: string) => void}} props
 */
export function Paragraphs({ paragraphs, current, select }) {
  return paragraphs.map(
    (part, place) => html`<div class=${classes("paragraph", part.role)} key=${place}>
      ${part.sentences.length > 0 && html`<p>${part.sentences.map((sentence) => html`<${Sentence} ...${{ sentence, current, select }} />`)}</p>`}
      ${part.items.length > 0 && html`<ul>${part.items.map((sentence) => html`<li><${Sentence} ...${{ sentence, current, select }} /></li>`)}</ul>`}
      ${part.more > 0 && html`<p class="quiet">${plural(part.more, "more")}</p>`}
    </div>`,
  );
}

/**
 * Problems with their codes, each with its line where it has one; a code unfolds what it means.
 * @param {{found: import("./types").Diagnostic[], go?: (found: import("./types").Diagnostic) => void, label?: string}} props
 */
export function Problems({ found, go, label = "Problems" }) {
  if (found.length === 0) return null;
  return html`<ul class="problems" aria-label=${visible(label)}>${found.map((one) => html`<${Problem} one=${one} go=${go} />`)}</ul>`;
}

/** @param {{one: import("./types").Diagnostic, go?: ((found: import("./types").Diagnostic) => void) | undefined}} props */
function Problem({ one, go }) {
  const [asked, wonder] = useState(false);
  return html`<li class=${one.severity}>
    <span class="severity">${one.severity}${one.code && html` <button type="button" class="code" aria-expanded=${asked} title=${`What ${one.code} means`} onClick=${() => wonder(!asked)}><code>${one.code}</code></button>`}</span>${" "}
    ${one.line !== null && (go
      ? html`<button type="button" class="line" onClick=${() => go(one)}>line ${one.line}</button>`
      : html`<span class="line">line ${one.line}</span>`)}
    ${" "}<${Text} text=${one.message} />
    ${one.help && html`<span class="help"><${Text} text=${one.help} /></span>`}
    ${asked && html`<${Meaning} key=${one.code} code=${one.code} />`}
  </li>`;
}
