// What can be changed of one decision maker: what they want, their red lines, the directions of their options.
import { useState } from "preact/hooks";
import { classes, html, plural, Text, visible } from "../html.js";
import { Chip } from "../parts.js";
import { Adding, Statements, Switches } from "./items.js";
import { Ranking, Weights } from "./orders.js";

/** @typedef {import("../types/whatif").Trying} Trying */

const WAYS = /** @type {const} */ ([["both", "taken up and given up"], ["only_on", "taken up, not given up again"], ["only_off", "given up, not taken up again"]]);

/**
 * One decision maker, folded until it is opened.
 * @param {{party: import("../types/whatif").PartyChangeable, desk: import("../types").Desk, trying: Trying, opened: boolean}} props
 */
export function PartyChanges({ party, desk, trying, opened }) {
  const [open, unfold] = useState(opened);
  const parties = desk.head.decision_makers;
  const known = parties.find((one) => one.key === party.key);
  const lists = [...(party.statements ?? []), ...party.red_lines];
  const options = trying.outline.options.filter((option) => option.owners.includes(party.key));
  const touched = lists.filter((item) => item.changes.length > 0).length + (party.weights ?? []).filter((one) => one.weight !== one.was).length
    + (party.levels ?? []).flatMap((level, place) => level.filter((state) => state.was !== null && state.was !== place + 1)).length
    + options.filter((option) => option.was !== null && option.was !== option.direction).length;
  const dm = party.key;
  const bare = party.statements === null && party.levels === null && party.weights === null;
  return html`<details class=${classes("party", known && `of-${known.key === desk.by}`)} open=${open} onToggle=${(/** @type {any} */ event) => unfold(event.currentTarget.open)}>
    <summary>${known ? html`<${Chip} parties=${parties} party=${known} quiet=${true} /> <${Text} text=${known.name} />` : html`<${Text} text=${dm} />`}${touched > 0 && html` <span class="note">${plural(touched, "place")} changed</span>`}</summary>
    ${open && html`
      ${party.statements && html`<h4>Wants, the most important first</h4><${Statements} ...${{ dm, trying }} statements=${party.statements} />`}
      ${party.levels && html`<h4>${party.statements ? "Ranking where nothing above decides" : "Ranking"}, best first</h4><${Ranking} ...${{ dm, trying }} levels=${party.levels} options=${desk.head.options} current=${desk.state} select=${(/** @type {string} */ state) => desk.select({ state })} />`}
      ${party.levels === null && party.ranked > 0 && html`<p class="quiet">The ranking is of ${plural(party.ranked, "state")}, too many to be put in order here; change it in the text of the file.</p>`}
      ${party.weights && html`<h4>Weights of options</h4><${Weights} ...${{ dm, trying }} weights=${party.weights} />`}
      ${bare && html`<p class="quiet">Nothing is said of what they want; say it in the text of the file.</p>`}
      <h4>Red lines: never</h4>
      <${Switches} items=${party.red_lines} none="There is none." label=${`Red lines of ${dm}`} trying=${trying} off=${(/** @type {import("../types/whatif").Item} */ item) => ({ change: "remove red line", dm, place: item.place })} />
      <${Adding} label="Add a red line" hint="a condition, such as: A and not B" add=${(/** @type {string} */ never) => trying.also({ change: "add red line", dm, place: 1 + party.red_lines.filter((item) => item.place !== null).length, never })} />
      ${options.length > 0 && html`<h4>Options can be</h4><ul class="ways" aria-label="Directions of options">${options.map((option) => html`<li key=${option.key}><label><${Text} text=${option.name} />
        <select aria-label=${visible(`${option.name} can be`)} value=${option.direction} onChange=${(/** @type {any} */ event) => trying.also({ change: "set direction", option: option.key, direction: event.currentTarget.value })}>
          ${WAYS.map(([way, says]) => html`<option value=${way}>${says}${way === option.was && way !== option.direction ? " (as it was)" : ""}</option>`)}</select></label></li>`)}</ul>`}`}
  </details>`;
}
