// Templates, and texts of conflict files: always as text, never as markup, with nothing hidden in them.
import htm from "htm";
import { h } from "preact";

/** Makes elements of a template. */
export const html = htm.bind(h);

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/**
 * A text in which what can't be seen, or would turn the direction of what follows, is given by its number.
 * @param {string} text
 */
export function visible(text) {
  return text.replace(UNSEEN, (sign) =>
    sign === "\n" ? sign : sign === "\t" ? "    " : `<U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`,
  );
}

/**
 * A text of a file: kept apart from the direction of what stands around it.
 * @param {{text: string, class?: string}} props
 */
export function Text({ text, class: kind }) {
  return html`<bdi class=${kind} dir="auto">${visible(text)}</bdi>`;
}

/**
 * Classes, those that are left out passed over.
 * @param {...(string | false | null | undefined)} names
 */
export function classes(...names) {
  return names.filter(Boolean).join(" ") || undefined;
}

/**
 * A whole number with its thousands apart.
 * @param {import("./types").Whole} number
 */
export function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * How many there are of something.
 * @param {import("./types").Whole} number
 * @param {string} one
 * @param {string} [many]
 */
export function plural(number, one, many = `${one}s`) {
  return `${grouped(number)} ${String(number) === "1" ? one : many}`;
}
