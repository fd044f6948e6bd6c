// What the five questions about a new conflict are answered with, by places from 0.
export interface Meant { party: number; option: number; taken: boolean }
export interface PartyAnswer { name: string; options: string[]; wants: Meant[] }
export type LimitKind = "at most one" | "exactly one" | "at least one" | "only if";
export interface LimitAnswer { kind: LimitKind; options: Meant[] }
// `open` is a limit that is not put in yet.
export interface Answers { title: string; question: string; parties: PartyAnswer[]; limits: LimitAnswer[]; open: LimitAnswer; taken: Meant[] }
