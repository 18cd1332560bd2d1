"""Recording what was used and who is in it, correcting it, and taking that back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.bsn import holds_bsn
from app.clock import school_day
from app.consent.asof import minute_of
from app.consent.records import Medium
from app.errors import Refusal, collect
from app.ids import new_id
from app.names import tidy
from app.publications.now import verdict_then
from app.publications.records import Publication, PublicationSubject
from app.publications.state import in_it, newest_fact
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from app.ports import Session, Work

LONGEST_LINE = 300
LONGEST_NOTE = 1_000
MOST_LINES = 20
MOST_PEOPLE = 2_000


@dataclass(frozen=True, slots=True)
class PublicationDraft:
    """A publication as typed; see `Publication` for what each field is.

    Attributes:
        subjects: ids of the pupils and members of staff who are in it.
        composed: number of the check list from which they were composed, 0 for none.
        found_at: when it was noticed, now when None; for whoever is in it already what was
            noted before stands, unless this is given.
    """

    title: str
    medium: str
    channel: str
    used_on: date
    subjects: tuple[str, ...]
    until: date | None = None
    places: tuple[str, ...] = ()
    made_by: str = ""
    keeper: tuple[str, ...] = ()
    handed_out: bool = False
    note: str = ""
    composed: int = 0
    found_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Whose publication it is.

    Attributes:
        id: of the publication, so that one that arrives twice is recorded once.
        author: who recorded it.
        known_at: the verdict then is what the register knew at this instant; all it knows when
            None.
    """

    id: str
    author: str
    known_at: datetime | None = None


def noticed(day: date | None, typed: str) -> datetime | None:
    """When a publication was noticed, as typed; None, which is now, when nothing was.

    A day without a time counts from its beginning.

    Raises:
        Refusal: `publications.found_no_day`, `consent.time_unreadable`.
    """
    if day is None:
        if typed.strip():
            raise Refusal("publications.found_no_day", field="found_on")
        return None
    return minute_of(day, typed.strip() or "0:00", "found_time")


def record_publication(session: Session, draft: PublicationDraft) -> Publication:
    """Keep what was used where and who is in it.

    Raises:
        Refusals: fields that are not right; nothing is stored.
    """
    collect([*faults(draft, session.clock.now())])
    source = Source(new_id(), session.user.name)
    with session.work(Compartment.CONSENT, "publication_recorded", source.id) as work:
        publication = add_publication(session, work, draft, source)
        work.commit()
    return publication


def add_publication(
    session: Session, work: Work, draft: PublicationDraft, source: Source
) -> Publication:
    """Add a publication and who is in it to a unit of work.

    Raises:
        Refusal: `consent.unknown_use`, `register.not_found` for somebody in it.
    """
    publication = _fact(session, draft, source)
    work.add(publication)
    found_at = draft.found_at or session.clock.now()
    for subject_id in dict.fromkeys(draft.subjects):
        fact = _subject(session, work, publication, subject_id, source.known_at)
        work.add(replace(fact, found_at=found_at))
    return publication


def correct_publication(
    session: Session, publication_id: str, draft: PublicationDraft
) -> Publication:
    """Say better what was used, or who is in it; a publication taken back stands again.

    For whoever stays in it the verdict then is looked up anew only when the use or its day
    is another.

    Raises:
        Refusals: as `record_publication`; `publications.not_found`.
    """
    collect([*faults(draft, session.clock.now())])
    source = Source(publication_id, session.user.name)
    with session.work(Compartment.CONSENT, "publication_corrected", publication_id) as work:
        before = _newest(work, publication_id)
        publication = _fact(session, draft, source, before)
        work.add(publication)
        moved = (before.use, before.used_on) != (publication.use, publication.used_on)
        _change_people(session, work, publication, draft, anew=moved)
        work.commit()
    return publication


def take_back_publication(session: Session, publication_id: str) -> Publication:
    """Note that a publication was recorded by mistake and never was.

    Raises:
        Refusal: `publications.not_found`.
    """
    source = Source(publication_id, session.user.name)
    with session.work(Compartment.CONSENT, "publication_taken_back", publication_id) as work:
        before = _newest(work, publication_id)
        fact = _fact(session, draft_of(before, ()), source, before, taken_back=True)
        work.add(fact)
        work.commit()
    return fact


def draft_of(publication: Publication, subjects: tuple[str, ...]) -> PublicationDraft:
    """A publication as it would be typed."""
    return PublicationDraft(
        title=publication.title,
        medium=publication.medium,
        channel=publication.channel,
        used_on=publication.used_on,
        subjects=subjects,
        until=publication.until,
        places=publication.places,
        made_by=publication.made_by,
        keeper=publication.keeper,
        handed_out=publication.handed_out,
        note=publication.note,
        composed=publication.composed,
    )


def faults(draft: PublicationDraft, now: datetime) -> Iterator[Refusal]:
    """What is not right in a draft, at the present instant."""
    if not tidy(draft.title):
        yield Refusal("publications.no_title", field="title")
    if draft.medium not in set(Medium) or not draft.channel:
        yield Refusal("publications.no_use", field="channel")
    if not draft.subjects:
        yield Refusal("publications.nobody", field="subjects")
    if len(draft.subjects) > MOST_PEOPLE:
        yield Refusal("publications.too_many", field="subjects", most=MOST_PEOPLE)
    yield from _day_faults(draft, now)
    yield from _text_faults(draft)


def _day_faults(draft: PublicationDraft, now: datetime) -> Iterator[Refusal]:
    if draft.used_on > school_day(now):
        yield Refusal("publications.later", field="used_on")
    if draft.until is not None and draft.until < draft.used_on:
        yield Refusal("publications.until_before", field="until")
    if draft.found_at is None:
        return
    if draft.found_at > now:
        yield Refusal("publications.found_later", field="found_on")
    elif school_day(draft.found_at) < draft.used_on:
        yield Refusal("publications.found_before", field="found_on", day=draft.used_on)


def _text_faults(draft: PublicationDraft) -> Iterator[Refusal]:
    texts = {
        "title": (draft.title,),
        "places": draft.places,
        "made_by": (draft.made_by,),
        "keeper": draft.keeper,
        "note": (draft.note,),
    }
    for field, lines in texts.items():
        most = LONGEST_NOTE if field == "note" else LONGEST_LINE
        if len(lines) > MOST_LINES or any(len(tidy(line)) > most for line in lines):
            yield Refusal("publications.long", field=field, most=most)
        if any(holds_bsn(line) for line in lines):
            yield Refusal("people.bsn", field=field)


def _newest(work: Work, publication_id: str) -> Publication:
    found = newest_fact(work.all(Publication, publication_id=publication_id))
    if found is None:
        raise Refusal("publications.not_found")
    return found


def _fact(
    session: Session,
    draft: PublicationDraft,
    source: Source,
    before: Publication | None = None,
    *,
    taken_back: bool = False,
) -> Publication:
    return Publication(
        id=new_id() if before else source.id,
        publication_id=source.id,
        title=tidy(draft.title),
        medium=draft.medium,
        channel=draft.channel,
        used_on=draft.used_on,
        until=draft.until,
        places=_lines(draft.places),
        made_by=tidy(draft.made_by) or source.author,
        keeper=_lines(draft.keeper),
        handed_out=draft.handed_out,
        note=tidy(draft.note),
        composed=draft.composed,
        recorded_by=source.author,
        recorded_at=session.clock.now(),
        replaces=before.id if before else "",
        taken_back=taken_back,
    )


def _change_people(
    session: Session,
    work: Work,
    publication: Publication,
    draft: PublicationDraft,
    *,
    anew: bool,
) -> None:
    wanted = draft.subjects
    facts = work.all(PublicationSubject, publication_id=publication.publication_id)
    before = {fact.subject_id: fact for fact in in_it(facts)}
    for id in dict.fromkeys((*wanted, *sorted(before))):
        known = before.get(id)
        found_at = draft.found_at or (known.found_at if known else publication.recorded_at)
        stays = known is not None and id in wanted and not anew
        if known is not None and stays and found_at == known.found_at:
            continue
        fact = known if known and stays else _subject(session, work, publication, id, None)
        last = newest_fact(fact for fact in facts if fact.subject_id == id)
        work.add(
            replace(
                fact,
                id=new_id(),
                there=id in wanted,
                found_at=found_at,
                recorded_at=publication.recorded_at,
                replaces=last.id if last else "",
            )
        )


def _subject(
    session: Session,
    work: Work,
    publication: Publication,
    subject_id: str,
    known_at: datetime | None,
) -> PublicationSubject:
    days = (publication.used_on, session.clock.today())
    found = verdict_then(work, subject_id, publication.use, days, known_at)
    return PublicationSubject(
        id=new_id(),
        publication_id=publication.publication_id,
        subject_id=subject_id,
        outcome=found.outcome,
        reason=found.reason,
        conditions=found.conditions,
        found_at=session.clock.now(),
        recorded_at=session.clock.now(),
    )


def _lines(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in map(tidy, found) if line)
