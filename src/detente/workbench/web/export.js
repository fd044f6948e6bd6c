// Any table of the page as a file for other programs.
import { useState } from "preact/hooks";
import { ask, problems } from "./api.js";
import { save } from "./drawing.js";
import { html, visible } from "./html.js";
import { Problems } from "./parts.js";

/** @typedef {string | number | boolean | null} Cell */
/** @typedef {"csv" | "parquet"} Format */
/** @typedef {{text: string | null, base64: string | null}} Sheet  as the server answers */

const KINDS = /** @type {const} */ ([["csv", "CSV", "text/csv"], ["parquet", "Parquet", "application/vnd.apache.parquet"]]);

/**
 * Two buttons that save a table: its `columns` and `rows`, or what a function gets of the server (`file`).
 * @param {{name: string, columns?: string[], rows?: Cell[][] | (() => Cell[][]), file?: (format: Format) => Promise<Sheet>}} props
 *   `name` is what its file is called
 */
export function Export({ name, columns = [], rows = [], file }) {
  const [found, find] = useState(/** @type {import("./types").Diagnostic[]} */ ([]));
  const [busy, work] = useState(false);
  const get = file ?? ((/** @type {Format} */ format) => ask("POST", "/api/sheet", { columns, rows: typeof rows === "function" ? rows() : rows, format }));
  const fetched = async (/** @type {typeof KINDS[number]} */ [format, , type]) => {
    work(true);
    try {
      const { text, base64 } = await get(format);
      save(`${filed(name)}.${format}`, base64 === null ? (text ?? "") : Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0)), type);
      find([]);
    } catch (error) {
      find(problems(error));
    }
    work(false);
  };
  return html`<span class="export" role="group" aria-label=${`Save as a file: ${visible(name)}`}><span class="quiet" aria-hidden="true">Save table</span>
    ${KINDS.map((kind) => html`<button type="button" aria-disabled=${busy} onClick=${() => busy || fetched(kind)}>${kind[1]}</button>`)}
    ${found.length > 0 && html`<span role="alert"><${Problems} found=${found} label=${`Problems of saving ${name}`} /></span>`}</span>`;
}

/**
 * A name that every system takes for a file.
 * @param {string} name
 */
export function filed(name) {
  return name.replace(/\.(ya?ml|json|gmcr)(?=-|$)/i, "").replace(/[^\p{L}\p{N}_-]+/gu, "-").slice(0, 100) || "table";
}
