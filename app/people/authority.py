"""Recording who has authority over a child; never inferred, always with its source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from app.bsn import holds_bsn
from app.errors import Refusal, collect
from app.ids import new_id
from app.names import tidy
from app.people.records import Authority, AuthorityKind
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.ports import Session


HOLDERS = frozenset(
    {
        AuthorityKind.JOINT_PARENTAL,
        AuthorityKind.SOLE_PARENTAL,
        AuthorityKind.JOINT_WITH_THIRD,
        AuthorityKind.GUARDIANSHIP,
    }
)
UNSETTLED = frozenset({AuthorityKind.NOT_KNOWN, AuthorityKind.UNDETERMINABLE})
_DECIDES = HOLDERS | UNSETTLED
_DAY = timedelta(days=1)


class AuthorityState(StrEnum):
    """What follows from all that is known of somebody's authority on a day."""

    HOLDS = "holds"
    OPEN = "open"
    NONE = "none"


class Span(Protocol):
    """Authority of a kind in a period, both days inclusive."""

    @property
    def kind(self) -> AuthorityKind:
        """What is known of it."""
        ...

    @property
    def start(self) -> date | None:
        """First day, or None for always."""
        ...

    @property
    def end(self) -> date | None:
        """Last day, or None for open."""
        ...


@dataclass(frozen=True, slots=True)
class AuthorityDraft:
    """Authority as typed; both days inclusive and open when left out."""

    pupil_id: str
    guardian_id: str
    kind: AuthorityKind
    start: date | None = None
    end: date | None = None
    source: str = ""
    seen_on: date | None = None
    seen_by: str = ""
    investigated: bool = False
    replaces: str = ""


def record_authority(session: Session, draft: AuthorityDraft) -> Authority:
    """Add a fact about authority; the verdicts that depend on it follow at once.

    What was known of the same two people before ends the day before it, unless the new fact
    corrects it. Without a first day it holds from today when something definite was known, and
    always when nothing was.

    What begins only after its last day stays, and so does what is left after that day of
    authority that began later than the new fact. A new fact by which somebody does not decide,
    and that names no last day, ends the day before authority that is still to begin: what was
    arranged ahead is only undone by a fact about its own first day.

    Raises:
        Refusals: fields that are not right; nothing is stored.
    """
    collect(_faults(draft, session.clock.today()))
    now = session.clock.now()
    with session.work(Compartment.CONSENT, "authority_recorded", draft.pupil_id) as work:
        pair = {"pupil_id": draft.pupil_id, "guardian_id": draft.guardian_id}
        standing = [f for f in latest(work.all(Authority, **pair)) if f.id != draft.replaces]
        begin = draft.start
        if begin is None and any(fact.kind not in UNSETTLED for fact in standing):
            begin = session.clock.today()
        fact = _until_planned(_fact(draft, begin, session), standing, session.clock.today())
        cut = [other for other in standing if _is_real(other) and _meet(other, fact)]
        whole = [other for other in cut if not _goes_on(other, fact)]
        if not fact.replaces and begin is None and whole:
            fact = replace(fact, replaces=whole[-1].id)
        work.add(*(_cut(other, fact, now) for other in cut if other.id != fact.replaces))
        work.add(fact)
        work.commit()
    return fact


def latest(facts: tuple[Authority, ...]) -> tuple[Authority, ...]:
    """The facts that no other fact replaces, oldest first."""
    replaced = {fact.replaces for fact in facts if fact.replaces}
    standing = (fact for fact in facts if fact.id not in replaced)
    return tuple(sorted(standing, key=lambda fact: (fact.recorded_at, fact.id)))


def current_authority(facts: tuple[Authority, ...], day: date) -> Authority | None:
    """The fact that holds on a day, of several the one recorded last; None when unknown."""
    holding = [fact for fact in latest(facts) if _covers(fact, day)]
    return max(holding, key=lambda fact: fact.recorded_at, default=None)


def authority_later(facts: tuple[Authority, ...], day: date) -> Authority | None:
    """What begins first after a day, of several what was recorded last; None without any."""
    found = [(f.start, f) for f in latest(facts) if f.start and f.start > day and _is_real(f)]
    first = min((start for start, _ in found), default=None)
    return next((fact for start, fact in reversed(found) if start == first), None)


def authority_over(facts: tuple[Authority, ...], day: date) -> Authority | None:
    """What ended last before a day, of several what was recorded last; None without any."""
    found = [(f.end, f) for f in latest(facts) if f.end and f.end < day and _is_real(f)]
    last = max((end for end, _ in found), default=None)
    return next((fact for end, fact in reversed(found) if end == last), None)


def authority_state(facts: tuple[Authority, ...], day: date) -> AuthorityState:
    """Whether somebody decides on a day; open counts as deciding until it is settled.

    Nothing known about the day is open, unless `is_known_to_end` says otherwise.
    """
    standing = latest(facts)
    kinds = {_effective(fact) for fact in standing if _covers(fact, day)}
    if kinds & HOLDERS:
        return AuthorityState.HOLDS
    if kinds & UNSETTLED:
        return AuthorityState.OPEN
    bounded = is_known_to_end(standing, day)
    return AuthorityState.NONE if kinds or bounded else AuthorityState.OPEN


def is_known_to_end(facts: Iterable[Span], day: date) -> bool:
    """Whether authority ended before a day of which nothing is known, or begins only later.

    The facts nearest to the day count: authority that was interrupted is not known to have
    ended, because nobody can tell whether it came back. Where several are equally near, all
    of them have to be authority.
    """
    real = [fact for fact in facts if _is_real(fact)]
    before = [fact for fact in real if fact.end is not None and fact.end < day]
    later = [fact for fact in real if fact.start is not None and fact.start > day]
    ended = max((fact.end or date.min for fact in before), default=None)
    begins = min((fact.start or date.max for fact in later), default=None)
    last = {fact.kind for fact in before if fact.end == ended}
    next_ = {fact.kind for fact in later if fact.start == begins}
    return any(kinds and kinds <= HOLDERS for kinds in (last, next_))


def _is_real(fact: Span) -> bool:
    """Whether it holds on any day."""
    return fact.start is None or fact.end is None or fact.end >= fact.start


def _fact(draft: AuthorityDraft, begin: date | None, session: Session) -> Authority:
    known = draft.kind is not AuthorityKind.NOT_KNOWN
    return Authority(
        id=new_id(),
        pupil_id=draft.pupil_id,
        guardian_id=draft.guardian_id,
        kind=draft.kind,
        start=begin,
        end=draft.end,
        source=draft.source if known else "",
        seen_on=draft.seen_on if known else None,
        seen_by=(tidy(draft.seen_by) or session.user.name) if known else "",
        investigated=draft.investigated,
        recorded_at=session.clock.now(),
        replaces=draft.replaces,
    )


def _until_planned(fact: Authority, standing: Iterable[Authority], today: date) -> Authority:
    """The fact, ending before authority that is still to begin, unless it is authority too."""
    if fact.end is not None or fact.kind in _DECIDES:
        return fact
    after = max(today, fact.start or today)
    ahead = (other for other in standing if other.kind in _DECIDES and _is_real(other))
    first = min((o.start for o in ahead if o.start and o.start > after), default=None)
    return fact if first is None else replace(fact, end=first - _DAY)


def _meet(one: Authority, other: Authority) -> bool:
    """Whether both hold on some day."""
    return _reaches(one, other.start) and _reaches(other, one.start)


def _reaches(fact: Authority, day: date | None) -> bool:
    """Whether it is not over before a day, None for the first of all."""
    return day is None or fact.end is None or fact.end >= day


def _goes_on(fact: Authority, new: Authority) -> bool:
    """Whether authority that began later than a new fact holds after its last day as well."""
    if new.end is None or fact.start is None or fact.kind not in _DECIDES:
        return False
    begun_later = new.start is None or fact.start > new.start
    return begun_later and (fact.end or date.max) > new.end


def _cut(fact: Authority, new: Authority, now: datetime) -> Authority:
    """What is left of a fact beside a new one that holds on some of its days."""
    if new.end is not None and _goes_on(fact, new):
        left = replace(fact, start=new.end + _DAY)
    else:
        first = fact.start or date.min + _DAY  # what had not begun never holds
        left = replace(fact, end=max(new.start or first, first) - _DAY)
    return replace(left, id=new_id(), recorded_at=now, replaces=fact.id)


def _effective(fact: Authority) -> AuthorityKind:
    """Authority that is being investigated counts as one that cannot be determined."""
    open_ = fact.investigated and fact.kind in HOLDERS
    return AuthorityKind.UNDETERMINABLE if open_ else fact.kind


def _covers(fact: Authority, day: date) -> bool:
    return (fact.start is None or fact.start <= day) and (fact.end is None or fact.end >= day)


def _faults(draft: AuthorityDraft, today: date) -> list[Refusal]:
    found = []
    if draft.start and draft.end and draft.end < draft.start:
        found.append(Refusal("people.ends_before_start", field="end"))
    if draft.kind is not AuthorityKind.NOT_KNOWN and not draft.source:
        found.append(Refusal("people.source_missing", field="source"))
    if draft.seen_on and draft.seen_on > today:
        found.append(Refusal("people.seen_later", field="seen_on"))
    if holds_bsn(draft.seen_by):
        found.append(Refusal("people.bsn", field="seen_by"))
    return found
