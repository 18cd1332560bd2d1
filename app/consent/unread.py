"""What nobody could read on paper as of a day, for whoever shows an answer beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.consent.grid import known_subject
from app.consent.questions import UnclearAbout
from app.consent.staff import relation_of
from app.consent.unclear import still_unclear
from app.consent.uses import use_key
from app.consent.verdict import last_words
from app.errors import Message
from app.people.records import Relation, StaffMember

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from app.consent.records import UnclearAnswer
    from app.ports import Reader


class UnreadLine(NamedTuple):
    """One line of a paper that nobody could read, to be said beside the answer.

    Attributes:
        who: whose paper it is, as a relation: "mother".
    """

    use: str
    who: Message
    signed_on: date

    @property
    def said(self) -> Message:
        """The sentence: what cannot be read, and that it is asked again."""
        values = {"who": self.who, "day": self.signed_on}
        return Message("consent.unclear_beside", values)


def unread_facts(
    reader: Reader, subject_ids: tuple[str, ...], day: date, known_at: datetime | None = None
) -> dict[str, tuple[UnclearAnswer, ...]]:
    """By subject what could not be read on a day; who has nothing unclear is left out.

    Args:
        reader: a reader of the consent compartment.
        subject_ids: about whom.
        day: the day; papers and answers that were signed later do not count.
        known_at: only what the register knew at this instant; all it knows when left out.
    """
    facts: dict[str, list[UnclearAnswer]] = {}
    asked = UnclearAbout(subject_ids, beside_answers=True, known_at=known_at)
    for fact in reader.ask(asked) if subject_ids else ():
        if fact.signed_on <= day and (known_at is None or fact.recorded_at <= known_at):
            facts.setdefault(fact.subject_id, []).append(fact)
    found = {}
    for id, some in facts.items():
        subject = known_subject(reader, id, known_at)
        said = tuple(one for one in subject.decisions if one.signed_on <= day)
        found[id] = still_unclear(some, last_words(subject._replace(decisions=said)))
    return {id: some for id, some in found.items() if some}


def unread_lines(
    reader: Reader, subject_id: str, facts: Iterable[UnclearAnswer]
) -> tuple[UnreadLine, ...]:
    """The same in words, for one subject."""
    found = tuple(facts)
    if not found:
        return ()
    relations = {
        one.guardian_id: str(one.kind) for one in reader.all(Relation, pupil_id=subject_id)
    }
    member = reader.find(StaffMember, subject_id)
    relations[subject_id] = relation_of(member) if member else "self"
    return tuple(
        UnreadLine(
            use_key(one.medium, one.channel),
            Message(f"people.relation_{relations.get(one.decider_id, 'other')}"),
            one.signed_on,
        )
        for one in found
    )
