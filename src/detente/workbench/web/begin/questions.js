// The five questions.
import { useState } from "preact/hooks";
import { html, visible } from "../html.js";
import { Pick } from "../pick.js";

/** @typedef {import("../types/begin").Answers} Answers */
/** @typedef {import("../types/begin").Meant} Meant */
/** @typedef {{answers: Answers, say: (what: Partial<Answers>) => void}} Props */

/** @param {any} event @returns {string} */
const value = (event) => event.currentTarget.value;
/** @param {Meant} one @param {Meant} other */
const same = (one, other) => one.party === other.party && one.option === other.option;

/** @param {Props} props */
export function Title({ answers, say }) {
  return html`<label class="wide">Title <input value=${answers.title} maxlength="1000" required autocomplete="off" onInput=${(/** @type {any} */ event) => say({ title: value(event) })} /></label>
    <label class="wide">What you want to know <input value=${answers.question} maxlength="10000" autocomplete="off" onInput=${(/** @type {any} */ event) => say({ question: value(event) })} /></label>`;
}

/**
 * Lines that are typed, with one more below.
 * @param {{lines: string[], called: (place: number) => string, more: string, change: (lines: string[]) => void, drop: (place: number) => void}} props
 */
function Lines({ lines, called, more, change, drop }) {
  return html`<ol>${lines.map((line, place) => html`<li class="line"><input aria-label=${called(place)} placeholder=${called(place)} maxlength="200" autocomplete="off" value=${line}
      onInput=${(/** @type {any} */ event) => change(lines.map((other, at) => (at === place ? value(event) : other)))} />
    <button type="button" class="small" aria-label=${`Take ${called(place)} out`} disabled=${lines.length === 1} onClick=${() => drop(place)}>✕</button></li>`)}</ol>
    <button type="button" onClick=${() => change([...lines, ""])}>${more}</button>`;
}

/**
 * What is meant once a party or an option is taken out: nothing of it, and the others under their new numbers.
 * @param {Answers} answers
 * @param {number} party
 * @param {number | null} option
 * @returns {Partial<Answers>}
 */
function without(answers, party, option) {
  const move = (/** @type {Meant} */ one) => {
    if (option === null) return one.party === party ? [] : [{ ...one, party: one.party - Number(one.party > party) }];
    if (one.party !== party) return [one];
    return one.option === option ? [] : [{ ...one, option: one.option - Number(one.option > option) }];
  };
  const parties = answers.parties
    .map((one, place) => ({ ...one, wants: one.wants.flatMap(move), options: place === party && option !== null ? one.options.filter((_, at) => at !== option) : one.options }))
    .filter((_, place) => option !== null || place !== party);
  const limits = answers.limits.map((limit) => ({ ...limit, options: limit.options.flatMap(move) })).filter((limit) => limit.options.length > 1);
  return { parties, limits, open: { ...answers.open, options: answers.open.options.flatMap(move) }, taken: answers.taken.flatMap(move) };
}

/** @param {Props} props */
export function Parties({ answers, say }) {
  const names = answers.parties.map((party) => party.name);
  return html`<p class="quiet">Persons, groups, authorities, states: whoever can do something that matters here.</p>
    <${Lines} lines=${names} called=${(/** @type {number} */ place) => `Decision maker ${place + 1}`} more="One more decision maker"
      change=${(/** @type {string[]} */ lines) => say({ parties: lines.map((name, place) => ({ ...(answers.parties[place] ?? { options: [""], wants: [] }), name })) })}
      drop=${(/** @type {number} */ place) => say(without(answers, place, null))} />`;
}

/**
 * Those who decide and have a name.
 * @param {Answers} answers
 */
const deciding = (answers) => answers.parties.flatMap((party, place) => (party.name.trim() === "" ? [] : [{ party, place }]));

/**
 * Those that are meant and, having names, can be taken.
 * @param {Answers["parties"]} parties
 * @param {Meant[]} meant
 */
export const named = (parties, meant) => meant.filter((one) => parties[one.party]?.name.trim() && parties[one.party]?.options[one.option]?.trim());

/**
 * All that can be done.
 * @param {Answers} answers
 */
const doable = (answers) =>
  deciding(answers).flatMap(({ party, place }) => party.options.flatMap((name, option) => (name.trim() === "" ? [] : [{ party: place, option, name, by: party.name }])));

/** @param {Props} props */
export function Can({ answers, say }) {
  return html`<p class="quiet">Each is something that is done or not done: “delay the appeal”, “accept the order”.</p>
    ${deciding(answers).map(({ party, place }) => html`<section class=${`p${(place % 8) + 1}`} aria-label=${party.name}><h3>${visible(party.name)}</h3>
      <${Lines} lines=${party.options} called=${(/** @type {number} */ at) => `Option ${at + 1} of ${party.name}`} more=${`One more option of ${visible(party.name)}`}
        change=${(/** @type {string[]} */ options) => say({ parties: answers.parties.map((other, at) => (at === place ? { ...other, options } : other)) })}
        drop=${(/** @type {number} */ at) => say(without(answers, place, at))} /></section>`)}`;
}

/**
 * Chooses an option, and whether it is meant to be taken.
 * @param {{answers: Answers, label: string, signs: boolean, add: (one: Meant) => void}} props
 */
function Choose({ answers, label, signs, add }) {
  const options = doable(answers).flatMap((one) =>
    (signs ? [1, 0] : [1]).map((taken) => ({ value: `${one.party} ${one.option} ${taken}`, says: `${visible(one.by)}: ${taken ? "" : "not "}${visible(one.name)}` })));
  const pick = (/** @type {string} */ chosen) => {
    const [party, option, taken] = chosen.split(" ").map(Number);
    if (party !== undefined && option !== undefined) add({ party, option, taken: taken === 1 });
  };
  return html`<${Pick} label=${label} hint=${`${label}…`} options=${options} pick=${pick} />`;
}

/**
 * What is meant, in words.
 * @param {Answers} answers
 * @param {Meant} one
 */
function words(answers, one) {
  const party = answers.parties[one.party];
  return visible(`${party?.name ?? ""}: ${one.taken ? "" : "not "}${party?.options[one.option] ?? ""}`);
}

/** @param {Props} props */
export function Wants({ answers, say }) {
  const [moved, tell] = useState("");
  const change = (/** @type {number} */ place, /** @type {Meant[]} */ wants, news = "") => {
    tell(news);
    say({ parties: answers.parties.map((party, at) => (at === place ? { ...party, wants } : party)) });
  };
  return html`<p class="quiet">What somebody wants done or not done, by anybody. The first counts more than all the others together.<span class="vh" role="status"> ${moved}</span></p>
    ${deciding(answers).map(({ party, place }) => html`<section class=${`p${(place % 8) + 1}`} aria-label=${party.name}><h3>${visible(party.name)}</h3>
      <ol>${party.wants.map((one, at) => {
        const said = words(answers, one);
        const move = (/** @type {number} */ to) => change(place, party.wants.toSpliced(at, 1).toSpliced(to, 0, one), `${said}: now ${to + 1} of ${party.wants.length}`);
        return html`<li class="line" key=${`${one.party} ${one.option}`}><span class="grow">${at + 1}. ${said}</span>
          <button type="button" class="small" aria-label=${`Move “${said}” up for ${party.name}`} disabled=${at === 0} onClick=${() => move(at - 1)}>▴</button>
          <button type="button" class="small" aria-label=${`Move “${said}” down for ${party.name}`} disabled=${at === party.wants.length - 1} onClick=${() => move(at + 1)}>▾</button>
          <button type="button" class="small" aria-label=${`Take “${said}” out for ${party.name}`} onClick=${() => change(place, party.wants.toSpliced(at, 1))}>✕</button></li>`;
      })}</ol>
      <${Choose} answers=${answers} label=${`${visible(party.name)} wants`} signs=${true} add=${(/** @type {Meant} */ one) => change(place, [...party.wants.filter((other) => !same(one, other)), one])} /></section>`)}`;
}

const KINDS = /** @type {const} */ ([
  ["at most one", "no two of these"], ["exactly one", "one of these, and no two"], ["at least one", "one of these, or more"], ["only if", "the first only if all the others"],
]);

/** @param {Props} props */
export function Limits({ answers, say }) {
  const { kind, options } = answers.open;
  const pick = (/** @type {Meant[]} */ picked) => say({ open: { kind, options: picked } });
  const put = () => say({ limits: [...answers.limits, answers.open], open: { kind, options: [] } });
  const whole = named(answers.parties, options).length > 1;
  return html`<h3>What can't be</h3><ul>${answers.limits.map((limit, place) => {
      const said = `${limit.kind}: ${limit.options.map((one) => words(answers, one)).join("; ")}`;
      return html`<li class="line"><span class="grow">${said}</span><button type="button" class="small" aria-label=${`Take “${said}” out`} onClick=${() => say({ limits: answers.limits.toSpliced(place, 1) })}>✕</button></li>`;
    })}</ul>
    <div class="tools"><label>Can be taken: <select value=${kind} onChange=${(/** @type {any} */ event) => say({ open: { kind: /** @type {import("../types/begin").LimitKind} */ (value(event)), options } })}>${KINDS.map(([key, says]) => html`<option value=${key}>${says}</option>`)}</select></label>
      ${options.map((one, place) => html`<button type="button" aria-label=${`Take ${words(answers, one)} out of what can't be`} onClick=${() => pick(options.toSpliced(place, 1))}>${words(answers, one)} ✕</button>`)}
      <${Choose} answers=${answers} label="add an option" signs=${false} add=${(/** @type {Meant} */ one) => pick([...options.filter((other) => !same(one, other)), one])} />
      <button type="button" disabled=${options.length < 2} onClick=${put}>Put it in</button></div>
    <p class="quiet" role="status">${whole && "This is put in as well when you begin."}</p>
    <h3>What is done now</h3>${doable(answers).map((one) => {
      const meant = { party: one.party, option: one.option, taken: true };
      const now = answers.taken.some((other) => same(meant, other));
      return html`<label class="ticked"><input type="checkbox" checked=${now} onChange=${() => say({ taken: now ? answers.taken.filter((other) => !same(meant, other)) : [...answers.taken, meant] })} /> ${visible(one.by)}: ${visible(one.name)}</label>`;
    })}`;
}
