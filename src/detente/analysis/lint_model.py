"""What an analyst would want to know of the rules, options, decision makers and states of a conflict."""

from __future__ import annotations

from collections.abc import Iterator

from detente.errors import Diagnostic, Severity
from detente.model.conflict import DecisionMaker
from detente.model.rule import Merged, required
from detente.space.states import StateSpace
from detente.text import listing, plural

_LISTED = 5


def found(code: str, message: str, element: str, help: str, severity: Severity = Severity.WARNING) -> Diagnostic:
    """A finding about an element of the conflict."""
    return Diagnostic(code, message, help=help, severity=severity, element=element)


def rule_findings(space: StateSpace) -> Iterator[Diagnostic]:
    """M150 (nothing is feasible), M151 (a rule removes nothing), M152 (a merge merges nothing)."""
    conditions = [(i, required(rule)) for i, rule in enumerate(space.conflict.rules, start=1)]
    tables = [(i, space.where_bits(condition)) for i, condition in conditions if condition is not None]
    if not space.feasible:
        yield _nothing_feasible(space, tables)
        return
    for i in _superfluous(space, tables):
        alone = dict(tables)[i] == space.everything
        why = "every combination of options meets it" if alone else "the other rules remove all that it removes"
        yield found("M151", f"rule {i} removes nothing: {why}", f"rules/{i}", "leave it out, or look whether it says what is meant")
    yield from _idle_merges(space)


def _nothing_feasible(space: StateSpace, tables: list[tuple[int, int]]) -> Diagnostic:
    """The error that no combination is feasible, with rules that exclude everything between them, none of which can be spared."""
    kept = list(tables)
    for entry in tables:
        rest = space.everything
        for other in kept:
            if other is not entry:
                rest &= other[1]
        if not rest:
            kept.remove(entry)
    numbers = [i for i, _ in kept]
    who = f"rule {numbers[0]} alone excludes" if len(numbers) == 1 else f"rules {listing(numbers)} together exclude"
    message = f"no state is feasible: {who} every combination of options"
    return found("M150", message, f"rules/{numbers[0]}", "take back or change at least one of these rules", Severity.ERROR)


def _superfluous(space: StateSpace, tables: list[tuple[int, int]]) -> list[int]:
    """Rules that can all be left out together without a change; of two that say the same the later one."""
    before = [space.everything]
    for _, table in tables:
        before.append(before[-1] & table)
    after, result = space.everything, []
    for (i, table), earlier in zip(reversed(tables), reversed(before[:-1]), strict=True):
        if earlier & after == space.feasible:
            result.append(i)
        else:
            after &= table
    return sorted(result)


def _idle_merges(space: StateSpace) -> Iterator[Diagnostic]:
    merges = [
        (i, space.where_bits(rule.when) & space.feasible)
        for i, rule in enumerate(space.conflict.rules, start=1)
        if isinstance(rule, Merged)
    ]
    for place, (i, members) in enumerate(merges):
        if members.bit_count() < 2:
            what = f"{'only one' if members else 'no'} feasible combination meets its condition"
        elif any(members & ~group == 0 for group in _groups([table for _, table in merges[:place]])):
            what = "the rules before it merge the same combinations"
        else:
            continue
        yield found("M152", f"rule {i} merges nothing: {what}", f"rules/{i}", "leave it out, or look whether it says what is meant")


def _groups(tables: list[int]) -> list[int]:
    """Sets of combinations, those that overlap united."""
    groups: list[int] = []
    for table in tables:
        apart = [group for group in groups if not group & table]
        for group in groups:
            table |= group if group & table else 0
        groups = [*apart, table]
    return groups


def option_findings(space: StateSpace) -> Iterator[Diagnostic]:
    """M153, M154 (never, always taken), M155 (nobody can change it), M156 (shared)."""
    for option in space.conflict.options:
        taken, path = space.feasible & space.columns[option.key], f"options/{option.key}"
        if not taken:
            yield found(
                "M153", f'no feasible state takes "{option.name}"', path, "leave the option out, or change the rule that excludes it"
            )
        elif taken == space.feasible:
            help = "leave the option out, or change the rule that makes it necessary"
            yield found("M154", f'every feasible state takes "{option.name}"', path, help)
        elif not option.owners:
            message = f'"{option.name}" has no owner; no move changes it'
            yield found("M155", message, path, "this is right for something that nobody decides", Severity.NOTE)
        elif not any(_can_change(space, owner, option.key) for owner in option.owners):
            message = f'nobody can ever change "{option.name}", although feasible states differ on it'
            yield found("M155", message, path, "look at its direction, and at the rules that tie it to options of others")
        if len(option.owners) > 1:
            owners = listing(space.conflict.decision_maker(key).name for key in dict.fromkeys(option.owners))
            message = f'"{option.name}" is shared by {owners}; each of them can change it alone'
            yield found("M156", message, path, "if they can change it only together, say so with an option for each", Severity.NOTE)


def _changed(space: StateSpace, dm: str, start: int, needed: str | None = None) -> int:
    """The feasible combinations that one non-empty change of a decision maker's options (with one of them, if `needed`) makes of others."""
    unseen = space.conflict.decision_maker(dm).unperceived
    perceived = space.feasible if unseen is None else space.feasible & ~space.where_bits(unseen)
    reached = 0
    for part, banned in space.by_bans(dm, start & perceived):
        reached |= _changed_freely(space, dm, part, needed) & ~banned
    return reached & perceived


def _changed_freely(space: StateSpace, dm: str, before: int, needed: str | None) -> int:
    own = [k for k, option in enumerate(space.conflict.options) if space.masks[dm] >> k & 1]
    if needed is None:
        still, moved = before, 0
    else:
        place = space.conflict.option_index[needed]
        own.remove(place)
        still, moved = 0, _step(space, place, before)
    for k in own:
        moved |= _step(space, k, moved | still)
    return moved


def _step(space: StateSpace, k: int, combinations: int) -> int:
    """The combinations with one option changed, as its direction allows."""
    column, shift = space.columns[space.conflict.options[k].key], 1 << k
    on = (combinations & ~column) << shift if not space.only_off >> k & 1 else 0
    off = (combinations & column) >> shift if not space.only_on >> k & 1 else 0
    return on | off


def _can_change(space: StateSpace, dm: str, key: str) -> bool:
    return _changed(space, dm, space.feasible, key) != 0


def _has_move(space: StateSpace, dm: str) -> bool:
    """Whether a decision maker has a move from any state to another."""
    merged = [sum(1 << member for member in members) for members in space.classes.values()]
    plain = space.feasible & ~sum(merged)
    return _changed(space, dm, plain) != 0 or any(_changed(space, dm, members) & ~members for members in merged)


def maker_findings(space: StateSpace) -> Iterator[Diagnostic]:
    """M157 (no move), M161, M163 (red lines), I709, M164 (perception), M160 (names)."""
    for dm in space.conflict.decision_makers:
        path = f"decision makers/{dm.key}"
        if not space.masks[dm.key]:
            yield found(
                "M157", f"{dm.name} has no option, and so no move", path, "give them an option, or leave them out", Severity.WARNING
            )
        elif not _has_move(space, dm.key):
            yield found("M157", f"{dm.name} has no move from any state", path, "look at the directions of their options and at the rules")
        yield from _red_line_findings(space, dm, path)
        if dm.unperceived is not None:
            yield _perception(space, dm, path)
    yield from _name_findings(space)


def _red_line_findings(space: StateSpace, dm: DecisionMaker, path: str) -> Iterator[Diagnostic]:
    for i, line in enumerate(dm.red_lines, start=1):
        crossing, element = space.where(line.never), f"{path}/red lines/{i}"
        if not crossing:
            help = "leave it out, or change the rule that excludes these states"
            yield found("M161", f"no feasible state crosses red line {i} of {dm.name}", element, help)
        elif crossing == space.states:
            help = "it tells no states apart; look whether it says what is meant"
            yield found("M163", f"every feasible state crosses red line {i} of {dm.name}", element, help)
        if space.status_quo is not None and crossing.contains(space.status_quo):
            help = "this may be so: they do not accept what holds now"
            yield found("M162", f"the status quo crosses red line {i} of {dm.name}", element, help, Severity.NOTE)


def _perception(space: StateSpace, dm: DecisionMaker, path: str) -> Diagnostic:
    unseen = space.where_bits(dm.unperceived) & space.feasible if dm.unperceived is not None else 0
    element = f"{path}/unperceived"
    if not unseen:
        message = f"no feasible state meets the condition of what {dm.name} does not perceive"
        return found("M164", message, element, "leave it out, or look whether it says what is meant")
    count = f"{unseen.bit_count():,} of {plural(space.feasible.bit_count(), 'feasible combination')}"
    message = f"{dm.name} does not perceive {count}: moves removed from one common graph; not a hypergame"
    return found("I709", message, element, "to look at the conflict as each party sees it, write one file for each view", Severity.NOTE)


def _name_findings(space: StateSpace) -> Iterator[Diagnostic]:
    makers: dict[str, str] = {}
    for dm in space.conflict.decision_makers:
        if dm.name.casefold() in makers:
            message = f'two decision makers are called "{dm.name}": {makers[dm.name.casefold()]} and {dm.key}'
            yield found("M160", message, f"decision makers/{dm.key}", "give each a name of its own; readers see names, not keys")
        makers.setdefault(dm.name.casefold(), dm.key)
    options: dict[str, list[str]] = {}
    for option in space.conflict.options:
        same = options.setdefault(option.name.casefold(), [])
        if same:
            one_owner = any(set(space.conflict.option(key).owners) & set(option.owners) for key in same)
            message = f'{plural(len(same) + 1, "option")} are called "{option.name}": {listing([*same, option.key])}'
            severity = Severity.WARNING if one_owner or not option.owners else Severity.NOTE
            yield found("M160", message, f"options/{option.key}", "give each a name of its own; readers see names, not keys", severity)
        same.append(option.key)


def status_quo_findings(space: StateSpace) -> Iterator[Diagnostic]:
    """M158 (the status quo is infeasible), M159 (there is none)."""
    taken = space.conflict.status_quo
    if taken is None:
        help = "name the options taken now under `status quo`; paths then start from it"
        yield found("M159", "the conflict has no status quo", "status quo", help, Severity.NOTE)
    elif space.status_quo is None:
        combination = space.conflict.combination(taken)
        against = []
        for i, rule in enumerate(space.conflict.rules, start=1):
            condition = required(rule)
            if condition is not None and not space.where_bits(condition) >> combination & 1:
                against.append(i)
        excluding = (
            f"{'rule' if len(against) == 1 else 'rules'} {listing(against[:_LISTED])}{' and others' if len(against) > _LISTED else ''}"
        )
        message = f"the status quo can't occur: {excluding} {'excludes' if len(against) == 1 else 'exclude'} it"
        yield found("M158", message, "status quo", "change the status quo, or the rule; what holds now can't be infeasible")


def ban_findings(space: StateSpace) -> Iterator[Diagnostic]:
    """M165: a ban that removes no move which rules, directions and perception leave."""
    for place, ban in enumerate(space.conflict.bans, start=1):
        unseen = space.conflict.decision_maker(ban.by).unperceived
        perceived = space.feasible if unseen is None else space.feasible & ~space.where_bits(unseen)
        reached = _changed_freely(space, ban.by, space.where_bits(ban.leaving) & perceived, None)
        if not reached & perceived & space.where_bits(ban.reaching):
            name = space.conflict.decision_maker(ban.by).name
            message = f"ban {place} removes no move: {name} has none from such states to such states"
            yield found("M165", message, f"bans/{place}", "look at its two conditions, and at whose options they speak of")
