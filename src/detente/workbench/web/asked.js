// What is asked only when a button is pressed: it stands in the address then, so that a link, or the page loaded again, asks the same by itself.
import { useEffect, useMemo, useState } from "preact/hooks";
import { begin, lastFor, useJob, useNews } from "./jobs.js";
import { LONGEST, read } from "./selection.js";

/** @typedef {import("./types").Desk} Desk */
/** @typedef {import("./types").Question} Question */

/** What is asked so: by verb, and what is called otherwise. */
const VERBS = ["unlock", "plan", "compare", "sure", "going-on"];

/**
 * Where a question is asked.
 * @param {string} verb
 */
const pathOf = (verb) => `/api/${verb === "plan" ? "unlock" : verb}`;

/** What was asked last where the address does not say it: it was given up, or is too long. @type {Map<string, Question>} */
const beside = new Map();
/** What the form of each view says, and the question in the address that it was filled from. @type {Map<string, {from: string | null, options: any}>} */
const forms = new Map();

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The same words for what is the same, in whatever order it is written.
 * @param {unknown} value
 */
function canonical(value) {
  return JSON.stringify(value, (_, part) => (isRecord(part) ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1))) : part));
}

/**
 * What an address says was asked, by verb; nothing where it can't be read.
 * @param {string | null} said
 * @returns {Record<string, Question>}
 */
export function questions(said) {
  try {
    const found = said === null || said.length > LONGEST ? null : JSON.parse(said);
    canonical(found);  // which fails where it is nested too deep
    const known = isRecord(found) ? Object.entries(found).filter(([verb]) => VERBS.includes(verb)) : [];
    return Object.fromEntries(known.flatMap(([verb, one]) => {
      const whole = question(one);
      return whole === null ? [] : [[verb, whole]];
    }));
  } catch {
    return {};
  }
}

/**
 * A question, whole; null for what is none.
 * @param {unknown} said
 * @returns {Question | null}
 */
function question(said) {
  if (!isRecord(said) || "name" in said || "text" in said) return null;
  const { viewpoint = null, changes = [] } = said;
  const fits = (viewpoint === null || typeof viewpoint === "string") && Array.isArray(changes) && changes.every(isRecord);
  return fits ? /** @type {Question} */ ({ viewpoint, changes, ...said }) : null;
}

/**
 * Whether a question has nothing but these parts, and those that every question has.
 * @param {Question} one
 * @param {string[]} parts
 */
export const has = (one, parts) => Object.keys(one).every((part) => ["viewpoint", "changes", ...parts].includes(part));

/**
 * Conditions one on each line; null for what is no list of them.
 * @param {unknown} said
 */
export const lines = (said) => (Array.isArray(said) && said.every((line) => typeof line === "string") ? said.join("\n") : null);

/** @param {Desk} desk @param {string} verb */
const keyed = (desk, verb) => `${desk.source.kind}:${desk.source.name} ${verb}`;

/**
 * Puts what was asked into the address; what is too long for it, the oldest first, is left out, and known as long as the page is there.
 * @param {Desk} desk
 * @param {Record<string, Question>} asked
 */
function tell(desk, asked) {
  const all = Object.entries(asked);
  const written = () => JSON.stringify(Object.fromEntries(all));
  while (written().length > LONGEST) {
    const [verb, one] = /** @type {[string, Question]} */ (all.shift());
    beside.set(keyed(desk, verb), one);
  }
  desk.select({ asked: all.length === 0 ? null : written() }, true);
}

/**
 * Takes out of the address what was given up, wherever that was done.
 * @param {Desk | null} desk
 */
export function useGivenUp(desk) {
  useNews();
  useEffect(() => {
    if (desk === null) return;
    const { name, text } = desk.asked;
    const left = Object.entries(desk.questions).filter(([verb, one]) => lastFor(pathOf(verb), { name, text, ...one })?.state !== "given up");
    if (left.length === Object.keys(desk.questions).length) return;
    const still = Object.fromEntries(left);
    for (const [verb, one] of Object.entries(desk.questions)) {
      if (!(verb in still)) beside.set(keyed(desk, verb), one);
    }
    tell(desk, still);
  });
}

/**
 * @template Options
 * @typedef {object} How
 * @property {Options} usual  what the form says at first
 * @property {(question: Question) => Options | null} read  what it says of a question; null where it can't be read
 * @property {(options: Options) => Record<string, unknown>} write  the question that it makes, but for what every question carries
 * @property {(question: Question) => boolean} [fits]  what else has to be so for its answer to be shown, besides that the conflict is the one that is shown
 * @property {boolean} [stays]  whether the answer is shown whatever the form says, and the page shows, meanwhile
 */

/**
 * What a form says, what was asked with it last, and the job for that, which begins by itself where the address says that it was asked.
 * @template Options
 * @param {Desk} desk
 * @param {string} verb
 * @param {How<Options>} how
 */
export function useAsked(desk, verb, { usual, read: of, write, fits = () => true, stays = false }) {
  const key = keyed(desk, verb), path = pathOf(verb);
  const { name, text, viewpoint, changes } = desk.asked;
  const told = desk.questions[verb] ?? beside.get(key) ?? null;
  const said = useMemo(() => (told === null ? null : of(told)), [told]);
  const asked = said === null ? null : told;
  const [options, set] = useForm(key, usual, asked, said);

  const last = asked === null ? null : lastFor(path, { name, text, ...asked });
  const was = last === null ? text : last.body.text;
  const body = useMemo(() => (asked === null ? null : { name, text: was, ...asked }), [name, was, asked]);
  const made = (/** @type {Options} */ chosen) => /** @type {Question} */ ({ viewpoint, changes, ...write(chosen) });
  const formed = made(options);
  const here = asked !== null && was === text && fits(asked) && canonical([asked.viewpoint, asked.changes]) === canonical([formed.viewpoint, formed.changes]);
  const same = said !== null && canonical(made(said)) === canonical(formed);
  const job = useJob(path, stays || (here && same) ? body : null, { auto: verb in desk.questions, kept: true });
  const ask = (/** @type {Record<string, any>} */ next, /** @type {Question} */ one) => {
    begin(path, next, { kept: true });
    beside.delete(key);
    const { [verb]: _, ...others } = questions(read(location.search).asked);
    tell(desk, { ...others, [verb]: one });
  };
  return {
    ...job, body, options, set,
    /** Asks what the form says, and what it leaves to be said now. @param {Partial<Options>} [open] */
    press: (open) => {
      const chosen = { ...options, ...open };
      const next = made(chosen);
      forms.set(key, { from: JSON.stringify(next), options: chosen });
      ask({ name, text, ...next }, next);
    },
    /** Asks the last question again. */
    again: () => {
      if (body !== null && asked !== null) ask(body, asked);
    },
  };
}

/**
 * What a form says: the options of the question in the address when that is another one, and then what is chosen, also while other views are looked at.
 * @template Options
 * @param {string} key
 * @param {Options} usual
 * @param {Question | null} asked
 * @param {Options | null} said
 * @returns {[Options, (change: Partial<Options>) => void]}
 */
function useForm(key, usual, asked, said) {
  const [, again] = useState(0);
  const from = asked === null ? null : JSON.stringify(asked);
  let form = forms.get(key) ?? { from: null, options: usual };
  if (said !== null && form.from !== from) forms.set(key, form = { from, options: said });
  return [form.options, (change) => {
    const now = forms.get(key) ?? form;
    forms.set(key, { ...now, options: { ...now.options, ...change } });
    again((times) => times + 1);
  }];
}
