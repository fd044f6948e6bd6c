// What the server calls the kinds of levers, and what may be wanted of a target.

/** The kinds, in the order in which they are told; a test holds them against the server's. */
export const KINDS = /** @type {Record<string, string>} */ ({
  coalitions: "joint moves", priority: "priority shifts", preference: "preference shifts", pressure: "pressure", "red-lines": "red lines",
  guarantee: "guarantees and options", phases: "phases", fear: "moves that hold somebody", plan: "whole plans",
});

/** What may be wanted, by the word that the server has for it. */
export const WANTS = /** @type {Record<string, string>} */ ({
  "": "it holds, or is reached as well", hold: "it holds", reach: "it is reached, and holds", only: "nothing else is come to",
  break: "the start gives way",
});
