// The states of a conflict as the server has them: rows by their place in an order, fetched when they come in sight.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ask, problems } from "./api.js";

/** How many rows are fetched together. */
const PAGE = 200;

/** @typedef {{where: string | null, order: string, reverse: boolean}} Query  which states, in which order */

/** One table: a conflict, and a question about its states. */
export class Table {
  /**
   * @param {import("./types").Asked} asked
   * @param {Query} query
   * @param {() => void} changed  is told whenever there is more to show
   */
  constructor(asked, query, changed) {
    this.asked = asked;
    this.query = query;
    this.changed = changed;
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
   * The rows of a page.
   * @param {number} number
   */
  page(number) {
    const known = this.fetched.get(number);
    if (known) return known;
    const found = this.ask({ offset: number * PAGE, limit: PAGE }).then(
      (/** @type {import("./types").States} */ told) => {
        this.head ??= told;
        told.rows.forEach((row, at) => {
          this.rows.set(number * PAGE + at, row);
          this.places.set(String(row.id), number * PAGE + at);
        });
        this.changed();
        return told.rows;
      },
      (error) => {
        this.fetched.delete(number);
        if (!this.stop.signal.aborted) {
          this.problems = problems(error);
          this.changed();
        }
        return [];
      },
    );
    this.fetched.set(number, found);
    return found;
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
    const { where, order, reverse } = this.query;
    if (this.head && where === null && order === "number" && !reverse && /^\d+$/.test(id) && Number(id) >= 1 && Number(id) <= this.count) {
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
 * The table for a question; while it is not there, the last one that was, as `pending`.
 * @param {import("./types").Asked} asked
 * @param {Query} query
 */
export function useTable(asked, query) {
  const [, again] = useState(0);
  const table = useMemo(() => new Table(asked, query, () => again((times) => times + 1)), [asked, query]);
  const last = useRef(/** @type {Table | null} */ (null));
  useEffect(() => {
    table.page(0);
    return () => table.stop.abort();
  }, [table]);
  if (table.head) last.current = table;
  return { table: last.current, problems: table.problems, pending: last.current !== table };
}
