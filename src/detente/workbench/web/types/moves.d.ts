// What the view Moves reads of the server's documents.
import type { Party, State, Whole } from "../types";

export type Kind = "better" | "equal" | "worse";
export interface Move { state: Whole; choice: string; name?: string | null; kind: Kind }
export interface Moves { counts: Record<Kind, Whole>; moves: Move[] }
export interface PartyMoves { by: string; from: Moves; to: Moves | null }
export interface Drawn { shows: "whole" | "state" | "condensed"; title: string; caption: string; svg: string }
export interface MovesDocument {
  decision_makers: Party[]; state: State; moves: PartyMoves[]; under: string | null; drawing: Drawn | null;
}
export interface Group {
  number: number; kind: "equilibrium" | "cycle" | "other ends" | "leading"; states: Whole; ends: number[]; ends_counted: Whole;
  first: State; status_quo: boolean; equilibria: Whole | null; says: string;
}
export interface Lead { from: number; to: number; by: Record<string, Whole>; drawn: boolean }
export interface Condensed {
  decision_makers: Party[]; under: string | null; ends: Whole; groups: Group[]; leads: Lead[]; drawing: Drawn;
  not_known: { reason: string }[];
}
