// What was done to a conflict since it was opened, step by step: each step is the text and what is tried on it, so that it can be undone.

/** Most steps that are remembered. */
const MOST = 300;
/** Steps of one kind that follow each other within this time, in milliseconds, are one. */
const PAUSE = 1_500;

/** @typedef {{text: string, changes: import("./types").Change[], says: string, flows: boolean, when: number}} Step */
/** @typedef {{held: import("./types").Held, steps: Step[], at: number}} Draft  `held` is what the file holds */

/**
 * A file as it was opened.
 * @param {import("./types").Held} held
 * @param {import("./types").Change[]} changes
 * @param {string} text
 * @returns {Draft}
 */
export function begun(held, changes = [], text = held.text) {
  return { held, steps: [{ text, changes, says: "", flows: false, when: 0 }], at: 0 };
}

/**
 * Where it stands.
 * @param {Draft} draft
 */
export function now(draft) {
  return /** @type {Step} */ (draft.steps[draft.at]);
}

/**
 * After one more step.
 * @param {Draft} draft
 * @param {string} says  what was done
 * @param {{text?: string, changes?: import("./types").Change[], flows?: boolean}} what  `flows`: it is one of many, such as letters typed
 * @returns {Draft}
 */
export function acted(draft, says, { text, changes, flows = false }) {
  const last = now(draft);
  const step = { text: text ?? last.text, changes: changes ?? last.changes, says, flows, when: Date.now() };
  if (step.text === last.text && step.changes === last.changes) return draft;
  const goesOn = flows && last.flows && last.says === says && step.when - last.when < PAUSE && draft.at > 0;
  const steps = [...draft.steps.slice(0, draft.at + (goesOn ? 0 : 1)), step].slice(-MOST);
  return { ...draft, steps, at: steps.length - 1 };
}

/**
 * One step back, or forward.
 * @param {Draft} draft
 * @param {1 | -1} by
 * @returns {Draft}
 */
export function moved(draft, by) {
  return { ...draft, at: Math.min(draft.steps.length - 1, Math.max(0, draft.at + by)) };
}

/**
 * What would be undone, and what done again; null for nothing.
 * @param {Draft} draft
 */
export function around(draft) {
  return { undone: draft.at > 0 ? now(draft).says : null, redone: draft.steps[draft.at + 1]?.says ?? null };
}
