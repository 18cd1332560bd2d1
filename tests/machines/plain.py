"""What a register should answer, from a plain list of what it was told; knows no product code.

Everything told carries its moment, so that the model can look back as well. The rules are those
of the design, in its order; days are painted one event after the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

HOLDS = {"joint_parental", "sole_parental", "joint_with_third", "guardianship"}
DOUBT = {"not_known", "undeterminable"}
STRICT = {"public", "social", "press"}
ONE = timedelta(days=1)


class Answered(NamedTuple):
    """An answer as far as it is compared."""

    outcome: str
    reason: str
    conditions: tuple[str, ...] = ()


@dataclass(slots=True)
class Told:
    """Something that the register was told about a pupil.

    Attributes:
        kind: stay, leave, visit, authority, said, retracted, flag or lifted.
        id: the product's id of the fact, where a later one may name it.
    """

    at: datetime
    kind: str
    id: str = ""
    start: date | None = None
    end: date | None = None
    who: str = ""
    what: str = ""
    use: str = ""
    conditions: tuple[str, ...] = ()
    scope: int = 1
    replaces: str = ""


@dataclass(slots=True)
class Child:
    """A pupil, and everything that was told.

    Attributes:
        guardians: whoever was ever related, since when that is known; authority decides alone.
    """

    born: date | None
    guardians: dict[str, datetime] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """A channel as the school has set it."""

    key: str
    audience: str
    media: tuple[str, ...]
    ground: bool = False
    lenient: bool = False
    widened: list[date] = field(default_factory=list)

    @property
    def scope(self) -> int:
        """How often the use was widened, from 1: a yes covers what it was given to."""
        return 1 + len(self.widened)

    def scope_on(self, day: date) -> int:
        """What a form that was signed on a day can have covered."""
        return 1 + sum(widened <= day for widened in self.widened)


def answer(child: Child, line: Line, medium: str, day: date, at: datetime) -> Answered:
    """The answer for one use on one day, as known at a moment."""
    told = [one for one in child.told if one.at <= at]
    if _flagged(told, day):
        return Answered("no", "safety")
    if not _here(told, day):
        return Answered("no", "not_present")
    if line.ground and medium in line.media:
        return Answered("not_needed", "ground")
    deciders = _deciders(child, told, day, at)
    if not deciders:
        return Answered("ask", "nobody_decides")
    use = f"{medium}:{line.key}"
    heard = [one for one in standing(told) if one.use == use and _heard(child, one)]
    said = {who: _last_word(heard, who, day) for who in deciders}
    objections = {one.what for one in said.values() if one and one.what != "yes"}
    if objections:
        return Answered("no", "withdrawn" if "withdrawn" in objections else "refused")
    yes = {who: _valid(one, day, line.scope) for who, one in said.items()}
    silent = {who for who, one in yes.items() if one is None}
    objected = any(one.who in silent and one.what != "yes" for one in _until(heard, day))
    return _favourable(list(yes.values()), line, medium, objected=objected)


def silent(child: Child, lines: Iterable[Line], day: date, at: datetime) -> set[str]:
    """Who decides and has no answer that counts about some use; nobody while it cannot matter."""
    told = [one for one in child.told if one.at <= at]
    if _flagged(told, day) or not _here(told, day):
        return set()
    heard = [one for one in standing(told) if _heard(child, one)]
    uses = [
        (f"{m}:{line.key}", line.scope) for line in lines if not line.ground for m in line.media
    ]
    return {
        who
        for who in _deciders(child, told, day, at)
        for use, scope in uses
        if not _answered([one for one in heard if one.use == use], who, day, scope)
    }


def _answered(heard: list[Told], who: str, day: date, scope: int) -> bool:
    last = _last_word(heard, who, day)
    return last is not None and (last.what != "yes" or _valid(last, day, scope) is not None)


def _favourable(yes: list[Told | None], line: Line, medium: str, *, objected: bool) -> Answered:
    """Who objected once and whose later yes lapsed is not passed over as silent."""
    given = [one for one in yes if one]
    if medium not in line.media:
        return Answered("ask", "not_asked")
    enough = len(given) == len(yes)
    lenient = line.lenient and line.audience not in STRICT and given and not objected
    if enough or lenient:
        conditions = tuple(sorted({key for one in given for key in one.conditions}))
        reason = "all_said_yes" if enough else "one_suffices"
        return Answered("yes_if" if conditions else "yes", reason, conditions)
    return Answered("ask", "incomplete" if given else "unanswered")


def _flagged(told: list[Told], day: date) -> bool:
    lifted = {one.replaces: one for one in told if one.kind == "lifted"}
    flags = [lifted.get(one.id, one) for one in told if one.kind == "flag"]
    return any(_covers(one.start, one.end, day) for one in flags)


def _here(told: list[Told], day: date) -> bool:
    """A new enrolment takes the place of what ran on; leaving ends it; visits stand apart."""
    enrolled = False
    for one in told:
        if one.kind == "stay" and one.start and day >= one.start:
            enrolled = one.end is None or day <= one.end
        elif one.kind == "leave" and one.end and day > one.end:
            enrolled = False
    visits = [one for one in told if one.kind == "visit"]
    return enrolled or any(_covers(one.start, one.end, day) for one in visits)


def _deciders(child: Child, told: list[Told], day: date, at: datetime) -> list[str]:
    if of_age(child, day):
        return [PUPIL]
    known = [who for who, since in child.guardians.items() if since <= at]
    return [who for who in known if decides(told, who, day)]


def of_age(child: Child, day: date) -> bool:
    """Whether the pupil decides alone."""
    return child.born is not None and _age(child.born, day) >= OF_AGE


def _heard(child: Child, one: Told) -> bool:
    """A pupil's own yes counts only from coming of age; an objection always does."""
    return one.who != PUPIL or one.what != "yes" or of_age(child, one.start or date.min)


PUPIL = "self"
OF_AGE = 16


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class Period(NamedTuple):
    """Authority as painted; one that ends before it begins was painted over."""

    start: date
    end: date
    kind: str


def periods(told: list[Told], who: str) -> dict[str, Period]:
    """The authority of one guardian by fact: each fact takes its own days.

    What began before it ends there for good; of authority that began later the days after it
    are left. Without an end, what is no authority leaves those to come alone.
    """
    painted: dict[str, Period] = {}
    for one in told:
        if one.kind != "authority" or one.who != who:
            continue
        if one.replaces:
            del painted[one.replaces]
        begin = one.start or date.min + ONE
        end = one.end or _before_planned(painted, one, begin)
        for id, old in painted.items():
            begun_later = old.start > begin and old.kind in HOLDS | DOUBT
            if old.start > end or old.end < begin:
                continue
            if begun_later and old.end > end:
                painted[id] = old._replace(start=end + ONE)
            else:
                painted[id] = old._replace(end=begin - ONE)
        painted[one.id] = Period(begin, end, one.what)
    return painted


def _before_planned(painted: dict[str, Period], one: Told, begin: date) -> date:
    """The last day of what names none."""
    if one.what in HOLDS | DOUBT:
        return date.max
    now = max(one.at.date(), begin)
    planned = [
        p.start for p in painted.values() if p.kind in HOLDS | DOUBT and p.end >= p.start
    ]
    return min((start - ONE for start in planned if start > now), default=date.max)


def decides(told: list[Told], who: str, day: date) -> bool:
    """Not known counts as deciding, unless authority is known to have ended or not begun."""
    real = sorted(one for one in periods(told, who).values() if one.end >= one.start)
    now = [one for one in real if one.start <= day <= one.end]
    if now:
        return now[0].kind in HOLDS | DOUBT
    before = [one for one in real if one.end < day][-1:]
    after = [one for one in real if one.start > day][:1]
    return not any(one.kind in HOLDS for one in before + after)


def standing(told: list[Told]) -> list[Told]:
    """Decisions that are neither taken back nor corrected by one that stands.

    The stories only take back or correct what stands, so that no chain has a hole.
    """
    gone = {one.replaces for one in told if one.kind == "retracted"}
    alive = [one for one in told if one.kind == "said" and one.id not in gone]
    corrected = {one.replaces for one in alive}
    return [one for one in alive if one.id not in corrected]


def _last_word(heard: list[Told], who: str, day: date) -> Told | None:
    """What somebody signed last; of one day the strictest, and every yes with all conditions."""
    own = [one for one in _until(heard, day) if one.who == who]
    newest = max((one.start or date.min for one in own), default=None)
    of_day = [one for one in own if one.start == newest]
    against = [one for one in of_day if one.what != "yes"]
    if against or not of_day:
        return max(against, key=lambda one: one.what, default=None)
    conditions = tuple(sorted({key for one in of_day for key in one.conditions}))
    end = min((one.end for one in of_day if one.end), default=None)
    scope = min(one.scope for one in of_day)
    return replace(of_day[0], conditions=conditions, end=end, scope=scope)


def _until(heard: list[Told], day: date) -> list[Told]:
    return [one for one in heard if one.start and one.start <= day]


def _valid(one: Told | None, day: date, scope: int) -> Told | None:
    if one is None or one.scope < scope or (one.end and one.end < day):
        return None
    return one


def _covers(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)
