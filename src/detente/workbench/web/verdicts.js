// What an analysis says of single states, ready to be looked up: ten thousand rows ask for it.

/** Looks up who stays where, and which states are equilibria. */
export class Verdicts {
  /** @param {import("./types").Analysis} analysis */
  constructor(analysis) {
    this.analysis = analysis;
    this.states = analysis.states ?? analysis.shown;
    this.place = new Map(this.states.map((state, place) => [String(state.id), place]));
    this.equilibria = new Map(Object.entries(analysis.equilibria).map(([concept, ids]) => [concept, new Set(ids.map(String))]));
    /** @type {Map<string, Map<string, Set<string>>>} */
    this.stable = new Map(
      Object.entries(analysis.stability).map(([concept, of]) => [
        concept,
        new Map(Object.entries(of).map(([party, ids]) => [party, new Set(ids.map(String))])),
      ]),
    );
  }

  /**
   * A state by its number; none where there is none, or it is not listed.
   * @param {string | null} id
   */
  state(id) {
    const place = id === null ? undefined : this.place.get(id);
    return place === undefined ? null : (this.states[place] ?? null);
  }

  /**
   * Whether a party stays at a state under a concept; null where that is not listed.
   * @param {string} concept
   * @param {string} party
   * @param {import("./types").Whole} id
   */
  stays(concept, party, id) {
    return this.stable.get(concept)?.get(party)?.has(String(id)) ?? null;
  }

  /**
   * Whether a state is an equilibrium under a concept; null where that is not listed.
   * @param {string} concept
   * @param {import("./types").Whole} id
   */
  isEquilibrium(concept, id) {
    return this.equilibria.get(concept)?.has(String(id)) ?? null;
  }

  /**
   * Who would leave a state under a concept.
   * @param {string} concept
   * @param {import("./types").Whole} id
   */
  leavers(concept, id) {
    return this.analysis.decision_makers.filter((party) => this.stays(concept, party.key, id) === false);
  }

  /**
   * The decision maker asked about where none is chosen: the first who would leave, or else the first.
   * @param {string} concept
   * @param {string} id
   */
  asked(concept, id) {
    return (this.leavers(concept, id)[0] ?? this.analysis.decision_makers[0])?.key ?? null;
  }
}
