// What the forms of a conflict file are made of.
import type { Diagnostic } from "../types";

export type Step = string | number;
export type At = Step[];
export type Data = null | string | number | boolean | Data[] | { [key: string]: Data };
export interface Place { at: At; first: [number, number]; last: [number, number] }
export interface Outline { name: string; says: { [key: string]: Data }; places: Place[]; whole: boolean }
export interface Shape {
  kind: "text" | "whole" | "decimal" | "intervals" | "word" | "key" | "condition" | "state" | "ranking" | "list" | "table" | "record";
  least?: number; most?: number; words?: string[]; noun?: string; many?: string; declares?: boolean; bare?: boolean;
  item?: Shape; lone?: boolean; records?: number[];
}
export interface KeyOf { key: string; about: string; required: boolean; shape: Shape }
export interface RecordOf { name: string; keys: KeyOf[]; short: string | null; line: boolean }
export interface Language { root: number; records: RecordOf[] }
export type Do = "set" | "insert" | "remove" | "move" | "rename";
export interface Edit { at: At; do: Do; value?: Data; to?: Step; was?: Data }
export interface Focus { at: string; tool: string }

// What all parts of a form share.
export interface Forming {
  language: Language; names: { [noun: string]: string[] }; owners: { [option: string]: string };
  change: (edit: Edit, says: string, focus?: Focus) => void;
  problems: (at: At, deep?: boolean) => Diagnostic[];  // `deep`: those of what stands in it as well
  inside: (at: At) => number;  // how many there are in what stands there
  isOpen: (at: At) => boolean; fold: (at: At, open: boolean) => void;
  clear: () => void;  // what was refused is no longer told
  look: (at: At) => void;  // shows where it stands in the text
  here: string | null;  // the path to what the text shows
  prefix: string;  // what tells the fields of this form from those of others on the page
  isNew: boolean;  // whether it is something that is not in the file yet
}
