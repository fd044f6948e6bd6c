// All states as a table: options taken, ranks, and for each concept whether it is an equilibrium, or who would leave.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ask as request } from "../api.js";
import { Export } from "../export.js";
import { Grid } from "../grid.js";
import { classes, grouped, html, plural, visible } from "../html.js";
import { Chip, colour, Panel, Problems } from "../parts.js";

const SIGNS = /** @type {Record<string, [string, string]>} */ ({ Y: ["✓", "taken"], N: ["·", "not taken"], "-": ["–", "either"] });

/** Most rows that are printed. */
const PRINTED = 2_000;

/** @typedef {import("../table.js").Query} Query */

/**
 * The panel.
 * @param {{table: import("../table.js").Table, query: Query, ask: (query: Query) => void, found: import("../types").Diagnostic[],
 *   selected: string | null, under: string, pending: boolean, select: (id: string, passing?: boolean) => void}} props
 */
export function States({ table, query, ask, found, selected, under, pending, select }) {
  const head = /** @type {import("../types").States} */ (table.head);
  const listed = head.total !== null;
  const { where } = table.query;  // of what is shown, which is not yet what was asked, or never will be
  const last = useRef(selected);
  last.current = selected;
  const columns = 1 + head.options.length + head.decision_makers.length + head.concepts.length;
  const place = selected === null ? null : table.places.get(selected);
  const choose = async (/** @type {number} */ to, /** @type {boolean} */ passing) => {
    const before = last.current;
    const row = await table.row(to);
    if (row && last.current === before) select(String(row.id), passing);
  };
  return html`<${Panel} id="states" title="States" pending=${pending} tools=${html`<div class="tools"><${Where} ...${{ query, ask }} /><${GoTo} select=${select} /></div>`}>
    <${Problems} found=${found} label="Problems with the condition or the order" />
    <p class="quiet">${listed ? html`${plural(table.count, "state")}${where !== null && " that meet the condition"}; ${plural(head.equilibria?.[under] ?? 0, "equilibrium", "equilibria")} under ${under} among them.`
      : "The states are too many to be listed: these are the status quo and the states with names."}
      ${" "}✓ taken, – either; ● equilibrium, otherwise the letters of who would leave; ▸ status quo.</p>
    <${Grid} label="States" count=${table.count} selected=${place ?? -1} columns=${columns} need=${(/** @type {number} */ from, /** @type {number} */ to) => table.need(from, to)} there=${() => table.there()}
      head=${html`<${Head} ...${{ head, under, query, ask }} />`} choose=${choose}
      row=${(/** @type {number} */ at) => {
        const row = table.rows.get(at);
        return row ? cells(head, row, under) : [html`<td colspan=${columns} class="quiet">…</td>`];
      }} />
    <div class="tools below">${listed ? html`<${Export} name=${`${table.asked.name}-states`} file=${(/** @type {import("../export.js").Format} */ format) => request("POST", "/api/table", { ...table.asked, where, format })} />`
      : html`<${Export} name=${`${table.asked.name}-states`} columns=${["state", "name", ...head.options.map((option) => option.key)]}
        rows=${() => [...table.rows.values()].map((row) => [String(row.id), row.name ?? null, ...row.choice])} />`}
      <${Print} table=${table} /></div>
  </${Panel}>`;
}

/**
 * Prints the page with all rows, or as many as are printed at most; what the browser prints by itself has the rows that are there.
 * @param {{table: import("../table.js").Table}} props
 */
function Print({ table }) {
  const [busy, work] = useState(false);
  const all = async () => {
    work(true);
    await table.load(PRINTED);
    work(false);
    setTimeout(print);
  };
  return html`<button type="button" aria-disabled=${busy} onClick=${() => busy || all()}>${table.count > PRINTED ? `Print, with the first ${grouped(PRINTED)} rows` : "Print, with all rows"}</button>`;
}

/**
 * Which states are shown: those that meet a condition.
 * @param {{query: Query, ask: (query: Query) => void}} props
 */
function Where({ query, ask }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useLayoutEffect(() => {  // what is being typed stays until another condition is asked
    if (field.current && field.current.value.trim() !== (query.where ?? "")) field.current.value = query.where ?? "";
  }, [query.where]);
  const submit = (/** @type {any} */ event) => {
    event.preventDefault();
    ask({ ...query, where: new FormData(event.currentTarget).get("where")?.toString().trim() || null });
  };
  return html`<form onSubmit=${submit} class="goto"><label>Where <input name="where" ref=${field} size="16" autocomplete="off" placeholder="A and not B" /></label>
    <button type="submit">Filter</button></form>`;
}

/**
 * Goes to a state by its number or its name.
 * @param {{select: (id: string) => void}} props
 */
function GoTo({ select }) {
  const go = (/** @type {any} */ event) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget).get("state")?.toString().trim() ?? "";
    if (said) select(/^[\d,]+$/.test(said) ? said.replaceAll(",", "") : said);
  };
  return html`<form onSubmit=${go} class="goto"><label>Go to <input name="state" size="7" autocomplete="off" placeholder="state" /></label>
    <button type="submit">Go</button></form>`;
}

/**
 * A heading that puts the states in order.
 * @param {{by: string, query: Query, ask: (query: Query) => void, label: string, children?: any}} props
 */
function Sort({ by, query, ask, label, children }) {
  const here = query.order === by;
  return html`<button type="button" class=${classes("sort", here && "here")} aria-label=${`order by ${label}`} aria-pressed=${here}
    onClick=${() => ask({ ...query, order: by, reverse: here && !query.reverse })}>${children}${here && html`<span aria-hidden="true">${query.reverse ? "▴" : "▾"}</span>`}</button>`;
}

/**
 * The head of the table: options under their owners, parties, concepts.
 * @param {{head: import("../types").States, under: string, query: Query, ask: (query: Query) => void}} props
 */
function Head({ head, under, query, ask }) {
  const parties = head.decision_makers;
  /** @type {{owner: string | null, count: number}[]} */
  const owners = [];
  for (const option of head.options) {
    const last = owners.at(-1);
    if (last && last.owner === option.owner) last.count += 1;
    else owners.push({ owner: option.owner, count: 1 });
  }
  return html`<thead>
    <tr><th scope="col" rowspan="2" class="number"><${Sort} by="number" label="state number" ...${{ query, ask }}>State</${Sort}></th>
      ${owners.map(({ owner, count }) => {
        const party = parties.find((one) => one.key === owner);
        return html`<th scope="colgroup" colspan=${count} class=${classes("owner", "edge", colour(parties, owner))}>${
          party ? html`<${Chip} ...${{ parties, party }} /><span class="vh"> ${visible(party.name)}</span>` : "nobody"}</th>`;
      })}
      <th scope="colgroup" colspan=${parties.length} class="edge">rank</th>
      <th scope="colgroup" colspan=${head.concepts.length} class="edge">equilibrium under</th></tr>
    <tr>${head.options.map((option, place) => html`<th scope="col" class=${classes("option", begins(head, place) && "edge")}
        title=${visible(option.name)}><span><bdi>${visible(option.key)}</bdi></span></th>`)}
      ${parties.map((party, place) => html`<th scope="col" class=${classes("rank", place === 0 && "edge")}>
        <${Sort} by=${`party/${party.key}`} label=${visible(`the rank for ${party.name}, ${party.letters}`)} ...${{ query, ask }}><${Chip} ...${{ parties, party, quiet: true }} /></${Sort}></th>`)}
      ${head.concepts.map((concept, place) => html`<th scope="col" title=${visible(concept.asks)} class=${classes("concept", place === 0 && "edge", concept.key === under && "under")}>
        <${Sort} by=${`concept/${concept.key}`} label=${`how few would leave under ${concept.key}`} ...${{ query, ask }}><span><bdi>${visible(concept.key)}</bdi></span></${Sort}></th>`)}</tr>
  </thead>`;
}

/**
 * Whether an option is the first of its owner.
 * @param {import("../types").States} head
 * @param {number} place
 */
function begins(head, place) {
  return place === 0 || head.options[place - 1]?.owner !== head.options[place]?.owner;
}

/**
 * The cells of one state.
 * @param {import("../types").States} head
 * @param {import("../types").Row} row
 * @param {string} under
 */
function cells(head, row, under) {
  const parties = head.decision_makers;
  return [
    html`<th scope="row" class="number" title=${row.name ? visible(row.name) : undefined}>${row.status_quo && html`<span aria-label="status quo">▸</span>`} ${grouped(row.id)}</th>`,
    ...head.options.map((option, place) => {
      const [sign, says] = SIGNS[row.choice[place] ?? ""] ?? ["?", "not known"];
      return html`<td class=${classes("taken", begins(head, place) && "edge", row.choice[place] === "Y" && colour(parties, option.owner))} aria-label=${says}>${sign}</td>`;
    }),
    ...parties.map((party, place) => html`<td class=${classes("rank", place === 0 && "edge")}>${grouped(row.rank[party.key] ?? "")}</td>`),
    ...head.concepts.map((concept, place) => html`<td class=${classes("mark", place === 0 && "edge", concept.key === under && "under")}>${mark(parties, concept.key, row)}</td>`),
  ];
}

/**
 * The mark of a state under a concept.
 * @param {import("../types").Party[]} parties
 * @param {string} concept
 * @param {import("../types").Row} row
 */
function mark(parties, concept, row) {
  if (row.equilibrium_under?.includes(concept)) return html`<span aria-label="equilibrium">●</span>`;
  const leavers = parties.filter((party) => row.leavers?.[concept]?.includes(party.key));
  if (leavers.length === 0) return html`<span aria-label="not known">?</span>`;
  return html`<span class="leavers" aria-label=${`would leave: ${leavers.map((party) => visible(party.name)).join(", ")}`}>${leavers.map(
    (party) => html`<span class=${colour(parties, party.key)}>${visible(party.letters).toLowerCase()}</span>`)}</span>`;
}
