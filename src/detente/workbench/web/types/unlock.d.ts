// What the views Diagnosis and Unlock read of the server's documents.
import type { useAsked } from "../asked.js";
import type { Change, Element, Paragraph, Party, Sentence, State, Whole } from "../types";

export interface Ways { alone: number; by_improvements: number; together: number; out_of_reach: number }
export interface Members { condition: string; taken: string[]; not_taken: string[]; count: number; hold: number; ways: Ways | null }
export interface Gains {
  count: Whole | null; hold: Whole | null; states?: Whole[]; exists?: boolean | null; examples?: Whole[] | null;
  taken: string[]; not_taken: string[]; by_condition: Members[]; ways: Ways | null;
}
export interface DeadlockType {
  key: string; name: string; asks: string; primary: boolean; by: string[]; count: Whole | null; states?: Whole[]; shown_by: string[];
}
export interface Diagnosis {
  decision_makers: Party[]; start: State; profile: Record<string, string>; stuck: boolean | null; primary: string | null;
  verdicts: { by: string; under: string; stays: boolean; to: Whole | null }[]; stable: Record<string, Record<string, boolean>>;
  better_for_all: Gains; worse_for_none: Gains; types: DeadlockType[]; not_examined: { key: string; name: string; reason: string }[];
  dilemmas: { positions: { by: string; state: State | null; says: string | null }[]; paragraphs: Paragraph[] } | null;
  no_dilemmas: string | null; checked: boolean; paragraphs: Paragraph[]; evidence: Element[];
}

export type Asking<Options> = ReturnType<typeof useAsked<Options>>;
export interface Try { says: string[]; changes: Change[] }
export interface Step { by: string[]; start: Whole; to: Whole }
export interface Lever {
  kind: string; cost: number; counted: string; by: string[]; target: Whole | null; smallest: boolean; paragraphs: Paragraph[];
  tries: Try[]; way: Step[]; goes: Try | null; checked: boolean;
}
export interface Search {
  kind: string; levers: Lever[]; count: number; least: number | null; proven: boolean; complete: boolean; stopped: string;
  says: Sentence; account: Paragraph[];
}
export interface Goal {
  want: "hold" | "break" | "reach" | "only"; target: State | null; condition: string | null; states: Whole | null; holds: Whole | null;
  called: Sentence; headline: Sentence | null; searches: Search[]; crosses: string[]; unsought: string[];
}
export interface RedLineSet { elements: string[]; by: string[]; states: Whole | null; paragraphs: Paragraph[]; tries: Try[] }
export interface RedLines { condition: string | null; now: Whole | null; says: Sentence; emptying: RedLineSet[]; restoring: RedLineSet[] }
export interface Unlock {
  decision_makers: Party[]; start: State; profile: Record<string, string>; stuck: boolean | null; kinds: string[]; answer: Sentence[];
  goals: Goal[]; red_line_sets: RedLines[]; interrupted: boolean; evidence: Element[];
}
