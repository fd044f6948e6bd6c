// What would lead to a state so that it then holds: plans as strips, asked for, since it can take long.
import { useMemo } from "preact/hooks";
import { useAnswer } from "../api.js";
import { has, useAsked } from "../asked.js";
import { html, Text } from "../html.js";
import { Paragraphs, Problems, Sentence } from "../parts.js";
import { inLine, Strip } from "../strip.js";
import { number } from "../table.js";

/** @typedef {import("../types").Desk} Desk */
/** @typedef {import("../types/routes").Plan} Plan */
const SECONDS = 30;

/**
 * The plans for one goal.
 * @param {{desk: Desk, start: string, goal: string, select: (id: string) => void}} props
 */
export function Plans({ desk, start, goal, select }) {
  const question = { target: goal, start: number(start), under: desk.under, kinds: "plan", seconds: SECONDS };
  const { answer, problems, progress, running, seconds, press, stop, givenUp } = useAsked(desk, "plan", {
    usual: {}, read: (one) => (has(one, Object.keys(question)) ? {} : null), write: () => question,
    fits: (one) => one.target === question.target && one.start === question.start && one.under === question.under,
  });
  const planned = /** @type {import("../types/routes").Planned | null} */ (answer);
  const shown = { current: desk.state, select };
  const goals = planned?.goals.filter((one) => one.searches.length > 0) ?? [];
  return html`<section class="plans" aria-label="Plan"><h3>Plan: to lead there, and to hold there under ${desk.under}</h3>
    ${!planned && !running && html`<p class="quiet">A plan is the cheapest set of changes and agreements after which the parties come to the state, and nobody leaves it. ${" "}
      <button type="button" onClick=${() => press()}>Look for a plan</button>${givenUp && " Given up."}</p>`}
    ${running && html`<p role="status">${progress || "Looking for a plan"}… ${Math.round(seconds)} s <button type="button" onClick=${stop}>Give up</button></p>`}
    <${Problems} found=${problems} label="Problems with the plan" />
    ${goals.map((one) => one.searches.map((search) => html`
      ${search.levers.map((plan, place) => html`<${One} key=${place} ...${{ desk, plan, start, select, number: place + 1, many: search.levers.length }} />`)}
      <p class="quiet"><${Sentence} sentence=${search.says} ...${shown} /></p>`))}
  </section>`;
}

/**
 * One plan.
 * @param {{desk: Desk, plan: Plan, start: string, number: number, many: number, select: (id: string) => void}} props
 */
function One({ desk, plan, start, number: place, many, select }) {
  const tries = plan.tries[0] ?? null;
  const body = useMemo(
    () => (plan.way.length === 0 ? null : {
      ...desk.asked, changes: [...desk.asked.changes, ...(tries?.changes ?? [])], start: number(start), steps: plan.way.map((step) => ({ by: step.by, to: step.to })),
    }),
    [desk.asked, plan, start],
  );
  const { answer, problems } = useAnswer("/api/route", body);
  const routed = /** @type {import("../types/routes").Routed | null} */ (answer);
  const shown = { current: desk.state, select };
  const [first, ...rest] = plan.paragraphs;
  return html`<article class="plan" aria-label=${`Plan ${place}`}>
    ${first && html`<p><strong>${many > 1 ? `${place}. ` : ""}</strong>${first.sentences.map((sentence) => html`<${Sentence} ...${{ sentence, ...shown }} />`)}</p>`}
    <${Problems} found=${problems} label="Problems with the steps" />
    ${routed && html`<${Strip} parties=${routed.decision_makers} route=${routed.route} label=${`The steps of plan ${place}: ${inLine(routed.route)}`} ...${shown} />`}
    ${plan.way.length === 0 && html`<p class="quiet">Its states are other ones than those of the conflict as it is: its steps are told below.</p>`}
    ${tries && tries.changes.length > 0 && html`<p><button type="button" onClick=${() => desk.act(tries.says.join(" "), { changes: [...desk.changes, ...tries.changes] })}>Try its changes</button>
      <span class="quiet"> <${Text} text=${tries.says.join(" ")} /></span></p>`}
    <details><summary>What it takes, and what can go wrong</summary><${Paragraphs} paragraphs=${rest} ...${shown} /></details>
  </article>`;
}
