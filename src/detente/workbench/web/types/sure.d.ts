// What the view How sure reads of the server's documents.
import type { useAsked } from "../asked.js";
import type { Element, Paragraph, Whole } from "../types";

export interface Line { text: string; share: number | null; low: number | null; high: number | null; solid: boolean; states: Whole[] }
export interface Table { key: string; title: string; about: string; columns: string[]; rows: Line[][][] }
export interface Picture { title: string; caption: string; svg: string }
export interface Account { in_short?: string | null; paragraphs: Paragraph[]; evidence: Element[] }
export interface Sure { so_far: boolean; sweep: Account; tables: Table[]; pictures: Picture[] }
export interface GoingOn { evolution: Account; tables: Table[]; pictures: Picture[] }
export interface Guesses { guesses: number; completions: Whole; opens: { kind: string; elements: number }[]; tables: Table[] }
export type Asking<Options> = ReturnType<typeof useAsked<Options>>;
export interface Told {
  name: string; whole: boolean; account: Account; tables: Table[]; pictures: Picture[]; open: string[];
  current: string | null; select: (id: string) => void;
}
