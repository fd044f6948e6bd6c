// What the code of a problem means: its page, unfolded where it was asked for.
import { useEffect, useState } from "preact/hooks";
import { ask, problems } from "./api.js";
import { html, visible } from "./html.js";

/** @type {Map<string, string>} */
const pages = new Map();

/**
 * The page of a code; `told` is what is shown while it is not there.
 * @param {{code: string}} props
 */
export function Meaning({ code }) {
  const [page, show] = useState(pages.get(code) ?? "");
  useEffect(() => {
    if (pages.has(code)) return;
    ask("GET", `/api/codes/${encodeURIComponent(code)}`).then((told) => {
      pages.set(code, told.page);
      show(told.page);
    }, (error) => show(`# ${problems(error)[0]?.message ?? ""}`));
  }, [code]);
  return html`<div class="meaning" role="region" aria-label=${`What ${code} means`}>${page === "" ? html`<p class="quiet" role="status">Looking it up…</p>` : blocks(page).map(Block)}</div>`;
}

/**
 * The blocks of a page: headings, examples, paragraphs.
 * @param {string} page
 * @returns {{kind: "title" | "heading" | "example" | "text", text: string}[]}
 */
export function blocks(page) {
  /** @type {{kind: "title" | "heading" | "example" | "text", text: string}[]} */
  const found = [];
  let example = false;
  let begun = false;
  for (const line of page.split("\n")) {
    const last = found[found.length - 1];
    if (line.startsWith("```")) {
      example = !example;
      if (example) found.push({ kind: "example", text: "" });
      begun = false;
    } else if (example && last) last.text += `${last.text ? "\n" : ""}${line}`;
    else if (line.startsWith("# ")) found.push({ kind: "title", text: line.slice(2) });
    else if (line.startsWith("## ")) found.push({ kind: "heading", text: line.slice(3) });
    else if (line.trim() === "") begun = false;
    else if (begun && last) last.text += ` ${line}`;
    else {
      found.push({ kind: "text", text: line });
      begun = true;
    }
    if (line.startsWith("#") && !example) begun = false;
  }
  return found;
}

/** @param {{kind: string, text: string}} block */
function Block({ kind, text }) {
  if (kind === "title") return html`<p class="title">${inline(text)}</p>`;
  if (kind === "heading") return html`<p class="heading">${text}</p>`;
  if (kind === "example") return html`<pre tabindex="0" role="group" aria-label="Example">${visible(text)}</pre>`;
  return html`<p>${inline(text)}</p>`;
}

/**
 * A line with what is written in the language set apart; of links the words stay.
 * @param {string} text
 */
function inline(text) {
  return text.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").split("`").map((part, place) => (place % 2 ? html`<code>${visible(part)}</code>` : visible(part)));
}
