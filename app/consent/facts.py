"""The facts from which a verdict follows: small values that the store can read quickly."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from datetime import date, datetime

    from app.consent.records import Answer
    from app.people.records import AuthorityKind


class PresenceFact(NamedTuple):
    """The subject is enrolled, visiting or employed in a period, both days inclusive."""

    id: str
    start: date
    end: date | None
    recorded_at: datetime
    replaces: str = ""


class AuthorityFact(NamedTuple):
    """A guardian's authority over the subject in a period, both days inclusive."""

    id: str
    guardian_id: str
    kind: AuthorityKind
    start: date | None
    end: date | None
    recorded_at: datetime
    replaces: str = ""
    investigated: bool = False


class FlagFact(NamedTuple):
    """A safety flag in a period, both days inclusive."""

    id: str
    start: date
    end: date | None
    recorded_at: datetime
    replaces: str = ""


class DecisionFact(NamedTuple):
    """One person's answer about one use (`medium:channel`)."""

    id: str
    decider_id: str
    use: str
    answer: Answer
    signed_on: date
    recorded_at: datetime
    conditions: tuple[str, ...] = ()
    scope: int = 1
    valid_until: date | None = None
    replaces: str = ""


class RetractionFact(NamedTuple):
    """A decision that was entered by mistake and never was."""

    decision_id: str
    recorded_at: datetime


F = TypeVar("F", PresenceFact, AuthorityFact, FlagFact, DecisionFact)
RETRACTED = "retracted:"


class Subject(NamedTuple):
    """Everything about one person that a verdict may depend on.

    Attributes:
        id: pupil or member of staff.
        adult: decides for himself whatever his age (a member of staff).
        guardians: guardians whose relation has not ended.
        former: those whose relation has; they decide as far as their authority goes.
    """

    id: str
    birth_date: date | None
    guardians: tuple[str, ...] = ()
    presences: tuple[PresenceFact, ...] = ()
    authorities: tuple[AuthorityFact, ...] = ()
    flags: tuple[FlagFact, ...] = ()
    decisions: tuple[DecisionFact, ...] = ()
    retractions: tuple[RetractionFact, ...] = ()
    adult: bool = False
    former: tuple[str, ...] = ()

    def as_known(self, at: datetime, before: frozenset[str] = frozenset()) -> Subject:
        """The facts that the register knew at an instant, inclusive.

        Args:
            at: the instant.
            before: ids of facts that were known by then whatever a clock says that was set back
                since; of a retraction the id of its decision with `RETRACTED` in front.
        """

        def known(facts: tuple[F, ...]) -> tuple[F, ...]:
            return tuple(one for one in facts if one.recorded_at <= at or one.id in before)

        return self._replace(
            presences=known(self.presences),
            authorities=known(self.authorities),
            flags=known(self.flags),
            decisions=known(self.decisions),
            retractions=tuple(
                one
                for one in self.retractions
                if one.recorded_at <= at or RETRACTED + one.decision_id in before
            ),
        )
