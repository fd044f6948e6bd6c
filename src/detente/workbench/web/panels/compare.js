// Two conflicts side by side, differences only: viewpoints, what is tried, other files; and all viewpoints of the file at once.
import { useMemo } from "preact/hooks";
import { useAnswer } from "../api.js";
import { cut } from "../bar.js";
import { html } from "../html.js";
import { Panel, Problems } from "../parts.js";
import { Differs } from "../routes/differs.js";
import { Side, sidesOf, useSide } from "../routes/sides.js";
import { AllViews } from "../routes/views.js";
import { read } from "../selection.js";

/** @typedef {import("../types").Desk} Desk */

/**
 * The view.
 * @param {{desk: Desk}} props
 */
export function Compare({ desk }) {
  const said = read(location.search);
  const sides = sidesOf(desk);
  const known = (/** @type {string | null} */ key) => (sides.some((side) => side.key === key) ? key : null);
  const first = known(said.first) ?? (desk.asked.changes.length > 0 && desk.asked.viewpoint !== null ? `view:${desk.asked.viewpoint}` : "file");
  const second = known(said.second) ?? sides.find((side) => side.key !== first && !side.other)?.key ?? null;
  const one = useSide(desk, first), other = useSide(desk, second);
  const body = useMemo(() => (one.asked === null || other.asked === null ? null : { first: one.asked, second: other.asked }), [one.asked, other.asked]);
  const { answer, problems, pending: asking } = useAnswer("/api/difference", body);
  const fetching = body === null && second !== null && one.problems.length + other.problems.length === 0, pending = asking || fetching;
  const found = /** @type {import("../types/routes").Difference | null} */ (body === null && !fetching ? null : answer);  // what is compared no longer is not shown
  const swap = () => desk.select({ first: second, second: first });
  return html`<${Panel} id="compare" title="Compare" pending=${pending}>
    <div class="sides">
      <${Side} name="first" title="First" ...${{ sides, chosen: first, changes: found?.first.changes ?? [] }} choose=${(/** @type {string} */ key) => desk.select({ first: key })} />
      <${Side} name="second" title="Second" ...${{ sides, chosen: second, changes: found?.second.changes ?? [] }} choose=${(/** @type {string} */ key) => desk.select({ second: key })} />
    </div>
    ${desk.files && cut(desk.files) && html`<p class="quiet">Listed of the folder: ${cut(desk.files)}. Any other is compared where the address says <code>second=file:</code> and its path within the folder.</p>`}
    <p><button type="button" disabled=${second === null} onClick=${swap}>Exchange first and second</button></p>
    <${Problems} found=${[...one.problems, ...other.problems, ...problems]} />
    ${second === null && html`<p>Choose what the file is compared with: try a change, or take another file.</p>`}
    ${pending && !found && html`<p class="quiet" role="status">Comparing…</p>`}
    ${found && html`<${Differs} ...${{ found, desk }} linked=${linked(found, one.shown, other.shown)} />`}
    ${desk.viewpoints.length > 0 ? html`<${AllViews} desk=${desk} />`
      : html`<p class="quiet">The file has no viewpoints; with some, all of them can be compared here at once.</p>`}
  </${Panel}>`;
}

/**
 * Whether states may be links: those of the second are the states that the page shows.
 * @param {import("../types/routes").Difference} found
 * @param {boolean} firstShown
 * @param {boolean} secondShown
 */
function linked(found, firstShown, secondShown) {
  return secondShown || (firstShown && found.comparable && String(found.states.gained) === "0" && String(found.states.lost) === "0");
}
