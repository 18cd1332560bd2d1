"""What the office sees: what has to be taken down, one publication, and where somebody is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from app.consent.outcome import Outcome
from app.consent.profiles import profile_of
from app.consent.questions import TouchedSince
from app.consent.records import Channel
from app.consent.staff import staff_name
from app.letters.facts import from_json
from app.letters.questions import NewestOfficeLetters
from app.letters.records import OfficeLetter
from app.names import full_name
from app.people.records import Pupil, StaffMember
from app.procedures.terms import last_moment, term_on
from app.publications.now import People, rule_of
from app.publications.questions import (
    FactsUp,
    FindPublications,
    PublicationsTouched,
    PublicationsUp,
    Unpermitted,
)
from app.publications.records import (
    BreachAnswer,
    Publication,
    PublicationStep,
    PublicationSubject,
    StepKind,
)
from app.publications.state import (
    Asked,
    Held,
    Standing,
    held_today,
    in_it,
    newest_fact,
    standing,
    standing_answer,
)
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.ports import Reader, Session

LETTER = "takedown_request"
NOTICE = "breach.notice"
_ALL = 100_000
F = TypeVar("F", PublicationSubject, PublicationStep)


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


@dataclass(frozen=True, slots=True)
class PublicationTasks:
    """One publication of which something is to be done.

    Attributes:
        people: how many people are in it; tasks: what is to be taken down for some of them.
        question: the data-breach question while it is open.
    """

    publication: Publication
    people: int
    tasks: tuple[Standing, ...] = ()
    question: BreachQuestion | None = None

    @property
    def urgent(self) -> bool:
        """Whether somebody forbids it, a term has passed, or a clock runs."""
        return self.question is not None or any(task.urgent for task in self.tasks)

    @property
    def due(self) -> date | None:
        """The first day by which something must be gone."""
        return min((task.due for task in self.tasks if task.due), default=None)


def open_tasks(session: Session) -> tuple[PublicationTasks, ...]:
    """Every publication of which something is to be done, the most pressing first."""
    with session.look(Compartment.CONSENT) as reader:
        found = find_tasks(reader, session.clock.today())
    return tuple(sorted(found.values(), key=_press))


def kept_tasks(session: Session) -> tuple[PublicationTasks, ...]:
    """The same as `open_tasks`; only what was touched since the last look is looked at anew."""
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        head, known = reader.head(), _KEPT.get(session)
        if known is None or known.day != today or (again := _touched(reader, known)) is None:
            found = find_tasks(reader, today)
        elif again:
            rest = {id: one for id, one in known.found.items() if id not in again}
            found = {**rest, **find_tasks(reader, today, tuple(sorted(again)))}
        else:
            found = known.found
    _KEPT[session] = _Known(today, head.number, found)
    return tuple(sorted(found.values(), key=_press))


def find_tasks(
    reader: Reader, today: date, among: tuple[str, ...] | None = None
) -> dict[str, PublicationTasks]:
    """The publications of which something is to be done, by id; of all or only of some."""
    up = reader.ask(PublicationsUp(today, among))
    facts = reader.ask(FactsUp(today, among))
    subjects, steps = _by(facts.subjects), _by(facts.steps)
    for letter in _letters(reader, tuple(p.publication_id for p in up if p.keeper)):
        steps[letter.subject_id].append(step_of(letter))
    people = People(reader, (fact.subject_id for fact in facts.subjects))
    now = _Now(reader, people, today)
    found = {}
    for one in up:
        within = in_it(subjects[one.publication_id])
        stands = now.standings(one, within, steps[one.publication_id])
        tasks = tuple(each for each in stands if each and each.stand.is_task)
        if tasks:
            found[one.publication_id] = PublicationTasks(one, len(within), tasks)
    for one, within in _unanswered(reader, among):
        known = found.get(one.publication_id)
        found[one.publication_id] = PublicationTasks(
            one, len(within), known.tasks if known else (), _question(within)
        )
    return found


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
        now = _Now(reader, people, today)
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
        question=_question(within, answer),
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


class _Now:
    """What holds today, asked once for each person and use however often they are shown."""

    def __init__(self, reader: Reader, people: People, today: date) -> None:
        self._people = people
        self._channels, self._profile = reader.all(Channel), profile_of(reader)
        self._today = today
        self._asked: dict[str, Asked] = {}
        self._held: dict[tuple[str, str], Held] = {}

    def standings(
        self,
        one: Publication,
        within: Iterable[PublicationSubject],
        steps: Iterable[PublicationStep],
    ) -> list[Standing | None]:
        """How everybody in a publication stands, in the same order."""
        known = tuple(steps)
        return [self._standing(one, fact.subject_id, known) for fact in within]

    def channel(self, key: str) -> Channel | None:
        """The channel with a key, or None."""
        return next((each for each in self._channels if each.key == key), None)

    def _standing(
        self, one: Publication, subject_id: str, steps: tuple[PublicationStep, ...]
    ) -> Standing | None:
        subject = self._people.find(subject_id)
        if subject is None:
            return None
        asked = self._asked.get(one.use)
        if asked is None:
            rule = rule_of(self._channels, one.use)
            asked = self._asked[one.use] = Asked(rule, self._profile, self._today)
        key = (subject.id, one.use)
        if key not in self._held:
            self._held[key] = held_today(subject, asked)
        return standing(one, subject, steps, asked, subject_id, self._held[key])


@dataclass(frozen=True, slots=True)
class _Known:
    """What a session found on a day, up to an entry of the journal."""

    day: date
    number: int
    found: dict[str, PublicationTasks]


_KEPT: WeakKeyDictionary[Session, _Known] = WeakKeyDictionary()
_MANY = 2000
"""So many people touched, and it is quicker to look at everything anew."""


def _touched(reader: Reader, known: _Known) -> frozenset[str] | None:
    """The publications that may stand otherwise by now; None when any of them may."""
    if reader.head().number == known.number:
        return frozenset()
    touched = reader.ask(TouchedSince(known.number))
    if touched.everything or len(touched.pupils) > _MANY:
        return None
    return reader.ask(PublicationsTouched(known.number, touched.pupils))


def _unanswered(
    reader: Reader, among: tuple[str, ...] | None
) -> list[tuple[Publication, tuple[PublicationSubject, ...]]]:
    open_ = reader.ask(Unpermitted(among))
    ids = tuple(one.publication_id for one in open_)
    of = _by(reader.all(PublicationSubject, publication_id=ids))
    return [(one, in_it(of[one.publication_id])) for one in open_]


def _question(
    within: Iterable[PublicationSubject], answer: BreachAnswer | None = None
) -> BreachQuestion | None:
    found = [fact.found_at for fact in within if not Outcome(fact.outcome).permits]
    if not found:
        return None
    at = min(found)
    return BreachQuestion(at, last_moment(term_on(NOTICE, at.date()), at), answer)


def _letters(reader: Reader, ids: tuple[str, ...]) -> tuple[OfficeLetter, ...]:
    return reader.all(OfficeLetter, subject_id=ids, template=LETTER) if ids else ()


def _by(facts: Iterable[F]) -> defaultdict[str, list[F]]:
    found: defaultdict[str, list[F]] = defaultdict(list)
    for fact in facts:
        found[fact.publication_id].append(fact)
    return found


def _told(steps: tuple[PublicationStep, ...]) -> tuple[PublicationStep, ...]:
    back = {step.replaces for step in steps}
    stands = (step for step in steps if not step.replaces and step.id not in back)
    return tuple(sorted(stands, key=lambda s: (s.taken_on, s.recorded_at), reverse=True))


def _press(one: PublicationTasks) -> tuple[bool, bool, date, str]:
    late = any(task.overdue for task in one.tasks)
    return not one.urgent, not late, one.due or date.max, one.publication.publication_id


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
