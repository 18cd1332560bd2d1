"""Saying what became of a duty, and weighing what a breach may come under.

Everything is a fact that is added; one that was wrong is corrected by another that names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.breach.report import line_faults, text_faults
from app.breach.sealed import tidy_line, tidy_text
from app.dossier.concern import is_concerned
from app.dossier.gathered import Gathered
from app.dossier.records import Case, Dossier, Entry
from app.dossier.steps import read_case
from app.dossier.weighing import OPEN, VERDICTS, Weighing
from app.duties.questions import NoticeOf
from app.duties.radar import radar
from app.duties.records import (
    DONE,
    KINDS,
    LEFT_OPEN,
    OPEN_AGAIN,
    PLANNED,
    REASONED,
    DutyFact,
)
from app.duties.rules import WEIGHED
from app.errors import Refusal, collect
from app.ids import new_id
from app.record import Compartment
from app.text import Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.dossier.gathered import CaseReader
    from app.dossier.steps import CaseFile
    from app.duties.questions import Notice
    from app.duties.radar import DutyState
    from app.ports import Session


@dataclass(frozen=True, slots=True)
class Settling:
    """What is said about a duty, as typed.

    Attributes:
        kind: done, planned, reasoned (away), or open (it was not done after all).
        day: on which it was done, or is planned.
        by: who did it; with_whom: the other side.
        note: what was said or agreed; of what is reasoned away, the reason.
        reason: why what was said before is corrected; needed when that was more than a plan.
    """

    kind: str
    day: date | None = None
    by: str = ""
    with_whom: str = ""
    note: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a breach may come under, as typed.

    Attributes:
        categories: keys of the protocol's categories; offence, data_breach: yes, no or "".
    """

    categories: tuple[str, ...]
    offence: str = OPEN
    data_breach: str = OPEN
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CaseDuties:
    """The duties of a case, and what it was weighed to come under, oldest first.

    Attributes:
        concerned: it is about the user, who may look and not act.
    """

    file: CaseFile
    duties: tuple[DutyState, ...]
    concerned: bool = False

    @property
    def weighings(self) -> tuple[Weighing, ...]:
        """Everything that was weighed, oldest first."""
        return self.file.weighings


def case_duties(session: Session, compartment: Compartment, case_id: str) -> CaseDuties:
    """The duties of a case; the reading of the case itself is recorded where it is opened.

    Raises:
        Refusal: `register.not_found`, `register.no_grant`.
        Trouble: as `app.dossier.steps.read_case`.
    """
    with session.look(compartment) as reader:
        return read_duties(session, reader, case_id)


def read_duties(session: Session, reader: CaseReader, case_id: str) -> CaseDuties:
    """The duties of a case, within a reading."""
    return duties_of(session, reader, read_case(reader, case_id))


def duties_of(session: Session, reader: CaseReader, file: CaseFile) -> CaseDuties:
    """The duties of a case that was read, within the same reading."""
    facts = reader.all(DutyFact, case_id=file.case.id)
    found = radar(file, facts, _notice(session, file.breach.publication_id))
    return CaseDuties(file, found, is_concerned(session, session.user, file.breach))


def _notice(session: Session, publication_id: str) -> Notice | None:
    """What stands at the publication, for whoever reads it."""
    if not publication_id or not session.opens(Compartment.CONSENT):
        return None
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(NoticeOf(publication_id))


def every_case(session: Session, compartment: Compartment) -> tuple[CaseDuties, ...]:
    """All cases of a compartment with their duties, in no order.

    Raises:
        Trouble: as `app.dossier.steps.read_case`.
    """
    with session.look(compartment) as reader:
        gathered = Gathered(reader)
        return tuple(read_duties(session, gathered, case.id) for case in reader.all(Case))


def settle_duty(
    session: Session,
    compartment: Compartment,
    case_id: str,
    key: str,
    settling: Settling,
    language: str = "nl",
) -> DutyFact:
    """Say that a duty was done, is planned, or is reasoned away; the dossier tells it too.

    Raises:
        Refusals: fields that are not right; nothing is recorded.
        Refusal: `register.not_found`, `dossier.lacks_other_handler`, `duties.not_asked` for a
            duty that does not arise, `duties.weigh_instead`, `duties.known_by_entry` for one
            that an entry in the dossier settles, `duties.known_by_publication`.
    """
    with session.work(compartment, f"duty_{settling.kind}", case_id) as work:
        read = read_duties(session, work, case_id)
        state = _wanted(read, key)
        collect(list(_faults(settling, state, read.file, session.clock.today())))
        fact, entries = said_of(session, work, Said(read.file, state, settling, language))
        work.add(fact, *entries)
        work.commit()
    return fact


def weigh(
    session: Session, compartment: Compartment, case_id: str, wanted: Weighed
) -> Weighing:
    """Say what a breach may come under; the duties follow from it.

    Raises:
        Refusals: fields that are not right; nothing is recorded.
        Refusal: `register.not_found`, `dossier.lacks_other_handler`.
    """
    with session.work(compartment, "breach_weighed", case_id) as work:
        read = read_duties(session, work, case_id)
        if read.concerned:
            raise Refusal("dossier.lacks_other_handler")
        collect(list(_weighing_faults(wanted, read.file)))
        record = Weighing(
            id=new_id(),
            case_id=case_id,
            position=len(read.weighings) + 1,
            categories=wanted.categories,
            offence=wanted.offence,
            data_breach=wanted.data_breach,
            reason=tidy_text(wanted.reason),
            author=session.user.name,
            recorded_at=session.clock.now(),
        )
        work.add(record)
        work.commit()
    return record


# -- rules ------------------------------------------------------------------------------------


def _wanted(read: CaseDuties, key: str) -> DutyState:
    if read.concerned:
        raise Refusal("dossier.lacks_other_handler")
    found = next((state for state in read.duties if state.duty.key == key), None)
    if found is None:
        raise Refusal("duties.not_asked")
    if key == WEIGHED:
        raise Refusal("duties.weigh_instead")
    own = found.fact.entries if found.fact else ()
    if found.entry is not None and found.entry.id not in own:
        raise Refusal("duties.known_by_entry")
    if found.notice is not None:
        raise Refusal("duties.known_by_publication", title=found.notice.title)
    return found


def _faults(
    settling: Settling, state: DutyState, file: CaseFile, today: date
) -> Iterator[Refusal]:
    if settling.kind not in KINDS:
        yield Refusal("breach.choice_unknown", field="kind")
    if settling.kind == OPEN_AGAIN and not state.history:
        yield Refusal("duties.nothing_said", field="kind")
    if state.corrects and not tidy_text(settling.reason):
        yield Refusal("duties.reason_missing", field="reason")
    yield from _day_faults(settling, file, today)
    if settling.kind == DONE:
        yield from _done_faults(settling)
    if settling.kind == REASONED and not tidy_text(settling.note):
        yield Refusal("duties.why_missing", field="note")
    yield from line_faults((("by", settling.by), ("with_whom", settling.with_whom)))
    yield from text_faults((("note", settling.note), ("reason", settling.reason)))


def _day_faults(settling: Settling, file: CaseFile, today: date) -> Iterator[Refusal]:
    if settling.kind not in (DONE, PLANNED):
        return
    day = settling.day
    if day is None:
        yield Refusal("duties.day_missing", field="day")
    elif settling.kind == DONE and day > today:
        yield Refusal("procedures.day_ahead", field="day", today=today)
    elif settling.kind == DONE and day < file.breach.occurred_on:
        yield Refusal("duties.day_before", field="day", day=file.breach.occurred_on)
    elif settling.kind == PLANNED and day < today:
        yield Refusal("duties.day_past", field="day", today=today)


def _done_faults(settling: Settling) -> Iterator[Refusal]:
    if not tidy_line(settling.by):
        yield Refusal("duties.by_missing", field="by")
    if not tidy_line(settling.with_whom):
        yield Refusal("duties.with_missing", field="with_whom")


def _weighing_faults(wanted: Weighed, file: CaseFile) -> Iterator[Refusal]:
    if not set(wanted.categories) <= {found.key for found in file.facts.protocol.categories}:
        yield Refusal("breach.choice_unknown", field="categories")
    for field, said in (("offence", wanted.offence), ("data_breach", wanted.data_breach)):
        if said not in VERDICTS:
            yield Refusal("breach.choice_unknown", field=field)
    if not tidy_text(wanted.reason):
        yield Refusal("duties.weigh_why_missing", field="reason")
    yield from text_faults((("reason", wanted.reason),))


# -- what is added ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """What is said now about a duty as it stands; the dossier tells it in a language."""

    file: CaseFile
    state: DutyState
    settling: Settling
    language: str

    @property
    def tells(self) -> bool:
        """Whether the dossier tells it: what is only planned it does not."""
        return self.settling.kind in (DONE, REASONED, LEFT_OPEN)


def said_of(
    session: Session, reader: CaseReader, said: Said, place: int = 1
) -> tuple[DutyFact, list[Entry]]:
    """What is written down when something is said about a duty; nothing is added here.

    `place` is its place among the facts that are added together.
    """
    settling, old, case_id = said.settling, said.state.fact, said.file.case.id
    entries = _entries(session, reader, said)
    done = settling.kind == DONE
    fact = DutyFact(
        id=new_id(),
        case_id=case_id,
        position=len(reader.all(DutyFact, case_id=case_id)) + place,
        duty=said.state.duty.key,
        kind=settling.kind,
        day=settling.day if settling.kind in (DONE, PLANNED) else None,
        by=tidy_line(settling.by) if done else "",
        with_whom=tidy_line(settling.with_whom) if done else "",
        note=tidy_text(settling.note),
        entries=tuple(entry.id for entry in entries),
        replaces=old.id if old else "",
        reason=tidy_text(settling.reason) if said.state.corrects else "",
        author=session.user.name,
        recorded_at=session.clock.now(),
    )
    return fact, entries


def _entries(session: Session, reader: CaseReader, said: Said) -> list[Entry]:
    """What the dossiers of the case tell; an entry that was made before is corrected."""
    history = said.state.history if said.state.corrects else ()
    found = [reader.get(Entry, id) for fact in history for id in fact.entries]
    old = {entry.dossier_id: entry.id for entry in found}
    return [
        _entry(session, said, dossier, old.get(dossier.id, ""))
        for dossier in said.file.dossiers
        if said.tells or dossier.id in old
    ]


def _entry(session: Session, said: Said, dossier: Dossier, replaces: str) -> Entry:
    breach, settling, words = said.file.breach, said.settling, Words(said.language)
    apart = breach.actor_kind != "staff"
    name = said.state.duty.name.said(said.language)
    done = settling.kind == DONE
    return Entry(
        id=new_id(),
        dossier_id=dossier.id,
        case_id=said.file.case.id,
        kind=said.state.duty.kept_as if done else "note",
        happened_on=settling.day if done and settling.day else session.clock.today(),
        title=name if done else words(f"duties.title_{settling.kind}", name=name),
        body=_body(settling, words),
        about_id=breach.actor_id if apart else "",
        about_name=breach.actor_name if apart else "",
        author=session.user.name,
        recorded_at=session.clock.now(),
        replaces=replaces,
        reason=tidy_text(settling.reason) if replaces else "",
    )


def _body(settling: Settling, words: Words) -> str:
    note = tidy_text(settling.note)
    if settling.kind != DONE:
        return note or tidy_text(settling.reason)
    by, whom = tidy_line(settling.by), tidy_line(settling.with_whom)
    said = words("duties.done_by", by=by, whom=whom)
    return f"{said}\n\n{note}" if note else said
