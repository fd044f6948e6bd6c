// Tables that the server has put into words: every figure stands in a text, and shares are drawn beside it as bars.
import { Export } from "./export.js";
import { classes, html, Text } from "./html.js";
import { Sentence } from "./parts.js";

/** @typedef {import("./types/sure").Table} Table */

const WIDE = 100;
const HIGH = 9;
/** Lines of a cell that has more of them than `MOST`: so many stand there, and the others are folded away. */
const FIRST = 4;
const MOST = 8;

/**
 * The table.  What a row is about stands in its first cell; where it is the same as in the row before, it is only shown on narrow screens.
 * @param {{table: Table, name: string, current: string | null, select: (id: string) => void}} props  `name` is what its file is called
 */
export function Told({ table, name, current, select }) {
  const heads = table.rows.map((row) => row[0]?.map((line) => line.text).join("\n"));
  return html`<p class="quiet about"><${Text} text=${table.about} /></p>
    <div class="scroll" tabindex="0" role="group" aria-label=${table.title}><table class="told">
      <thead><tr>${table.columns.map((column) => html`<th scope="col"><${Text} text=${column} /></th>`)}</tr></thead>
      <tbody>${table.rows.map((row, at) => html`<tr key=${at} class=${classes(at > 0 && heads[at] === heads[at - 1] && "again")}>${row.map((cell, place) => {
        const lines = cell.map((line) => html`<div class="line">${line.share !== null && html`<${Bar} line=${line} />`}<span><${Sentence} sentence=${{ ...line, elements: [] }} ...${{ current, select }} /></span></div>`);
        const shown = lines.length > MOST ? html`${lines.slice(0, FIRST)}<details><summary>${lines.length - FIRST} more</summary>${lines.slice(FIRST)}</details>` : lines;
        return place === 0 ? html`<th scope="row">${shown}</th>` : html`<td data-column=${table.columns[place]}>${shown}</td>`;
      })}</tr>`)}</tbody>
    </table></div>
    <div class="tools below"><${Export} name=${name} columns=${table.columns} rows=${() => table.rows.map((row) => row.map((cell) => cell.map((line) => line.text).join("; ")))} /></div>`;
}

/**
 * A share as a bar, with its range where it was judged by a sample; the text beside it says the same.
 * @param {{line: import("./types/sure").Line}} props
 */
function Bar({ line }) {
  const { share, low, high } = line;
  return html`<svg class="share" width=${WIDE} height=${HIGH} viewBox=${`0 0 ${WIDE} ${HIGH}`} aria-hidden="true">
    <rect class="bar plain" x="0.5" y="0.5" width=${WIDE - 1} height=${HIGH - 1} />
    <rect class=${classes("bar", line.solid ? "solid" : "faint")} x="0.5" y="0.5" width=${Math.max(0, (share ?? 0) * (WIDE - 1))} height=${HIGH - 1} />
    ${low !== null && high !== null && html`<path class="whisker under" d=${whisker(low, high)} /><path class="whisker" d=${whisker(low, high)} />`}</svg>`;
}

/**
 * The line from one end of a range to the other.
 * @param {number} low
 * @param {number} high
 */
function whisker(low, high) {
  const [from, to] = [low, high].map((end) => (0.5 + end * (WIDE - 1)).toFixed(1));
  return `M${from} 2v5M${from} 4.5H${to}M${to} 2v5`;
}
