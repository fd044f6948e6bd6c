// What the view What if reads of the server's documents.
import type { Asked, Change, Paragraph, Whole } from "../types";

export interface Item {
  place: number | null; was: number | null; says: string | null; means: string; by: string | null; changes: number[];
}
export interface Ranked { taken: string[]; state: Whole | null; choice: string | null; name: string | null; was: number | null }
export interface Weight { option: string; weight: number; was: number }
export interface PartyChangeable {
  key: string; statements: Item[] | null; levels: Ranked[][] | null; ranked: number; weights: Weight[] | null; red_lines: Item[];
}
export type Direction = "both" | "only_on" | "only_off";
export interface OptionChangeable { key: string; name: string; owners: string[]; direction: Direction; was: Direction | null }
export interface Joint { place: number; members: string[]; name: string | null; joint: boolean; was: boolean }
export interface MoveChangeable {
  by: string; state: Whole; choice: string; name: string | null; kind: "better" | "equal" | "worse"; ban: Change | null;
}
export interface Changeable {
  same: boolean; says: string[]; decision_makers: PartyChangeable[]; rules: Item[]; bans: Item[]; options: OptionChangeable[];
  coalitions: Joint[]; status_quo: { taken: string[] | null; was: string[] | null };
  here: string[] | null; moves: MoveChangeable[] | null; moves_in_all: Whole | null;
}
export interface Changes { changes: Change[]; says: string[]; said: string }
export interface ChangedState {
  before: Whole | null; after: Whole | null; choice: string; name?: string | null; stay: string[]; leave: string[];
}
export interface SetChange {
  before: Whole | null; after: Whole | null; gained: Whole | null; lost: Whole | null;
  gained_states: ChangedState[] | null; lost_states: ChangedState[] | null;
}
export interface Turned { before: Whole; after: Whole; to_stay: Whole | null; to_leave: Whole | null }
export interface Changing {
  changes: string[]; concepts: string[]; same: boolean; comparable: boolean; said: Paragraph[];
  better_for_all: SetChange; worse_for_none: SetChange; states: SetChange;
  equilibria: Record<string, SetChange>; verdicts: Record<string, Record<string, Turned>>;
}
/** What the parts of the view make changes with. */
export interface Trying {
  asked: Asked; outline: Changeable; busy: boolean;
  also: (...changes: Change[]) => void; without: (number: number) => void;
  later: string[]; put: (change: (had: string[]) => string[]) => void;  // what is to be turned once what is shown is no older than what was done
}
