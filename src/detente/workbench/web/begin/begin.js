// A new conflict from nothing, by five questions; it opens as a draft, which is saved when it is saved.
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, problem, problems as told } from "../api.js";
import { html } from "../html.js";
import { Problems } from "../parts.js";
import { Can, Limits, named, Parties, Title, Wants } from "./questions.js";

/** @typedef {import("../types/begin").Answers} Answers */

/** @returns {Answers} */
const NOTHING = () => ({ title: "", question: "", parties: [{ name: "", options: [""], wants: [] }, { name: "", options: [""], wants: [] }], limits: [], open: { kind: "at most one", options: [] }, taken: [] });

const QUESTIONS = [
  { asks: "What is it about?", Ask: Title },
  { asks: "Who decides?", Ask: Parties },
  { asks: "What can each of them do, or not do?", Ask: Can },
  { asks: "What does each want, most important first?", Ask: Wants },
  { asks: "What can't be, and how do things stand now?", Ask: Limits },
];

/**
 * The button that begins, and the questions.
 * @param {{begun: (draft: {name: string, text: string}) => void}} props
 */
export function Begin({ begun }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const opener = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const busy = useRef(false);
  const [asks, open] = useState(false);
  const [step, go] = useState(0);
  const [answers, answer] = useState(NOTHING);
  const [found, find] = useState(/** @type {import("../types").Diagnostic[]} */ ([]));
  useEffect(() => {
    if (!asks) return;
    dialog.current?.showModal();
    first(dialog.current);
  }, [asks]);
  const question = QUESTIONS[step] ?? QUESTIONS[0];
  if (!question) return null;
  const lacks = lacking(answers, step);
  const last = step === QUESTIONS.length - 1;
  const turn = (/** @type {number} */ next) => {
    find([]);
    go(next);
    setTimeout(() => first(dialog.current));
  };
  const say = (/** @type {Partial<Answers>} */ what) => {
    find([]);
    answer({ ...answers, ...what });
  };
  const finish = async () => {
    if (busy.current) return;
    busy.current = true;
    find([]);
    try {
      const made = await ask("POST", "/api/new", sent(answers));
      dialog.current?.close();
      answer(NOTHING);
      go(0);
      begun(made);
    } catch (error) {
      find(told(error));
    }
    busy.current = false;
  };
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (lacks !== "") return;
    const left = chosen(dialog.current);
    if (left) {
      find([problem(`“${left.selectedOptions[0]?.text}” is chosen, and not added.`, "Press Add beside it, or choose the first line of the list.")]);
      left.focus();
    } else if (last) finish();
    else turn(step + 1);
  };
  return html`<button type="button" ref=${opener} onClick=${() => open(true)}>New conflict…</button>
    ${asks && html`<dialog class="begin" ref=${dialog} aria-labelledby="begin-title" onClose=${() => { open(false); opener.current?.focus(); }}><form onSubmit=${submit}>
      <h2 id="begin-title">A new conflict</h2><p class="quiet" role="status">Question ${step + 1} of ${QUESTIONS.length}</p>
      <fieldset><legend>${question.asks}</legend><${question.Ask} answers=${answers} say=${say} /></fieldset>
      <${Problems} found=${found} label="Why there is no conflict yet" />
      ${lacks !== "" && html`<p class="quiet" role="status">${lacks}</p>`}
      <div class="buttons"><button type="button" onClick=${() => dialog.current?.close()}>Not now</button>
        <span class="tools"><button type="button" disabled=${step === 0} onClick=${() => turn(step - 1)}>Back</button><button type="submit" disabled=${lacks !== ""}>${last ? "Begin" : "Next"}</button></span></div>
    </form></dialog>`}`;
}

/**
 * Goes to the first field.
 * @param {HTMLElement | null} box
 */
function first(box) {
  /** @type {HTMLElement | null | undefined} */ (box?.querySelector("fieldset input, fieldset select, fieldset button:not(:disabled)"))?.focus();
}

/**
 * A list of which something was chosen that was not put in.
 * @param {HTMLElement | null} box
 */
function chosen(box) {
  return /** @type {HTMLSelectElement[]} */ ([...(box?.querySelectorAll(".picker select") ?? [])]).find((list) => list.value !== "");
}

/**
 * What is still to be answered before the next question.
 * @param {Answers} answers
 * @param {number} step
 */
function lacking({ title, parties, open }, step) {
  const names = parties.map((party) => party.name.trim()).filter(Boolean);
  if (step === 0 && title.trim() === "") return "It needs a title.";
  if (step === 1 && names.length === 0) return "Somebody has to decide.";
  if (step === 1 && new Set(names).size < names.length) return "Two have the same name.";
  if (step === 2 && !parties.some((party) => party.name.trim() !== "" && party.options.some((option) => option.trim() !== ""))) return "Somebody has to be able to do something.";
  if (step === 4 && named(parties, open.options).length === 1) return "What can't be takes two options or more: add another one, or take out the one that was added.";
  return "";
}

/**
 * The answers as the server takes them: without what was left empty, and with the numbers that are left then.
 * @param {Answers} answers
 */
function sent({ title, question, parties, limits, open, taken }) {
  const kept = parties.flatMap((party, place) => (party.name.trim() === "" ? [] : [{ party, place }]));
  const options = kept.map(({ party }) => party.options.flatMap((name, place) => (name.trim() === "" ? [] : [place])));
  const meant = (/** @type {import("../types/begin").Meant} */ one) => {
    const party = kept.findIndex(({ place }) => place === one.party);
    const option = options[party]?.indexOf(one.option) ?? -1;
    return option < 0 ? [] : [{ party: party + 1, option: option + 1, taken: one.taken }];
  };
  return {
    title: title.trim(), question: question.trim(),
    parties: kept.map(({ party }, place) => ({ name: party.name.trim(), options: (options[place] ?? []).map((one) => (party.options[one] ?? "").trim()), wants: party.wants.flatMap(meant) })),
    limits: [...limits, open].map((limit) => ({ kind: limit.kind, options: limit.options.flatMap(meant) })).filter((limit) => limit.options.length > 1),
    taken: taken.flatMap(meant),
  };
}
