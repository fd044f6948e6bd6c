// Rankings of states, and weights of options.
import { grouped, html, Text, visible } from "../html.js";
import { Ordered } from "../reorder.js";
import { useTurns } from "./items.js";

/** @typedef {import("../types/whatif").Ranked} Ranked */
/** @typedef {import("../types/whatif").Trying} Trying */

/**
 * The states that a decision maker ranks, best first; states of one level are tied.
 * @param {{levels: Ranked[][], dm: string, trying: Trying, options: import("../types").Option[], current: string | null, select: (id: string) => void}} props
 */
export function Ranking({ levels, dm, trying, options, current, select }) {
  const items = levels.flatMap((states, level) => states.map((state) => ({ ...state, level, tied: states.length, key: state.taken.join("\n"), called: named(state) })));
  /** @param {(typeof items)[number]} item @param {number} to @param {boolean} tied */
  const put = (item, to, tied) => trying.also({ change: "place ranked state", dm, taken: item.taken, to, tied });
  /** @param {(typeof items)[number]} item @param {number} _ @param {number} to */
  const move = (item, _, to) => {
    const rest = items.filter((one) => one !== item);
    const alone = item.tied === 1;
    /** The number of a level once the item is out of it. @param {number} level */
    const number = (level) => level + 1 - (alone && level > item.level ? 1 : 0);
    const [before, after] = [rest[to - 2], rest[to - 1]];
    if (before && after && before.level === after.level) return put(item, number(before.level), true);
    if (after) return put(item, number(after.level), false);
    return put(item, before ? number(before.level) + 1 : 1, false);
  };
  /** The place one level up or down, or out of a tie, which is one at either end as well; null where there is none. @param {(typeof items)[number]} item @param {1 | -1} by */
  const next = (item, by) => {
    const to = item.level + (item.tied > 1 ? (by < 0 ? 1 : 2) : by < 0 ? 0 : 2);
    return to < 1 || (item.tied === 1 && to > levels.length) ? null : to;
  };
  /** @param {(typeof items)[number]} item @param {1 | -1} by */
  const steps = (item, by) => next(item, by) !== null;
  /** @param {(typeof items)[number]} item @param {1 | -1} by */
  const stepped = (item, by) => {
    const to = next(item, by);
    if (to !== null) put(item, to, false);
    return to !== null;
  };
  /** What stands one level above. @param {(typeof items)[number]} item */
  const above = (item) => JSON.stringify(levels[item.level - 1]?.map((state) => state.taken) ?? null);
  const tie = useTurns(trying, ["ranking", dm], items, (item, /** @type {string} */ with_) => {
    if (item.level > 0 && item.tied === 1 && above(item) === with_) put(item, item.level, true);
  });
  const untie = useTurns(trying, ["untied", dm], items, (item) => item.tied > 1 && put(item, item.level + 1, false));
  return html`<${Ordered} ...${{ items, move, stepped, steps }} number=${(/** @type {(typeof items)[number]} */ item) => item.level + 1} label=${`The ranking of ${dm}, best first`} busy=${trying.busy}
    row=${(/** @type {(typeof items)[number]} */ item, /** @type {number} */ _, /** @type {0 | -1} */ tab) => html`<span class="item">
      ${item.state === null ? html`<span class="quiet">no state</span>` : html`<button type="button" class="state" data-control="state" tabindex=${tab} aria-label=${`state ${grouped(item.state)}`}
        aria-current=${String(item.state) === current ? "true" : undefined} onClick=${() => select(String(item.state))}>${grouped(item.state)}</button>`}
      ${" "}<span>${item.name && html`<${Text} text=${item.name} class="name" /> `}<${Text} text=${standing(item, options)} class="quiet" />
      ${item.tied > 1 && html` <span class="note">tied, level ${item.level + 1}</span>`}${item.was !== null && item.was !== item.level + 1 && html` <span class="note">was ${item.was}</span>`}</span></span>
      ${item.level > 0 && item.tied === 1 && html`<span class="turns"><button type="button" data-control="tie" tabindex=${tab} aria-label=${`${visible(item.called)}: tie with what is above`}
        onClick=${() => tie(item, above(item))}>tie</button></span>`}
      ${item.tied > 1 && html`<span class="turns"><button type="button" data-control="tie" tabindex=${tab} aria-label=${`${visible(item.called)}: untie it, above the others`}
        onClick=${() => untie(item)}>untie</button></span>`}`} />`;
}

/**
 * What is taken in a state.
 * @param {Ranked} state
 * @param {import("../types").Option[]} options
 */
function standing({ choice, taken }, options) {
  if (choice === null || choice.length !== options.length) return taken.join(", ") || "nothing is taken";
  const keys = (/** @type {string} */ letter) => options.filter((_, place) => choice[place] === letter).map((option) => option.key);
  const either = keys("-").length > 0 ? "; the others either way" : "";
  return `${keys("Y").join(", ") || "nothing is taken"}${either}`;
}

/** @param {Ranked} state */
const named = (state) => (state.state === null ? state.taken.join(", ") : `state ${grouped(state.state)}`);

/**
 * How much each option weighs for a decision maker.
 * @param {{weights: import("../types/whatif").Weight[], dm: string, trying: Trying}} props
 */
export function Weights({ weights, dm, trying }) {
  return html`<ul class="weights" aria-label=${visible(`What options weigh for ${dm}`)}>${weights.map((one) => html`<li key=${one.option}><label><input type="number" step="1" value=${one.weight}
    onChange=${(/** @type {any} */ event) => {
      const field = event.currentTarget, weight = field.valueAsNumber;
      if (!Number.isSafeInteger(weight)) field.value = one.weight;  // no weight is left as it was, and seen to be
      else if (weight !== one.weight) trying.also({ change: "set weight", dm, option: one.option, weight });
    }} /> <${Text} text=${one.option} /></label>${one.weight !== one.was && html` <span class="note">was ${grouped(one.was)}</span>`}</li>`)}</ul>`;
}
