"""Verdicts that are worked out backwards, in words: what each move would come to, or what answers it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.concepts.witness import Position, Worked
from detente.explain.answers import Teller
from detente.explain.glosses import gloss
from detente.explain.prefer import deciding
from detente.explain.sentence import Part, Sentence
from detente.explain.words import Words
from detente.text import plural


def worked(teller: Teller, witness: Worked) -> list[Part]:
    """Why a decision maker stays or leaves under a concept that works its verdicts out backwards.

    Parameters
    ----------
    teller
        How states and parties are called, and what is better or worse for the decision maker.
    witness
        A witness that the checker has accepted.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.concepts.registry import concept
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("chicken"))
    >>> part = worked(Teller(space, "Row", 0), SingleEngine(space).verdict(concept("L3"), "Row", 0))[0]
    >>> part.items[0].text.partition(":")[0]
    '1 ▸ 2 by taking up “Row holds course”'
    """
    told = _Told(teller, witness)
    lead = [Sentence(gloss(witness.concept))]
    if witness.concept.startswith("Policy"):
        return told.plan(lead) if witness.stays else told.way_out(lead)
    if witness.concept.startswith(("MR", "CMR")):
        return told.rounds(lead) if witness.stays else told.escape(lead)
    if witness.repeats or witness.concept.startswith("NM"):
        lead.append(told.repetition())
    return told.turns(lead)


def worked_line(words: Words, witness: Worked, party: str) -> Sentence:
    """The verdict of a decision maker (`party`, in words) in a line.

    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> print(worked_line(Words(StateSpace(load("chicken"))), Worked("L3", "Row", 0, True, None, ()), "Row"))
    Row: would stay
    """
    if witness.improvement is None:
        return Sentence(f"{party}: would stay", (witness.state,))
    start, to = witness.state, witness.improvement
    text = f"{party}: would leave, {words.move(start, to)} by {words.by(start, to, witness.dm)}"
    ends = witness.entries[0].ends
    if not witness.repeats and len(ends) == 1 and ends[0] != to:
        text += f", to end at {words.state(ends[0])}"
    return Sentence(text, (start, to), words.options(start, to, witness.dm))


class _Told:
    """The sentences of one witness."""

    def __init__(self, teller: Teller, witness: Worked) -> None:
        self.teller, self.witness = teller, witness
        self.dm, self.party = witness.dm, teller.party(witness.dm)
        self.others = [dm for dm in teller.decision_makers if dm != witness.dm]
        self.table = {(p.state, p.turn, p.left): p for p in witness.entries}
        self.root = witness.entries[0]
        if witness.repeats and witness.improvement is not None:
            moved = (self.table[self.root.state, self.dm, h] for h in range(self.root.left, witness.repeats, -1))
            self.root = next(position for position in moved if position.to is not None)

    # -- turns: limited moves, non-myopic, Stackelberg, maximin ----------------------------------------------------------
    def turns(self, lead: list[Sentence]) -> list[Part]:
        """What each move of the party's own would come to."""
        here, left = self.witness.state, self.root.left
        moves = self.teller.best_first(self.teller.space.moves(self.dm, here))
        if not moves:
            text = f"{self.party} can make no move from {self.teller.state(here)} at all."
            return [Part((*lead, Sentence(text, (here,))))]
        if self.root.to is not None:
            moves = [self.root.to, *(to for to in moves if to != self.root.to)]
        items = tuple(line for to in moves for line in self._after(to, left - 1))
        could = f"{self.party} could make {plural(len(moves), 'move')} from {self.teller.state(here)}"
        if self.root.to is None:
            each = "it serves" if len(moves) == 1 else "none serves"
            wont = "no better" if len(moves) == 1 else "better"
            text = f"{could}; {each} {self.party} {wont} in the end than to stay:"
        elif len(moves) == 1:
            text = f"{could}, and in the end it serves {self.party} better than to stay:"
        else:
            text = f"{could}; the first of these serves {self.party} better in the end than to stay, and none of the others better still:"
        return [Part((*lead, Sentence(text, (here,))), items)]

    def _after(self, to: int, left: int) -> Iterator[Sentence]:
        """One move of the party, and how it would go on: a line for each of those who may be next."""
        start = f"{self.teller.move(self.witness.state, to)} by {self.teller.by(self.witness.state, to, self.dm)}"
        options = self.teller.options(self.witness.state, to, self.dm)
        following = [turn for turn in (*self.others, "") if (to, turn, left) in self.table]
        nobody: list[str | None] = [None]
        for turn in following or nobody:
            steps, ends = self._line(to, turn, left)
            told = f"if {self.teller.party(turn)} is next, {steps}" if turn and len(following) > 1 else steps
            driving = tuple(self._driving(to, turn, left)) if turn is not None else ()
            elements = tuple(dict.fromkeys((*options, *self._deciding(ends), *driving)))
            yield Sentence(f"{start}: {told}. {self._ending(ends)}", (self.witness.state, to, *ends), elements)

    def _line(self, state: int, turn: str | None, left: int) -> tuple[str, tuple[int, ...]]:
        """How the play goes on from a position, and where it can end."""
        if turn is None:
            return "nobody else can move", (state,)
        first = position = self.table[state, turn, left]
        said: list[str] = []
        while position.to is not None:
            said.append(f"{self._who(position.turn)} {self._verb(position.turn, 'move')} {self.teller.move(position.state, position.to)}")
            after = self._next(position)
            if after is None:
                break
            position = after
        if position.to is None:
            stops = f"{self._who(position.turn)} {self._verb(position.turn, 'stay')}"
            last = "no move is left" if not position.left else stops
            said.append(f"where {last}" if said else last)
        text = f"{'then ' if first.to is not None else 'then ' if first.left else ''}{_joined(said)}"
        return text, first.ends

    def _driving(self, state: int, turn: str, left: int) -> Iterator[str]:
        """What makes the others do what they do in a line: the elements that decide between where it ends and where they would stay."""
        position: Position | None = self.table[state, turn, left]
        while position is not None:
            movers = self.others if not position.turn else [position.turn] if position.turn != self.dm else []
            if self.witness.concept.startswith("Maximin"):
                movers = []  # they do harm, whatever they prefer
            for end in position.ends if position.to is not None else self._passed_up(position):
                yield from (path for dm in movers for path in deciding(self.teller, dm, position.state, end))
            position = self._next(position) if position.to is not None else None

    def _passed_up(self, position: Position) -> list[int]:
        """Where the moves would end that somebody who stays does not make."""
        if not position.left or not position.turn:
            return []
        reached = self.teller.space.moves(position.turn, position.state)
        after = (self.table.get((to, turn, position.left - 1)) for to in reached for turn in (*self.teller.decision_makers, ""))
        return [end for following in after if following is not None and following.turn != position.turn for end in following.ends]

    def _next(self, position: Position) -> Position | None:
        """The position after the move of another, the one that counts where anybody may be next."""
        assert position.to is not None
        after = [p for turn in (*self.teller.decision_makers, "") if (p := self.table.get((position.to, turn, position.left - 1)))]
        candidates = [p for p in after if p.turn != position.turn and set(p.ends) & set(position.ends)]
        return candidates[0] if candidates else None

    def _who(self, turn: str) -> str:
        if turn:
            return self.teller.party(turn)
        return self.teller.party(self.others[0]) if len(self.others) == 1 else "the others"

    def _verb(self, turn: str, verb: str) -> str:
        return f"{verb}s" if turn or len(self.others) == 1 else verb

    def _ending(self, ends: tuple[int, ...]) -> str:
        """Where a line ends, and how that compares with staying."""
        if len(ends) == 1:
            return f"It ends at {self.teller.state(ends[0])}, {self.teller.compared(ends[0])}{self.teller.because(ends[0])}."
        worst = self.teller.best_first(ends)[-1]
        states = self.teller.states(ends, "or")
        compared = f"{self.teller.compared(worst)}{self.teller.because(worst)}"
        return f"It can end at {states}; the worst of these for {self.party} counts, {self.teller.state(worst)}, {compared}."

    def _deciding(self, ends: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(path for end in ends for path in deciding(self.teller, self.dm, self.witness.state, end)))

    def repetition(self) -> Sentence:
        """From which horizon on the results repeat, and what follows."""
        first, again = self.witness.repeats, self.witness.entries[0].left
        count, here = again - first, self.teller.state(self.witness.state)
        if count > 1:
            text = f"From {_moves(max(first, 1))} ahead on the results repeat, every {count} horizons"
        else:
            text = f"From {_moves(first)} ahead on nothing changes any more" if first else "However far anybody looks, nothing changes"
        if self.witness.stays:
            text += f", and {self.party} stays at {here} " + ("there" if count == 1 else f"at all {count} of them")
            return Sentence(f"{text}. At {_moves(self.root.left)} ahead:", (self.witness.state,))
        again_and_again = "there" if count == 1 else f"again and again, for instance at {_moves(self.root.left)} ahead"
        return Sentence(
            f"{text}, and {self.party} leaves {here} {again_and_again}. At {_moves(self.root.left)} ahead:", (self.witness.state,)
        )

    # -- rounds: metarationalities ---------------------------------------------------------------------------------------
    def rounds(self, lead: list[Sentence]) -> list[Part]:
        """Each gain of the party with an answer, and each that could follow an answer."""
        here = self.witness.state
        first = [self._answered(here, to, self.root.left) for to in self._gains(here)]
        if not first:
            text = f"From {self.teller.state(here)} there is no improvement for {self.party}."
            return [Part((*lead, Sentence(text, (here,))))]
        later = [
            self._answered(p.state, to, p.left)
            for p in self.witness.entries[1:]
            if p.turn == self.dm and p.left
            for to in self._gains(p.state)
        ]
        one = "it has an answer" if len(first) == 1 else "each has an answer; one is given for each"
        are = "is" if len(first) == 1 else "are"
        text = f"From {self.teller.state(here)} there {are} {plural(len(first), 'improvement')} for {self.party}, and {one}:"
        parts = [Part((*lead, Sentence(text, (here,))), tuple(first))]
        if later:
            text = f"After these answers {self.party} could move on to states better than {self.teller.state(here)}, and is answered again:"
        else:
            text = f"After these answers {self.party} can move to no state better than {self.teller.state(here)}"
            text += "." if self.root.left > 2 else ", or no move is left."
            if self.root.left <= 2:
                return parts
        return [*parts, Part((Sentence(text, (here,)),), tuple(later))]

    def _gains(self, state: int) -> list[int]:
        return [to for to in self.teller.best_first(self.teller.space.moves(self.dm, state)) if self.teller.prefers(to)]

    def _answered(self, state: int, to: int, left: int) -> Sentence:
        """One gain with the answer to it."""
        answer = self.table[to, "", left - 1].to
        assert answer is not None
        steps = self.sequence(to, answer)
        told = ", ".join(f"{self.teller.party(mover)} {self.teller.move(start, end)}" for mover, start, end in steps)
        text = f"{left_to_go(self.root.left, left)}{self.teller.move(state, to)} by {self.teller.by(state, to, self.dm)}. Answer: {told}. "
        text += f"That leaves {self.party} at {self.teller.state(answer)}, {self.teller.compared(answer)}{self.teller.because(answer)}."
        return Sentence(text, (state, to, answer), (*self._changed(state, to, steps), *self._deciding((to, answer))))

    def _changed(self, state: int, to: int, steps: list[tuple[str, int, int]]) -> tuple[str, ...]:
        """The options that a move of the party and the steps of the others after it change."""
        made = [(self.dm, state, to), *steps]
        return tuple(dict.fromkeys(path for who, start, end in made for path in self.teller.options(start, end, who)))

    def sequence(self, start: int, end: int) -> list[tuple[str, int, int]]:
        """A shortest sequence of the others that the witness lists, as mover, state before and state after."""
        if len(self.others) == 1:
            return [(self.others[0], start, end)]
        replies = next(r for r in self.witness.replies if r.start == start)
        lengths = {(c.state, mover): after for c in replies.reached for mover, after in zip(c.last, c.after, strict=True)}
        mover = min((dm for dm in self.others if (end, dm) in lengths), key=lambda dm: lengths[end, dm])
        steps: list[tuple[str, int, int]] = []
        while True:
            length = lengths[end, mover]
            if length == 1:
                return [(mover, start, end), *steps]
            before, previous = next(
                (s, m) for (s, m), after in lengths.items() if after == length - 1 and m != mover and self._can(mover, s, end)
            )
            steps.insert(0, (mover, before, end))
            end, mover = before, previous

    def _can(self, mover: str, state: int, to: int) -> bool:
        """Whether a step counts under the concept."""
        credible = self.witness.concept.startswith("CMR") or self.witness.concept.endswith("credible")
        return to in self.teller.space.moves(mover, state) and (not credible or self.teller.orders[mover].prefers(to, state))

    def escape(self, lead: list[Sentence]) -> list[Part]:
        """A gain that is not answered for good: everything that the others can make of it."""
        here, to = self.witness.state, self.witness.improvement
        assert to is not None
        text = f"{self.party} can move {self.teller.move(here, to)} by {self.teller.by(here, to, self.dm)}: "
        gain = Sentence(f"{text}{self.teller.compared(to)}{self.teller.because(to)}.", (here, to), self._deciding((to,)))
        reached = sorted(self.reached(to), key=self.teller.number) if self.root.left > 1 else []
        counted = "such answers" if self.witness.concept.startswith("C") else "sequences of moves"
        if self.root.left == 1:
            after = "That is the last move that is looked at."
        elif not reached:
            after = f"The others have no {counted} from {self.teller.state(to)}."
        else:
            after = f"By {counted} the others can bring about {plural(len(reached), 'state')} from there, and none holds {self.party}:"
        items = tuple(self._escaped(state) for state in reached)
        return [Part((*lead, gain, Sentence(after, (to,))), items)]

    def _escaped(self, state: int) -> Sentence:
        """Why one answer does not hold the party."""
        text = f"{self.teller.state(state)}: {self.teller.compared(state)}{self.teller.because(state)}"
        position = self.table[state, self.dm, self.root.left - 2]
        if position.to is not None:
            further = "which the others can't undo for good" if position.left > 1 else "and no move is left"
            text += f"; but {self.party} moves on {self.teller.move(state, position.to)}, {further}"
        return Sentence(text, (state,), self._deciding((state,)))

    def reached(self, start: int) -> set[int]:
        """All that the others can bring about from a state."""
        if len(self.others) == 1:
            return {to for to in self.teller.space.moves(self.others[0], start) if self._can(self.others[0], start, to)}
        return {case.state for replies in self.witness.replies if replies.start == start for case in replies.reached}

    # -- plans: policies -------------------------------------------------------------------------------------------------
    def plan(self, lead: list[Sentence]) -> list[Part]:
        """The plan of the others: where it keeps the party, and what it does after each move."""
        own = [p.state for p in self.witness.entries if p.turn]
        moves = [(state, to) for state in own for to in self._allowed(state)]
        here = self.teller.state(self.witness.state)
        if not moves:
            return [Part((*lead, Sentence(f"From {here} there is no move for {self.party} that counts.", (self.witness.state,))))]
        kept = f"{self.teller.states(sorted(own, key=self.teller.number))}, {'which is' if len(own) == 1 else 'none of which is'}"
        text = f"There is a plan of the others under which the play comes to rest nowhere but at {kept} "
        text += "no better than " + here if len(own) == 1 and own[0] != self.witness.state else f"better for {self.party} than {here}"
        if own == [self.witness.state]:
            text = f"There is a plan of the others under which the play comes to rest nowhere but at {here}"
        return [Part((*lead, Sentence(f"{text}. After each move of {self.party}:", tuple(own))), tuple(self._planned(*m) for m in moves))]

    def _allowed(self, state: int) -> list[int]:
        """The moves of the party that policies may make, best first."""
        credible = self.witness.concept.endswith("credible")
        moves = self.teller.space.moves(self.dm, state)
        return [to for to in self.teller.best_first(moves) if not credible or self.teller.orders[self.dm].prefers(to, state)]

    def _planned(self, state: int, to: int) -> Sentence:
        """What the plan does after one move."""
        answer = self.table[to, "", 0].to
        move = f"{self.teller.move(state, to)} by {self.teller.by(state, to, self.dm)}"
        if answer is None:
            elements = (*self._changed(state, to, []), *self._deciding((to,)))
            return Sentence(f"{move}: it is let be; {self.teller.state(to)} is {self._told_of(to)}", (state, to), elements)
        steps = self.sequence(to, answer)
        told = ", ".join(f"{self.teller.party(who)} {self.teller.move(a, b)}" for who, a, b in steps)
        elements = (*self._changed(state, to, steps), *self._deciding((answer,)))
        return Sentence(f"{move}: {told}, to a state that is {self._told_of(answer)}", (state, to, answer), elements)

    def _told_of(self, state: int) -> str:
        return f"{self.teller.compared(state)}{self.teller.because(state)}"

    def way_out(self, lead: list[Sentence]) -> list[Part]:
        """What the party does at each state that the others can lead to, until the play can rest at a better one."""
        moving = [p for p in self.witness.entries if p.turn and p.to is not None]
        text = f"Whatever plan the others have, {self.party} has a plan by which the play can rest at a state better than "
        text += f"{self.teller.state(self.witness.state)}:"
        return [Part((*lead, Sentence(text, (self.witness.state,))), tuple(self._way(position) for position in moving))]

    def _way(self, position: Position) -> Sentence:
        start, to = position.state, position.to
        assert to is not None
        after = sorted({to, *self.reached(to)}, key=self.teller.number)
        better = [state for state in after if self.teller.prefers(state)]
        rest = [state for state in after if not self.teller.prefers(state)]
        text = f"at {self.teller.state(start)}, {self.teller.move(start, to)} by {self.teller.by(start, to, self.dm)}: "
        text += f"{self.teller.states(better, 'or')} can follow, better" if better else ""
        if rest:
            text += f"{'; ' if better else ''}{self.teller.states(rest, 'or')} can follow, from where {self.party} moves on"
        return Sentence(text, (start, to, *after), (*self.teller.options(start, to, self.dm), *self._deciding(tuple(better))))


def left_to_go(first: int, left: int) -> str:
    """How a gain that is made later begins: after how many answers.

    >>> left_to_go(5, 5), left_to_go(5, 3), left_to_go(7, 3)
    ('', 'after 1 answer, ', 'after 2 answers, ')
    """
    answers = (first - left) // 2
    return f"after {plural(answers, 'answer')}, " if answers else ""


def _moves(count: int) -> str:
    return plural(count, "move")


def _joined(said: list[str]) -> str:
    """Steps after one another; the last says where it stops."""
    if len(said) < 3:
        return ", ".join(said)
    return f"{', '.join(said[:-2])}, and {said[-2]}, {said[-1]}"
