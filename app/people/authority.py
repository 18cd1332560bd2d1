"""Recording who has authority over a child; never inferred, always with its source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.bsn import holds_bsn
from app.errors import Refusal, collect
from app.ids import new_id
from app.names import tidy
from app.people.records import Authority, AuthorityKind
from app.record import Compartment

if TYPE_CHECKING:
    from datetime import date

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


class AuthorityState(StrEnum):
    """What follows from all that is known of somebody's authority on a day."""

    HOLDS = "holds"
    OPEN = "open"
    NONE = "none"


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

    Raises:
        Refusals: fields that are not right; nothing is stored.
    """
    collect(_faults(draft, session.clock.today()))
    fact = Authority(
        id=new_id(),
        pupil_id=draft.pupil_id,
        guardian_id=draft.guardian_id,
        kind=draft.kind,
        start=draft.start,
        end=draft.end,
        source=draft.source,
        seen_on=draft.seen_on,
        seen_by=tidy(draft.seen_by) or session.user.name,
        investigated=draft.investigated,
        recorded_at=session.clock.now(),
        replaces=draft.replaces,
    )
    with session.work(Compartment.CONSENT, "authority_recorded", draft.pupil_id) as work:
        work.add(fact)
        work.commit()
    return fact


def current_authority(facts: tuple[Authority, ...], day: date) -> Authority | None:
    """The fact that holds on a day, of several the one recorded last; None when unknown."""
    replaced = {fact.replaces for fact in facts if fact.replaces}
    holding = [fact for fact in facts if fact.id not in replaced and _covers(fact, day)]
    return max(holding, key=lambda fact: fact.recorded_at, default=None)


def authority_state(facts: tuple[Authority, ...], day: date) -> AuthorityState:
    """Whether somebody decides on a day; open counts as deciding until it is settled.

    Nothing known about the day is open, unless authority is known to begin later or to have
    ended.
    """
    replaced = {fact.replaces for fact in facts if fact.replaces}
    standing = [fact for fact in facts if fact.id not in replaced]
    kinds = {_effective(fact) for fact in standing if _covers(fact, day)}
    if kinds & HOLDERS:
        return AuthorityState.HOLDS
    if kinds & UNSETTLED:
        return AuthorityState.OPEN
    bounded = any(fact.kind in HOLDERS for fact in standing)
    return AuthorityState.NONE if kinds or bounded else AuthorityState.OPEN


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
