"""The inbox of a dossier compartment: sealed reports, read and filed exactly once.

Filing writes everything in one unit of work, together with a note under the id of the sealed
report. Only after that is the report taken out of the inbox. Whoever stops in between finds it
taken out at the next look. Who a report is about may read no more of it than his own words.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from app.breach.register import register_said
from app.breach.report import line_faults, read_withdrawal, text_faults
from app.breach.sealed import tidy_text
from app.clock import school_day
from app.dossier import post
from app.dossier.concern import account_of, is_reported, refuse_filing
from app.dossier.filer import (
    FiledReport,
    Filer,
    Filing,
    Ground,
    Person,
    note_values,
)
from app.dossier.post import InboxLine, Note, OpenedFile, OpenedReport
from app.dossier.records import Breach, Case, Entry, Filed
from app.errors import Refusal, Trouble, collect
from app.ids import new_id
from app.names import fold, full_name
from app.people.naming import name_words, names_in
from app.people.questions import ChildrenOf, GonePerson
from app.people.records import Guardian, Pupil, StaffMember
from app.protocol.known import knowledge, own_time
from app.protocol.shelf import counting_on, protocol_named, shelf
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.breach.sealed import Report
    from app.ports import Reader, Session, Unsealed, Work
    from app.protocol.known import Knowledge
    from app.protocol.values import Protocol

__all__ = [
    "FiledReport",
    "Filing",
    "InboxLine",
    "OpenedFile",
    "OpenedReport",
    "Person",
    "children_of",
    "file_report",
    "file_withdrawal",
    "known_to",
    "left_out",
    "open_report",
    "twofold",
    "waiting",
]


def waiting(session: Session) -> tuple[InboxLine, ...]:
    """What waits in the inboxes which the user can open and for himself, oldest first.

    A note that withdraws a report which waits too is said with the report. A report that was
    filed but not taken out is taken out now.
    """
    found = post.lines(session)
    reports = {line.key for line in found if line.kind == post.REPORT}
    return tuple(line for line in found if line.report not in reports)


def open_report(session: Session, compartment: Compartment, id: str) -> OpenedReport:
    """Read a sealed report; the reading is recorded in the journal.

    Raises:
        Refusal: `register.seal_broken`, `breach.unreadable`, `register.no_grant`, or
            `dossier.concerns_you` for a report about the user that he did not write himself.
    """
    unsealed, boxed = post.fetch(session, compartment, id)
    found = post.opened(session, compartment, unsealed, boxed=boxed)
    if is_reported(session, found.report) and unsealed.author.id != session.user.id:
        raise Refusal("dossier.concerns_you")
    with session.work(compartment, "report_read", found.key) as work:
        work.commit()
    return found


def file_report(
    session: Session, compartment: Compartment, id: str, filing: Filing
) -> FiledReport:
    """File a sealed report into the dossiers it concerns, once; the author gets his receipt.

    Finds or opens the dossiers, keeps the breach with what was reported beside what is filed
    and with what the register knew that day, the report as it was sealed and its evidence as
    entries, a note that withdraws it as well, and opens a case along the procedure that fits.

    Raises:
        Refusals: choices that are not right; nothing is filed.
        Refusal: `dossier.filed_already`, or `dossier.concerns_you`: somebody else must file it.
    """
    unsealed, opened = _fetched(session, compartment, id)
    ground = _ground(session, opened, filing)
    with session.work(compartment, "report_filed", opened.key) as work:
        if work.find(Filed, opened.key) is not None:
            raise Refusal("dossier.filed_already")
        filed = Filer(session, work, opened, filing, ground).records(compartment)
        work.add(
            *filed.dossiers_new,
            filed.done.breach,
            *filed.done.entries,
            *filed.cases,
            _filed(session, opened.key),
            *(_filed(session, note.line.id) for note in ground.notes),
        )
        work.commit()
    with suppress(Trouble):
        _clear(session, compartment, unsealed, opened.key)  # else the next look does it
        _clear_notes(session, ground.notes)
    return filed.done


def _ground(session: Session, opened: OpenedReport, filing: Filing) -> Ground:
    """What a filing rests on, once its choices are right."""
    report, compartment = opened.report, opened.compartment
    try:
        protocol = protocol_named(session, report.protocol)
    except KeyError as error:
        raise Trouble("dossier.protocol_missing", protocol=report.protocol) from error
    kind = filing.actor_kind or report.actor_kind
    collect(
        [
            *_faults(filing, kind, compartment, protocol),
            *_dropped_faults(filing, kind, report, protocol),
            *_strangers(session, filing, compartment),
            *_capacity_faults(session, filing, kind, report),
        ]
    )
    user = _account(session, filing, kind, report)
    if user == session.user.id:
        raise Refusal("dossier.concerns_you")
    use = (report.medium, report.channel)
    looked_up = register_said(session, report.affected, use, report.occurred_on, "nl")
    notes = post.notes_on(session, opened.key, opened.author)
    return Ground(kind, user, protocol, looked_up, notes)


def file_withdrawal(session: Session, compartment: Compartment, id: str) -> tuple[Entry, ...]:
    """Put a note that withdraws a report with the report, in every dossier where it stands.

    The director sees both; nothing disappears, and the case goes on as it is.

    Raises:
        Refusal: `breach.unreadable`, `dossier.report_waits` while the report itself was not
            filed, `dossier.filed_already`, or `dossier.not_its_author`.
    """
    unsealed, boxed = post.fetch(session, compartment, id)
    said = read_withdrawal(unsealed.content)
    if said is None:
        raise Refusal("breach.unreadable")
    at = unsealed.at
    line = InboxLine(compartment, id, at, post.WITHDRAWAL, boxed=boxed, report=said.report)
    note = Note(line, unsealed, said)
    with session.work(compartment, "withdrawal_filed", said.report) as work:
        if work.find(Filed, id) is not None:
            raise Refusal("dossier.filed_already")
        entries = _note_entries(session, work, note)
        work.add(*entries, _filed(session, id))
        work.commit()
    with suppress(Trouble):
        _clear_notes(session, (note,))
    return entries


def _note_entries(session: Session, work: Work, note: Note) -> tuple[Entry, ...]:
    breach = next(iter(work.all(Breach, report_id=note.said.report)), None)
    if breach is None:
        raise Refusal("dossier.report_waits")
    if breach.reported_by != note.unsealed.author.name:
        raise Refusal("dossier.not_its_author")
    reports = _entries_of(work, breach)
    values = note_values(work, note)
    return tuple(
        Entry(
            id=new_id(),
            dossier_id=report.dossier_id,
            case_id=report.case_id,
            happened_on=school_day(note.said.at),
            about_id=report.about_id,
            about_name=report.about_name,
            author=note.unsealed.author.name,
            recorded_at=session.clock.now(),
            kind=values["kind"],
            title="",
            body=values["body"],
            blob=values["blob"],
            file_name=values["file_name"],
            digest=values["digest"],
            proof=values["proof"],
        )
        for report in reports
    )


def _entries_of(work: Work, breach: Breach) -> tuple[Entry, ...]:
    """The entry of a report in each dossier where it stands.

    By its case; somebody may have sent the very same words twice.
    """
    cases = {case.id for case in work.all(Case, breach_id=breach.id)}
    first = [
        entry
        for entry in work.all(Entry, dossier_id=breach.dossier_id, kind="report")
        if entry.author == breach.reported_by
        and entry.body == breach.facts
        and (not cases or entry.case_id in cases)
    ]
    if not first:
        return ()
    return work.all(Entry, kind="report", digest=first[0].digest)


def _filed(session: Session, id: str) -> Filed:
    return Filed(id=id, filed_at=session.clock.now(), filed_by=session.user.name)


# -- exactly once -----------------------------------------------------------------------------


def _fetched(
    session: Session, compartment: Compartment, id: str
) -> tuple[Unsealed, OpenedReport]:
    """A report that was not filed yet; one that was is taken out now."""
    if post.is_filed(session, compartment, id):
        with suppress(Refusal, Trouble):
            _clear(session, compartment, session.unseal(compartment, id), id)
        raise Refusal("dossier.filed_already")
    unsealed, boxed = post.fetch(session, compartment, id)
    opened = post.opened(session, compartment, unsealed, boxed=boxed)
    if boxed and post.is_filed(session, compartment, opened.key):
        with suppress(Trouble):
            _clear(session, compartment, unsealed, opened.key)
        raise Refusal("dossier.filed_already")
    return unsealed, opened


def _clear(session: Session, compartment: Compartment, unsealed: Unsealed, key: str) -> None:
    post.clear(session, compartment, unsealed, key=key)


def _clear_notes(session: Session, notes: tuple[Note, ...]) -> None:
    for note in notes:
        post.take_out(session, note.line.compartment, note.line.id, boxed=note.line.boxed)


# -- rules ------------------------------------------------------------------------------------


def twofold(session: Session, name: str) -> bool:
    """Whether the register knows somebody of this name as staff and as a parent."""
    if not name or not session.opens(Compartment.CONSENT):
        return False
    wanted = fold(name)
    with session.look(Compartment.CONSENT) as reader:
        if not any(_called(one, wanted) for one in reader.all(StaffMember)):
            return False
        near = reader.ask(names_in(name_words(name)))
        return any(isinstance(one, Guardian) and _called(one, wanted) for one in near)


def children_of(session: Session, guardian_id: str) -> tuple[Person, ...]:
    """The children of a parent or carer: a report about him concerns each of their dossiers."""
    if not guardian_id or not session.opens(Compartment.CONSENT):
        return ()
    with session.look(Compartment.CONSENT) as reader:
        children = reader.ask(ChildrenOf(guardian_id))
    return tuple(
        Person(one.id, full_name(one.first_name, one.prefix, one.surname)) for one in children
    )


def known_to(
    session: Session, report: Report, kind: str, person: Person | None
) -> Knowledge | None:
    """Whether this person could know the rules on the day, and why; None without rules."""
    found = counting_on(shelf(session), kind, report.occurred_on)
    if not kind or not found.in_force:
        return None
    own = own_time(session, kind, person.id) if person else None
    return knowledge(found.protocol, kind, report.occurred_on, own)


def _called(person: StaffMember | Guardian, wanted: str) -> bool:
    return fold(full_name(person.first_name, person.prefix, person.surname)) == wanted


def _account(session: Session, filing: Filing, kind: str, report: Report) -> str:
    """The account of the one whom it is about; whoever is that himself files nothing.

    Raises:
        Refusal: `dossier.concerns_you`, `dossier.concerns_name`.
    """
    person = filing.subjects[0] if kind == "staff" else filing.actor
    if kind == "other" or person is None:
        return filing.actor_user or report.actor_user
    other = report.actor_user not in ("", session.user.id) or report.actor_other
    refuse_filing(session, person, other=other)
    return filing.actor_user or account_of(session, person, report)


def _capacity_faults(
    session: Session, filing: Filing, kind: str, report: Report
) -> Iterator[Refusal]:
    """Who is staff and a parent: in which capacity decides whose rules and which dossier."""
    if filing.capacity and filing.capacity != kind:
        yield Refusal("breach.capacity_other", field="actor_kind")
    if filing.capacity or kind in (report.capacity, "other"):
        return
    person = filing.subjects[0] if kind == "staff" and filing.subjects else filing.actor
    if person is not None and twofold(session, person.name):
        yield Refusal("breach.capacity_missing", field="capacity", name=person.name)


def _faults(
    filing: Filing, kind: str, compartment: Compartment, protocol: Protocol
) -> Iterator[Refusal]:
    ids = [subject.id for subject in filing.subjects]
    if not ids or not all(ids):
        yield Refusal("dossier.subject_missing", field="subjects")
    if len(set(ids)) < len(ids):
        yield Refusal("dossier.subject_twice", field="subjects")
    if compartment is Compartment.STAFF_DOSSIER and len(ids) > 1:
        yield Refusal("dossier.one_subject", field="subjects")
    actor = protocol.actor(kind)
    if actor is None or compartment not in (actor.compartment, actor.without_pupil):
        yield Refusal("dossier.other_compartment", field="actor_kind")
    if not set(filing.categories or ()) <= {category.key for category in protocol.categories}:
        yield Refusal("breach.choice_unknown", field="categories")
    yield from _article_faults(filing, kind, protocol)
    yield from line_faults(("subjects", subject.name) for subject in filing.subjects)
    if filing.actor:
        yield from line_faults((("actor", filing.actor.name),))


def _article_faults(filing: Filing, kind: str, protocol: Protocol) -> Iterator[Refusal]:
    for id in filing.articles or ():
        article = protocol.article(id)
        if article is None or (kind != "other" and not article.binds(kind)):
            yield Refusal("breach.article_not_meant", field="articles", article=id)


def left_out(
    report: Report, kind: str, categories: tuple[str, ...], protocol: Protocol
) -> tuple[str, ...]:
    """The categories that were reported and do not count when it is filed like this."""
    kept = {c.key for c in protocol.categories if c.key in categories and c.actor == kind}
    known = [c for c in protocol.categories if c.actor == report.actor_kind]
    return tuple(c.key for c in known if c.key in report.categories and c.key not in kept)


def _dropped_faults(
    filing: Filing, kind: str, report: Report, protocol: Protocol
) -> Iterator[Refusal]:
    """A duty that was reported is reasoned away, never silently dropped."""
    given = report.categories if filing.categories is None else filing.categories
    if left_out(report, kind, given, protocol) and not tidy_text(filing.reason):
        yield Refusal("dossier.category_reason_missing", field="reason")
    yield from text_faults((("reason", filing.reason),))


def _strangers(session: Session, filing: Filing, compartment: Compartment) -> Iterator[Refusal]:
    """Subjects whom the register does not know, as far as the user can look them up."""
    if not session.opens(Compartment.CONSENT):
        return
    kind = StaffMember if compartment is Compartment.STAFF_DOSSIER else Pupil
    with session.look(Compartment.CONSENT) as reader:
        for subject in filing.subjects:
            if subject.id and not _known(reader, kind, subject.id):
                yield Refusal("dossier.subject_unknown", field="subjects", name=subject.name)


def _known(reader: Reader, kind: type[Pupil | StaffMember], id: str) -> bool:
    """Whether the register knows somebody, or did before an import was undone."""
    return reader.find(kind, id) is not None or isinstance(reader.ask(GonePerson(id)), kind)
