// What the views Path and Compare read of the server's documents.
import type { Change, ConflictPart, Paragraph, Party, Sentence, State, Whole } from "../types";
import type { SetChange } from "./whatif";

export interface RouteStep {
  by: string; together?: string[]; from: Whole; to: Whole; rank_before?: number | null; rank_after?: number | null;
  regrets: boolean; regrets_end: boolean;
}
export interface Route { length: number; count: Whole | null; steps: RouteStep[]; states: State[]; movers: string[] }
export interface Paths {
  decision_makers: Party[]; by?: string[][]; start: State; end: State; moves: Route | null; improvements: Route | null;
  not_settled?: ("moves" | "improvements")[]; paragraphs: Paragraph[];
}
export interface Routed { decision_makers: Party[]; route: Route }
export interface Plan {
  kind: string; counted: string; by: string[]; target: Whole | null; paragraphs: Paragraph[];
  tries: { says: string[]; changes: Change[] }[]; way: { by: string[]; start: Whole; to: Whole }[]; checked: boolean;
}
export interface Planned {
  start: State;
  goals: { want: string; target: State | null; called: Sentence; searches: { kind: string; says: Sentence; levers: Plan[]; account: Paragraph[] }[] }[];
}

export interface Otherwise { kind: string; party: string | null; what: string; first: string | null; second: string | null }
export interface Side { conflict: ConflictPart & { file: string | null }; changes: string[] }
export interface Difference {
  first: Side; second: Side; concepts: string[]; listed: boolean; same: boolean; comparable: boolean; otherwise: Otherwise[]; said: Paragraph[];
  better_for_all: SetChange; worse_for_none: SetChange; equilibria: Record<string, SetChange>; states: SetChange;
}
export type Value = boolean | string | string[][] | null;
export interface Topic { kind: string; label: string; values: Value[]; same: boolean | null; everywhere: boolean }
export interface View {
  key: string | null; name: string | null; whose: string | null; held_by: string[]; differs: { party: string | null; in_words: string }[]; reason?: string | null;
}
export interface Compared {
  views: View[]; topics: Topic[]; deciding: { viewpoint: string; element: number; topic: number; effect: "decides" | "enough" | "needed" }[];
  paragraphs: Paragraph[];
}
