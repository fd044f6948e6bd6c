// What can be compared: the file, its viewpoints, what is tried, other files of the folder, and packaged cases.
import { useEffect, useMemo, useState } from "preact/hooks";
import { address, ask, problems as told } from "../api.js";
import { html, plural, Text, visible } from "../html.js";

/** @typedef {import("../types").Desk} Desk */
/** @typedef {import("../types").Asked} Asked */
/** @typedef {{key: string, title: string, group: string, other: boolean}} Choice  `other` is another file */

/**
 * Everything that can be compared.
 * @param {Desk} desk
 * @returns {Choice[]}
 */
export function sidesOf(desk) {
  const { viewpoint, changes } = desk.asked;
  const here = "This conflict", others = [...(desk.files?.files ?? []).map((name) => ["file", name]), ...(desk.files?.cases ?? []).map((name) => ["case", name])];
  const names = new Map(desk.viewpoints.map((one) => [one.key, one.name]));
  const seen = viewpoint === null ? "" : ` on “${visible(names.get(viewpoint) ?? viewpoint)}”`;
  return [
    ...(changes.length > 0 ? [{ key: "tried", title: `what is tried: ${plural(changes.length, "change")}${seen}`, group: here, other: false }] : []),
    ...desk.viewpoints.map((one) => ({ key: `view:${one.key}`, title: visible(one.name), group: "Viewpoints of the file", other: false })),
    { key: "file", title: "the file as it is written", group: here, other: false },
    ...others.filter(([kind, name]) => kind !== desk.source.kind || name !== desk.source.name)
      .map(([kind, name]) => ({ key: `${kind}:${name}`, title: visible(name ?? ""), group: kind === "file" ? "Other files" : "Packaged cases", other: true })),
  ];
}

/**
 * The question that a choice stands for, its text fetched first where it is another file; `shown` says that the page shows its states.
 * @param {Desk} desk
 * @param {string | null} key
 * @returns {{asked: Asked | null, shown: boolean, problems: import("../types").Diagnostic[]}}
 */
export function useSide(desk, key) {
  const [kind, name] = key === null ? ["", ""] : [key.split(":")[0] ?? "", key.slice(key.indexOf(":") + 1)];
  const elsewhere = (kind === "file" || kind === "case") && key !== "file";
  const [held, hold] = useState(/** @type {{key: string, name: string, text: string} | null} */ (null));
  const [problems, tell] = useState(/** @type {import("../types").Diagnostic[]} */ ([]));
  useEffect(() => {
    tell([]);
    if (!elsewhere || key === null) return undefined;
    let late = false;
    ask("GET", address({ kind: /** @type {"file" | "case"} */ (kind), name })).then(
      (found) => late || hold({ key, name: found.name, text: found.text }),
      (error) => late || tell(told(error)),
    );
    return () => {
      late = true;
    };
  }, [key]);
  const asked = useMemo(() => {
    const plain = { ...desk.plain, viewpoint: null, changes: [] };
    if (key === "file") return plain;
    if (key === "tried") return desk.asked;
    if (kind === "view") return { ...plain, viewpoint: name };
    return held !== null && held.key === key ? { name: held.name, text: held.text, viewpoint: null, changes: [] } : null;
  }, [desk.asked, desk.plain, key, held]);
  const shown = asked !== null && asked.text === desk.asked.text && asked.name === desk.asked.name && asked.viewpoint === desk.asked.viewpoint
    && JSON.stringify(asked.changes) === JSON.stringify(desk.asked.changes);
  return { asked, shown, problems };
}

/**
 * One of the two.
 * @param {{name: string, title: string, sides: Choice[], chosen: string | null, changes: string[], choose: (key: string) => void}} props
 */
export function Side({ name, title, sides, chosen, changes, choose }) {
  const groups = [...new Set(["This conflict", ...sides.map((side) => side.group)])];
  return html`<div><label>${title}<select name=${name} value=${chosen ?? ""} onChange=${(/** @type {any} */ event) => choose(event.currentTarget.value)}>
      ${chosen === null && html`<option value="" disabled selected>choose…</option>`}
      ${groups.map((group) => html`<optgroup label=${group}>${sides.filter((side) => side.group === group).map((side) => html`<option value=${side.key} selected=${side.key === chosen}>${side.title}</option>`)}</optgroup>`)}
    </select></label>
    ${changes.length > 0 && html`<ul aria-label=${`Changes in the ${name}`}>${changes.map((one) => html`<li><${Text} text=${one} /></li>`)}</ul>`}</div>`;
}
