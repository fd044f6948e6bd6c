// The states of a conflict as the server has them: rows by their place in an order, fetched when they come in sight.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ask, problems, Refused } from "./api.js";

/** How many rows are fetched together. */
const PAGE = 200;
/** After how many milliseconds rows are fetched that nobody looks at yet. */
const LATER = 1_500;

/** @typedef {{where: string | null, order: string, reverse: boolean}} Query  which states, in which order */

/** All states, by their numbers. @type {Query} */
const ALL = { where: null, order: "number", reverse: false };
/** @param {Query} query */
const isAll = ({ where, order, reverse }) => where === null && order === "number" && !reverse;

/** One table: a conflict, and a question about its states. */
export class Table {
  /**
   * @param {import("./types").Asked} asked
   * @param {Query} query
   * @param {() => void} changed  is told whenever there is more to show
   * @param {boolean} alone  whether there is nothing else to show of this conflict: all states then, where the question is refused
   */
  constructor(asked, query, changed, alone) {
    this.asked = asked;
    this.query = query;
    this.changed = changed;
    this.alone = alone;
    this.near = /** @type {string | null} */ (null);
    this.stop = new AbortController();
    /** @type {Map<number, Promise<import("./types").Row[]>>} */
    this.fetched = new Map();
    /** @type {Map<number, import("./types").Row>} */
    this.rows = new Map();
    /** @type {Map<string, number | null>} */
    this.places = new Map();
    /** @type {import("./types").States | null} */
    this.head = null;
    /** @type {import("./types").Diagnostic[]} */
    this.problems = [];
    /** What was wrong with the question, where all states are shown instead. @type {import("./types").Diagnostic[]} */
    this.unmet = [];
  }

  /** How many rows there are. */
  get count() {
    return this.head === null ? 0 : this.head.total === null ? this.rows.size : Number(this.head.total);
  }

  /**
   * Fetches the rows from one place to another.
   * @param {number} first
   * @param {number} last
   */
  need(first, last) {
    for (let page = Math.floor(first / PAGE); page * PAGE < last; page += 1) this.page(page);
  }

  /**
   * The row at a place.
   * @param {number} place
   */
  async row(place) {
    await this.page(Math.floor(place / PAGE));
    return this.rows.get(place) ?? null;
  }

  /**
   * Fetches the first page that is looked at: that of a state, or the very first where it is not in the table, or not known.
   * @param {string | null} id  null for the status quo
   */
  async begin(id) {
    this.near = id;
    const near = { limit: PAGE, find: id === null ? "status quo" : number(id), paged: true };
    const told = await this.ask(near).catch((error) => (error instanceof Refused && error.status === 400 ? null : this.failed(error)));
    if (told === undefined) return;
    if (told === null) {
      await this.page(0);
      return;
    }
    const first = Number(told.offset);
    if (id !== null) this.places.set(id, told.place === null ? null : Number(told.place));
    this.fetched.set(first / PAGE, Promise.resolve(told.rows));
    this.take(told);
    if (first > 0) setTimeout(() => this.stop.signal.aborted || this.page(0), LATER);  // what is printed begins there
  }

  /**
   * The rows of a page.
   * @param {number} number
   */
  page(number) {
    const known = this.fetched.get(number);
    if (known) return known;
    const found = this.ask({ offset: number * PAGE, limit: PAGE }).then(
      (/** @type {import("./types").States} */ told) => this.take(told),
      (error) => {
        this.fetched.delete(number);
        this.failed(error);
        return [];
      },
    );
    this.fetched.set(number, found);
    return found;
  }

  /**
   * Keeps the rows of a page.
   * @param {import("./types").States} told
   */
  take(told) {
    this.head ??= told;
    const first = Number(told.offset);
    told.rows.forEach((row, at) => {
      this.rows.set(first + at, row);
      this.places.set(String(row.id), first + at);
    });
    this.changed();
    return told.rows;
  }

  /**
   * Tells what is wrong, but to nobody who went on; where nothing else could be shown, with all states, if it is the question that is wrong.
   * @param {unknown} error
   */
  failed(error) {
    if (this.stop.signal.aborted) return;
    if (this.alone && this.head === null && !isAll(this.query) && error instanceof Refused) {
      this.unmet = problems(error);
      this.query = ALL;
      this.begin(this.near);
      return;
    }
    this.problems = problems(error);
    this.changed();
  }

  /** How many rows, from the first on, are there. */
  there() {
    let rows = 0;
    while (this.rows.has(rows)) rows += 1;
    return rows;
  }

  /**
   * Fetches so many rows from the first on, some pages at a time.
   * @param {number} most
   */
  async load(most) {
    const pages = Math.ceil(Math.min(most, this.count) / PAGE);
    for (let number = 0; number < pages; number += 1) await this.page(number);
  }

  /**
   * Looks where a state stands.
   * @param {string} id
   */
  async find(id) {
    if (this.places.has(id) || this.head?.total === null) return;
    if (this.head && isAll(this.query) && /^\d+$/.test(id) && Number(id) >= 1 && Number(id) <= this.count) {
      this.places.set(id, Number(id) - 1);  // all states in the order of their numbers, which begin at 1
      this.changed();
      return;
    }
    const told = await this.ask({ limit: 0, find: number(id) }).catch(() => null);
    this.places.set(id, told?.place ?? null);
    this.changed();
  }

  /** @param {object} more @returns {Promise<any>} */
  ask(more) {
    return ask("POST", "/api/states", { ...this.asked, ...this.query, ...more }, this.stop.signal);
  }
}

/**
 * A state as the server takes it: by its number, where JavaScript can hold it.
 * @param {string} id
 */
export function number(id) {
  return /^\d+$/.test(id) && Number.isSafeInteger(Number(id)) ? Number(id) : id;
}

/**
 * The table for a question; while it is not there, the last one that was, as `pending`.  `problems` are those of the conflict, and `unmet` those
 * of the condition and the order.
 * @param {import("./types").Asked} asked
 * @param {Query} query
 * @param {string | null} near  the state whose row is looked at first; null for the status quo
 */
export function useTable(asked, query, near) {
  const [, again] = useState(0);
  const last = useRef(/** @type {Table | null} */ (null));
  const table = useMemo(() => new Table(asked, query, () => again((times) => times + 1), last.current?.asked !== asked), [asked, query]);
  useEffect(() => {
    table.begin(near);
    return () => table.stop.abort();
  }, [table]);
  if (table.head) last.current = table;
  const here = last.current?.asked === asked;  // what is shown is no older than the conflict: what is refused is the condition, or the order, alone
  const pending = last.current !== table && !(here && table.problems.length > 0);
  return { table: last.current, problems: here ? NONE : table.problems, unmet: here ? [...table.unmet, ...table.problems] : NONE, pending };
}

const NONE = /** @type {import("./types").Diagnostic[]} */ ([]);
