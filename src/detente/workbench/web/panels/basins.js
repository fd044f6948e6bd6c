// Where improvements lead from all states: groups of states that lead to the same ends.
import { useMemo } from "preact/hooks";
import { Drawing } from "../drawing.js";
import { Export, filed } from "../export.js";
import { grouped, html, plural, Text } from "../html.js";
import { useJob } from "../jobs.js";
import { Chip, Problems, StateLink } from "../parts.js";
import { number } from "../table.js";

/** @typedef {import("../types/moves").Condensed} Told */

/**
 * The drawing, and the same as a table.
 * @param {{desk: import("../types").Desk}} props
 */
export function Basins({ desk }) {
  const { asked, under, state } = desk;
  const { answer, problems, pending, progress, stop, start, givenUp } = useJob("/api/condensed", useMemo(() => ({ ...asked, under }), [asked, under]));
  const told = /** @type {Told | null} */ (answer);
  const select = (/** @type {string} */ id) => desk.select({ state: id });
  if (!told) {
    return html`<${Problems} found=${problems} />
      ${pending && html`<p role="status">Looking where improvements lead${progress && `: ${progress}`}… <button type="button" onClick=${stop}>Give up</button></p>`}
      ${givenUp && html`<p>It was given up. <button type="button" onClick=${start}>Look again</button></p>`}`;
  }
  return html`<${Drawing} svg=${told.drawing.svg} name=${filed(`${asked.name}-condensed`)} current=${state} select=${select} />
    <p class="quiet caption">${told.drawing.caption}</p>
    ${told.not_known.map((one) => html`<p><${Text} text=${one.reason} /></p>`)}
    <${Groups} ...${{ told, state, select }} name=${asked.name} />`;
}

/**
 * The groups, each with what it leads to.
 * @param {{told: Told, state: string | null, name: string, select: (id: string) => void}} props
 */
function Groups({ told, state, name, select }) {
  const { decision_makers: parties, under } = told;
  const counted = told.groups.some((group) => group.equilibria !== null);
  const after = (/** @type {number} */ group) => told.leads.filter((lead) => lead.from === group);
  const rows = () => told.groups.map((group) => [
    group.number, group.says, number(String(group.states)), number(String(group.first.id)),
    ...(counted ? [group.equilibria === null ? null : number(String(group.equilibria))] : []),
    after(group.number).map((lead) => `${lead.to}: ${Object.entries(lead.by).map(([by, count]) => `${by} ${count}`).join(", ")}`).join("; "),
  ]);
  const columns = ["group", "what it is", "states", "one of them", ...(counted ? [`equilibria under ${under}`] : []), "leads to"];
  return html`<details class="groups"><summary>The same as a table: ${plural(told.groups.length, "group")}, ${plural(told.ends, "end")}</summary>
  <div class="scroll" tabindex="0" role="group" aria-label="Groups of states"><table>
    <thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
    <tbody>${told.groups.map((group) => html`<tr key=${group.number}><th scope="row">${group.status_quo && html`<span aria-label="with the status quo">▸ </span>`}${group.number}</th>
      <td class="says"><${Text} text=${group.says} />${group.first.name && html` <${Text} text=${group.first.name} class="quiet" />`}</td>
      <td>${grouped(group.states)}</td><td><${StateLink} id=${group.first.id} current=${state} select=${select} /></td>
      ${counted && html`<td>${group.equilibria === null ? "?" : grouped(group.equilibria)}</td>`}
      <td class="leads">${after(group.number).filter((lead) => lead.drawn).map((lead) => html`<span key=${lead.to}>${lead.to} ${parties.filter((party) => party.key in lead.by).map((party) => html`<span class="nowrap">
        <${Chip} ...${{ parties, party }} /> ${grouped(lead.by[party.key] ?? 0)}</span>`)}</span>`)}</td></tr>`)}</tbody>
  </table></div>
  <p class="quiet">After each group that a group leads to: from how many of its states whose improvements lead there; a group that others lead to as well, by way of a third, is left out.</p>
  </details><div class="tools"><${Export} name=${`${name}-condensed`} columns=${columns} rows=${rows} /></div>`;
}
