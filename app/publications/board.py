"""What the office sees of one publication, and where somebody is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.consent.outcome import Outcome
from app.consent.staff import staff_name
from app.letters.facts import from_json
from app.letters.questions import NewestOfficeLetters
from app.names import full_name
from app.people.records import Pupil, StaffMember
from app.procedures.terms import last_moment, term_on
from app.publications.now import People, Standings
from app.publications.questions import FindPublications
from app.publications.records import (
    BreachAnswer,
    Publication,
    PublicationStep,
    PublicationSubject,
    StepKind,
)
from app.publications.state import (
    Standing,
    in_it,
    newest_fact,
    standing_answer,
)
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.consent.records import Channel
    from app.letters.records import OfficeLetter
    from app.ports import Reader, Session

LETTER = "takedown_request"
NOTICE = "breach.notice"
_ALL = 100_000


@dataclass(frozen=True, slots=True)
class PersonIn:
    """Somebody in a publication.

    Attributes:
        fact: since when, and the verdict then.
        id: the id under which the person is known by now; name: "" when nobody has it any more.
        standing: how it stands today, None for somebody the register does not know any more.
        staff: is a member of staff.
    """

    fact: PublicationSubject
    id: str
    name: str
    standing: Standing | None
    staff: bool = False

    @property
    def permitted_then(self) -> bool:
        """Whether the verdict permitted the use on its day, as known when it was recorded."""
        return Outcome(self.fact.outcome).permits


@dataclass(frozen=True, slots=True)
class BreachQuestion:
    """Whether a publication without consent was a data breach.

    Attributes:
        found_at: when the school became aware of somebody in it without consent: from then on
            the time runs (GDPR art. 33(1), checked 2026-11-23).
        until: the moment at which the time to tell the authority ends.
        answer: what was answered, None while it is open.
    """

    found_at: datetime
    until: datetime
    answer: BreachAnswer | None = None

    def hours_left(self, now: datetime) -> int:
        """Whole hours until the time ends; less than nought when it ended."""
        return int((self.until - now).total_seconds() // 3600)


@dataclass(frozen=True, slots=True)
class PublicationView:
    """One publication with everything about it.

    Attributes:
        people: those of whom something is to be done first, then by name.
        steps: what was done, newest first, without what was taken back.
        letters: requests to take it down that left, newest first.
        question: None when everybody in it was permitted.
    """

    publication: Publication
    channel: Channel | None
    people: tuple[PersonIn, ...]
    steps: tuple[PublicationStep, ...]
    letters: tuple[OfficeLetter, ...]
    question: BreachQuestion | None

    @property
    def tasks(self) -> tuple[Standing, ...]:
        """What is to be taken down, as it stands for each person."""
        found = (person.standing for person in self.people)
        return tuple(each for each in found if each is not None and each.stand.is_task)


def publication_view(session: Session, publication_id: str) -> PublicationView | None:
    """One publication, or None when there is none or it was taken back."""
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        one = newest_fact(reader.all(Publication, publication_id=publication_id))
        if one is None or one.taken_back:
            return None
        within = in_it(reader.all(PublicationSubject, publication_id=publication_id))
        steps = reader.all(PublicationStep, publication_id=publication_id)
        letters = reader.ask(NewestOfficeLetters(publication_id))
        asked = (*steps, *map(step_of, letters))
        people = People(reader, (fact.subject_id for fact in within))
        now = Standings(reader, people, today)
        stands = now.standings(one, within, asked)
        names = _names(reader, tuple(people.same(fact.subject_id) for fact in within))
        persons = tuple(
            PersonIn(
                fact,
                id := people.same(fact.subject_id),
                names.get(id, ""),
                stand,
                people.is_staff(id),
            )
            for fact, stand in zip(within, stands, strict=True)
        )
        answer = standing_answer(reader.all(BreachAnswer, publication_id=publication_id))
    return PublicationView(
        publication=one,
        channel=now.channel(one.channel),
        people=tuple(sorted(persons, key=_person_order)),
        steps=_told(steps),
        letters=letters,
        question=question_of(within, answer),
    )


def find_publications(
    session: Session, text: str = "", subject_id: str = "", limit: int = 500
) -> tuple[Publication, ...]:
    """Publications in which words stand, or somebody is; newest use first."""
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(FindPublications(text, subject_id, limit))


def tasks_of(session: Session, subject_id: str) -> tuple[Standing, ...]:
    """Everything that is to be taken down for one person."""
    found = []
    for one in find_publications(session, subject_id=subject_id, limit=_ALL):
        view = publication_view(session, one.publication_id)
        for person in view.people if view else ():
            stand = person.standing
            if subject_id in {person.id, person.fact.subject_id} and stand is not None:
                found.append(stand)
    return tuple(each for each in found if each.stand.is_task)


def step_of(letter: OfficeLetter) -> PublicationStep:
    """A letter that asks to take a publication down, as the step that it is."""
    by = from_json(letter.facts)[0].values.get("removal_by")
    return PublicationStep(
        id=letter.id,
        publication_id=letter.subject_id,
        kind=StepKind.ASKED,
        taken_on=letter.issued_on,
        by=by if isinstance(by, date) else None,
        note=f"{letter.number} · {letter.addressee}",
        noted_by=letter.signer,
        recorded_at=letter.recorded_at,
    )


def question_of(
    within: Iterable[PublicationSubject], answer: BreachAnswer | None = None
) -> BreachQuestion | None:
    """The data-breach question about who is in a publication; None when all were permitted."""
    found = [fact.found_at for fact in within if not Outcome(fact.outcome).permits]
    if not found:
        return None
    at = min(found)
    return BreachQuestion(at, last_moment(term_on(NOTICE, at.date()), at), answer)


def _told(steps: tuple[PublicationStep, ...]) -> tuple[PublicationStep, ...]:
    back = {step.replaces for step in steps}
    stands = (step for step in steps if not step.replaces and step.id not in back)
    return tuple(sorted(stands, key=lambda s: (s.taken_on, s.recorded_at), reverse=True))


def _person_order(person: PersonIn) -> tuple[bool, bool, str]:
    stand = person.standing
    return not (stand and stand.stand.is_task), person.permitted_then, person.name


def _names(reader: Reader, ids: tuple[str, ...]) -> dict[str, str]:
    pupils = reader.all(Pupil, id=ids)
    names = {p.id: full_name(p.first_name, p.prefix, p.surname) for p in pupils}
    for id in ids:
        staff = None if id in names else reader.find(StaffMember, id)
        if staff is not None:
            names[id] = staff_name(staff)
    return names
