// Work that takes long: begun once for each question, watched, given up; it goes on while other panels are looked at.
import { useEffect, useMemo, useState } from "preact/hooks";
import { ask, problems } from "./api.js";

/** Seconds that the server is asked to wait for news of a job. */
const WAIT = 10;
/** How many jobs that are over are remembered. */
const KEPT = 30;

/**
 * @typedef {object} Job
 * @property {string} key  what is asked, in full
 * @property {string} path
 * @property {Record<string, any>} body
 * @property {string} question  what is asked, but for the text of the conflict
 * @property {boolean} kept  whether it goes on when another conflict, or another version of it, is looked at
 * @property {import("./types").JobState} state
 * @property {number | null} number  by which the server knows it
 * @property {string} progress
 * @property {number} seconds
 * @property {any} answer
 * @property {number} heard  how often it told what it had found so far
 * @property {any} soFar  what it had found then
 * @property {import("./types").Diagnostic[]} problems
 */

/** @type {Map<string, Job>} */
const jobs = new Map();
/** @type {Set<() => void>} */
const watchers = new Set();
/** The jobs that are shown somewhere, each by as many parts of the page as show it. @type {Map<string, number>} */
const shown = new Map();

/** @param {Job} job */
export const isOver = (job) => job.state !== "waiting" && job.state !== "running";

/** Tells everybody who watches. */
function told() {
  for (const watcher of [...watchers]) watcher();
}

/**
 * Begins to answer a question; one that is asked already, or was answered, is not asked again.
 * @param {string} path
 * @param {Record<string, any>} body
 * @param {{kept?: boolean, key?: string}} [how]
 */
export function begin(path, body, { kept = false, key = keyed(path, body) } = {}) {
  const had = jobs.get(key);
  if (had && (!isOver(had) || had.state === "done")) return had;
  /** @type {Job} */
  const job = { key, path, body, question: untold(body), kept, state: "waiting", number: null, progress: "", seconds: 0, answer: null, heard: 0, soFar: null, problems: [] };
  jobs.delete(key);
  jobs.set(key, job);
  const over = [...jobs.values()].filter((one) => isOver(one) && one.kept === kept && !shown.has(one.key));  // what was asked by pressing a button is no less known for what others ask
  for (const old of over.slice(0, Math.max(0, over.length - KEPT))) jobs.delete(old.key);
  follow(job);
  told();
  return job;
}

/**
 * Follows a job until it is over.
 * @param {Job} job
 */
async function follow(job) {
  try {
    let heard = await ask("POST", job.path, job.body);
    while (heard.schema === "detente.job/1") {
      job.number = heard.number;
      if (isOver(job)) {  // it was given up before the server had told its number
        await ask("DELETE", `/api/jobs/${job.number}`);
        return;
      }
      Object.assign(job, { state: heard.state, progress: heard.progress, seconds: heard.seconds });
      if (isOver(job)) {
        if (heard.state === "failed") job.problems = heard.answer?.diagnostics ?? [];
        heard = heard.state === "done" ? heard.answer : null;
        break;
      }
      if (heard.so_far > job.heard) {
        job.heard = heard.so_far;
        job.soFar = (await ask("GET", `/api/jobs/${job.number}/so-far`)).answer ?? job.soFar;
      }
      told();
      heard = await ask("GET", `/api/jobs/${job.number}?wait=${WAIT}&told=${heard.told}`);
    }
    Object.assign(job, { answer: heard, soFar: null });
    if (heard !== null) job.state = "done";
  } catch (error) {
    if (!isOver(job)) Object.assign(job, { state: "failed", problems: problems(error) });
  }
  told();
}

/**
 * Gives a job up: it ends unless another page wants it as well.
 * @param {Job} job
 */
export function giveUp(job) {
  if (isOver(job)) return;
  job.state = "given up";
  if (job.number !== null) ask("DELETE", `/api/jobs/${job.number}`).catch(() => null);
  told();
}

/**
 * What is asked, but for the text of the conflict.
 * @param {Record<string, any>} body
 */
function untold({ text, ...question }) {
  return JSON.stringify(question);
}

/**
 * The job for a question about a conflict, by what its body says: the one about this text, unless it was given up; or else the last, whatever text it is about.
 * @param {string} path
 * @param {Record<string, any>} body
 */
export function lastFor(path, body) {
  const question = untold(body);
  const found = [...jobs.values()].filter((job) => job.path === path && job.question === question);
  return found.find((job) => job.body.text === body.text && job.state !== "given up") ?? found.at(-1) ?? null;
}

/**
 * Gives up what only serves a conflict that is no longer shown.  It is asked again when that conflict is shown again: nobody wanted it to be given up.
 * @param {import("./types").Asked} asked
 */
export function onlyFor(asked) {
  for (const job of [...jobs.values()]) {
    const { name, text, viewpoint, changes } = /** @type {any} */ (job.body);
    const same = name === asked.name && text === asked.text && viewpoint === asked.viewpoint && JSON.stringify(changes) === JSON.stringify(asked.changes);
    if (job.kept || same || isOver(job)) continue;
    giveUp(job);
    jobs.delete(job.key);
  }
}

/** All jobs that run, shown again whenever one begins or ends. */
export function useRunning() {
  useNews();
  return [...jobs.values()].filter((job) => !isOver(job));
}

/** Shows again whenever there is news of any job. */
export function useNews() {
  const [, again] = useState(0);
  useEffect(() => {
    const watcher = () => again((times) => times + 1);
    watchers.add(watcher);
    return () => {
      watchers.delete(watcher);
    };
  }, []);
}

/**
 * The job for a question.  Null asks nothing.
 * @param {string} path
 * @param {Record<string, any> | null} body  compared by what it says
 * @param {{auto?: boolean, kept?: boolean}} [how]  whether it begins by itself, and goes on when something else is looked at
 */
export function useJob(path, body, { auto = true, kept = false } = {}) {
  useNews();
  const key = useMemo(() => (body === null ? null : keyed(path, body)), [path, body]);
  useEffect(() => {
    if (auto && key !== null && body !== null && !jobs.has(key)) begin(path, body, { kept, key });
  }, [auto, key]);
  useEffect(() => {
    if (key === null) return undefined;
    shown.set(key, (shown.get(key) ?? 0) + 1);
    return () => {
      const others = (shown.get(key) ?? 1) - 1;
      if (others > 0) shown.set(key, others);
      else shown.delete(key);
    };
  }, [key]);
  const job = key === null ? null : (jobs.get(key) ?? null);
  const running = job !== null && !isOver(job);
  return {
    job, running, answer: job?.answer ?? null, soFar: job?.soFar ?? null, problems: job?.problems ?? [], progress: job?.progress ?? "", seconds: job?.seconds ?? 0,
    pending: running || (auto && key !== null && job === null), givenUp: job?.state === "given up",
    start: () => {
      if (key !== null && body !== null) begin(path, body, { kept, key });
    },
    stop: () => {
      if (job !== null) giveUp(job);
    },
  };
}

/**
 * What tells a question from others.
 * @param {string} path
 * @param {Record<string, any>} body
 */
function keyed(path, body) {
  return `${path} ${JSON.stringify(body)}`;
}
