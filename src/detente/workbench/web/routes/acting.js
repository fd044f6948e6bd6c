// Who may act on a path: some decision makers, each alone, or several of them also at once.
import { classes, html, Text } from "../html.js";
import { Chip } from "../parts.js";

/** @typedef {import("../types").Party} Party */

/**
 * Who may act, as the address says it: groups of keys; null where everybody may, alone.
 * @param {string | null} may
 * @param {Party[]} parties
 * @returns {string[][] | null}
 */
export function groupsOf(may, parties) {
  try {
    const said = JSON.parse(may ?? "null");
    if (!Array.isArray(said)) return null;
    const groups = said.map((group) => parties.map((party) => party.key).filter((key) => Array.isArray(group) && group.includes(key)));
    const known = groups.filter((group) => group.length > 0);
    return known.length > 0 ? known : null;
  } catch {
    return null;
  }
}

/**
 * The same as a word for the address.
 * @param {Party[]} parties
 * @param {string[]} acting  who may act
 * @param {string[]} together  those of them who may also act at once
 */
function written(parties, acting, together) {
  if (together.length < 2) return acting.length === parties.length ? null : JSON.stringify(acting.map((key) => [key]));
  return JSON.stringify([...acting.filter((key) => !together.includes(key)).map((key) => [key]), together]);
}

/**
 * The choice.
 * @param {{parties: Party[], groups: string[][] | null, choose: (may: string | null) => void}} props
 */
export function Acting({ parties, groups, choose }) {
  const keys = parties.map((party) => party.key);
  const acting = groups === null ? keys : keys.filter((key) => groups.some((group) => group.includes(key)));
  const together = (groups ?? []).find((group) => group.length > 1) ?? [];
  const turn = (/** @type {string} */ key) => {
    const next = keys.filter((one) => (one === key) !== acting.includes(one));
    choose(written(parties, next, together.filter((one) => next.includes(one))));
  };
  const join = (/** @type {string} */ key) => {
    const next = keys.filter((one) => (one === key) !== together.includes(one));
    choose(written(parties, acting, next));
  };
  return html`<fieldset class="pick"><legend>Who may act</legend>${parties.map((party) => html`<label><input type="checkbox" checked=${acting.includes(party.key)}
      disabled=${acting.length === 1 && acting[0] === party.key} onChange=${() => turn(party.key)} /> <${Chip} ...${{ parties, party, quiet: true }} /> <${Text} text=${party.name} class="clipped" /></label>`)}</fieldset>
    <fieldset class="pick"><legend>At once, by agreement</legend>
      ${acting.length < 2 ? html`<span class="quiet">one alone has nobody to agree with</span>` : html`
      <button type="button" class=${classes(together.length < 2 && "here")} aria-pressed=${together.length < 2} onClick=${() => choose(written(parties, acting, []))}>nobody</button>
      <button type="button" class=${classes(together.length === acting.length && "here")} aria-pressed=${together.length === acting.length} onClick=${() => choose(written(parties, acting, acting))}>all of them</button>
      ${parties.length > 2 && html`<${Some} ...${{ parties: parties.filter((party) => acting.includes(party.key)), all: parties, together, join, begin: () => choose(written(parties, acting, acting.slice(0, 2))) }} />`}`}
    </fieldset>`;
}

/**
 * Those who may act at once, one by one.
 * @param {{parties: Party[], all: Party[], together: string[], join: (key: string) => void, begin: () => void}} props
 */
function Some({ parties, all, together, join, begin }) {
  if (together.length < 2) return parties.length > 2 && html`<button type="button" aria-pressed="false" onClick=${begin}>some of them</button>`;
  return parties.map((party) => html`<label><input type="checkbox" checked=${together.includes(party.key)} disabled=${together.length === 2 && together.includes(party.key)} onChange=${() => join(party.key)} />
    <${Chip} parties=${all} party=${party} quiet=${true} /><span class="vh"><${Text} text=${party.name} /> at once with others</span></label>`);
}
