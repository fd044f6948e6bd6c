// What of the server's documents the page reads.  Whole numbers that JavaScript can't hold come as strings.
export type Whole = number | string;
export interface Sentence { text: string; states: Whole[]; elements: string[] }
export interface Paragraph { role: "verdict" | "part"; sentences: Sentence[]; items: Sentence[]; more: number }
export interface Diagnostic {
  code: string; severity: "error" | "warning" | "note"; message: string; help: string | null; value: string | null;
  file: string | null; line: number | null; column: number | null; length: number | null; element: string | null;
}
export interface Party { key: string; name: string; letters: string; description: string | null }
export interface Option { key: string; name: string; owner: string | null; owners: string[]; description: string | null }
export interface State { id: Whole; choice: string; rank: Record<string, number>; name?: string | null }
export interface ConflictPart {
  title: string; digest: string; question: string | null; viewpoint: string | null; seen_from?: string | null;
  combinations: Whole; feasible: Whole | null; moves: Whole | null; status_quo: Whole | null;
}
export interface Concept { key: string; name: string; asks: string }
export interface Analysis {
  conflict: ConflictPart; status_quo: { state: State } | null; answer: Sentence[]; diagnosis: { sentences: Sentence[] } | null;
}
export interface Row extends State {
  status_quo: boolean; equilibrium_under: string[] | null; leavers: Record<string, string[]> | null;
}
export interface States {
  conflict: ConflictPart; decision_makers: Party[]; options: Option[]; concepts: Concept[];
  offset: Whole; total: Whole | null; equilibria: Record<string, Whole> | null; place: Whole | null; rows: Row[];
}
export interface Standing {
  decision_makers: Party[]; concepts: Concept[];
  standing: {
    state: State; equilibrium_under: string[]; verdicts: Record<string, Record<string, boolean>>;
    leaves: { by: string; to: Whole; under: string[] }[];
  };
  not_known: { under: string; by: string | null; reason: string }[];
}
export interface Citation { source: string; at: string; by: string | null; quote: string | null }
export interface Element { element: string; kind: string | null; called: string; words: string; hostile: boolean; citations: Citation[] }
export interface Explanation {
  state: State; by: string; under: string; stays: boolean; checked: boolean; paragraphs: Paragraph[]; evidence: Element[];
  decision_makers: Party[];
}
export interface Check { ok: boolean; counts: Record<string, number>; diagnostics: Diagnostic[] }
export interface Viewpoints { viewpoints: { key: string; name: string; whose: string | null }[] }
export interface Files { folder: string; files: string[]; total: Whole; whole: boolean; cases: string[] }
export interface Held { name: string; text: string; digest: string | null }  // no digest: it is no file yet
export type Change = { change: string } & Record<string, unknown>;  // one of those that detente.workbench.changes reads
export interface Asked { name: string; text: string; viewpoint: string | null; changes: Change[] }
export interface Question { viewpoint: string | null; changes: Change[]; [more: string]: unknown }  // asked by pressing a button, as an address has it
export type JobState = "waiting" | "running" | "done" | "failed" | "given up";
export interface Source { kind: "file" | "case" | "new"; name: string }

// What every view is given.
export interface Desk {
  source: Source; asked: Asked; base: Asked; plain: { name: string; text: string };
  head: States; standing: Standing | null; state: string | null; by: string | null; under: string; view: string | null; drawn: string | null; to: string | null;
  of: string | null; steps: string | null;
  questions: Record<string, Question>;
  viewpoints: Viewpoints["viewpoints"]; files: Files | null; text: string; changes: Change[];
  select: (change: Partial<import("./selection.js").Selection>, passing?: boolean) => void;
  act: (says: string, what: { text?: string; changes?: Change[]; flows?: boolean }) => void;
  renew: () => void;
}
