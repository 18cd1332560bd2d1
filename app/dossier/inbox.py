"""The inbox of a dossier compartment: sealed reports, read and filed exactly once.

Filing writes everything in one unit of work, together with a note under the id of the sealed
report. Only after that is the report taken out of the inbox. Whoever stops in between finds it
taken out at the next look.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.breach.protocol import load_protocol
from app.breach.report import file_name, line_faults, receipt, text_faults
from app.breach.sealed import from_bytes, tidy_line, tidy_text
from app.clock import school_day
from app.dossier.numbers import next_number
from app.dossier.procedure import first_procedure
from app.dossier.proof import written
from app.dossier.records import Breach, Case, Dossier, Entry, Filed
from app.errors import Refusal, Trouble, collect
from app.ids import new_id
from app.people.questions import GonePerson
from app.people.records import Pupil, StaffMember
from app.record import DOSSIERS, Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from app.breach.protocol import Protocol
    from app.breach.sealed import Report
    from app.ports import Reader, Session, Unsealed, UserCard, Work
    from app.sealing import SealProof


REPORT_FILE = "melding.json"
"""Name of the file that keeps a report as it was sealed."""


@dataclass(frozen=True, slots=True)
class InboxLine:
    """A sealed report that waits; what it says, and who wrote it, is known after opening."""

    compartment: Compartment
    id: str
    size: int


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that came with a report.

    Attributes:
        intact: it is the very file that the report speaks of.
    """

    name: str
    obtained: str
    content: bytes
    intact: bool


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """A sealed report, opened and not filed yet.

    Attributes:
        author: who sealed it, proven by his signature.
        missing: names of files that the report speaks of and that did not arrive.
        content: the very bytes that he signed; proof: shows later that he did.
    """

    id: str
    compartment: Compartment
    author: UserCard
    at: datetime
    report: Report
    proof: SealProof
    files: tuple[OpenedFile, ...]
    missing: tuple[str, ...] = ()
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, by id and by name as it is now."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Filing:
    """How a report is to be filed.

    Attributes:
        subjects: whose dossiers: one member of staff, or the pupils concerned.
        actor: the parent or other person whom it is about, or None when not known; for a
            report about staff it is the subject.
        actor_kind: staff, guardian or other; as the report says when "".
        categories: what the inspector may have to be told; as the report says when None.
        reason: why a category that was reported is left out.
    """

    subjects: tuple[Person, ...]
    actor: Person | None = None
    actor_kind: str = ""
    categories: tuple[str, ...] | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FiledReport:
    """What was filed; `case` is None when no procedure is meant for this kind of person."""

    dossiers: tuple[Dossier, ...]
    breach: Breach
    case: Case | None
    entries: tuple[Entry, ...]


def waiting(session: Session) -> tuple[InboxLine, ...]:
    """The reports that wait in the inboxes which the user can open, oldest first.

    A report that was filed but not taken out is taken out now.
    """
    found = []
    for compartment in DOSSIERS:
        if session.opens(compartment):
            found += [
                InboxLine(compartment, card.id, card.size)
                for card in session.waiting(compartment)
                if not _cleared(session, compartment, card.id)
            ]
    return tuple(found)


def open_report(session: Session, compartment: Compartment, id: str) -> OpenedReport:
    """Read a sealed report; the reading is recorded in the journal.

    Raises:
        Refusal: `register.seal_broken`, `breach.unreadable`, `register.no_grant`.
    """
    unsealed = session.unseal(compartment, id)
    opened = _opened(unsealed, compartment)
    with session.work(compartment, "report_read", id) as work:
        work.commit()
    return opened


def file_report(
    session: Session, compartment: Compartment, id: str, filing: Filing
) -> FiledReport:
    """File a sealed report into the dossiers it concerns, once; the author gets his receipt.

    Finds or opens the dossiers, keeps the breach with what was reported beside what is filed,
    the report as it was sealed and its evidence as entries, and opens a case along the
    procedure that fits.

    Raises:
        Refusals: choices that are not right; nothing is filed.
        Refusal: `dossier.filed_already`.
    """
    if _cleared(session, compartment, id):
        raise Refusal("dossier.filed_already")
    unsealed = session.unseal(compartment, id)
    opened = _opened(unsealed, compartment)
    try:
        protocol = load_protocol(opened.report.protocol)
    except KeyError as error:
        raise Trouble("dossier.protocol_missing", protocol=opened.report.protocol) from error
    kind = filing.actor_kind or opened.report.actor_kind
    collect(
        [
            *_faults(filing, kind, compartment, protocol),
            *_dropped_faults(filing, kind, opened.report, protocol),
            *_strangers(session, filing, compartment),
        ]
    )
    with session.work(compartment, "report_filed", id) as work:
        if work.find(Filed, id) is not None:
            raise Refusal("dossier.filed_already")
        filed = _Filer(session, work, opened, filing, kind).file(compartment)
        work.add(
            *filed.dossiers_new,
            filed.done.breach,
            *filed.done.entries,
            *filed.cases,
            Filed(id=id, filed_at=session.clock.now(), filed_by=session.user.name),
        )
        work.commit()
    with suppress(Trouble):
        _clear(session, compartment, unsealed)  # else the next look at the inbox does it
    return filed.done


# -- exactly once -----------------------------------------------------------------------------


def _cleared(session: Session, compartment: Compartment, id: str) -> bool:
    """Whether a report was filed already; then it is taken out of the inbox."""
    with session.look(compartment) as reader:
        filed = reader.find(Filed, id)
    if filed is None:
        return False
    with suppress(Refusal, Trouble):
        _clear(session, compartment, session.unseal(compartment, id))
    return True


def _clear(session: Session, compartment: Compartment, unsealed: Unsealed) -> None:
    """Send the receipt and take the report out; a second receipt changes nothing."""
    with suppress(Refusal):
        # An author who has left gets none.
        session.send(unsealed.author.id, receipt(unsealed.id, session.clock.now()))
    session.settle(compartment, unsealed.id)


# -- rules ------------------------------------------------------------------------------------


def _opened(unsealed: Unsealed, compartment: Compartment) -> OpenedReport:
    report = from_bytes(unsealed.content)
    notes = {note.digest: note for note in report.evidence}
    files = []
    for name, content in unsealed.files:
        note = notes.pop(hashlib.sha256(content).hexdigest(), None)
        obtained = note.obtained if note else ""
        files.append(OpenedFile(file_name(name), obtained, content, note is not None))
    missing = tuple(note.name for note in notes.values())
    return OpenedReport(
        id=unsealed.id,
        compartment=compartment,
        author=unsealed.author,
        at=unsealed.at,
        report=report,
        proof=unsealed.proof,
        files=tuple(files),
        missing=missing,
        content=unsealed.content,
    )


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
    yield from line_faults(("subjects", subject.name) for subject in filing.subjects)
    if filing.actor:
        yield from line_faults((("actor", filing.actor.name),))


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


# -- what is filed ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Result:
    dossiers_new: tuple[Dossier, ...]
    cases: tuple[Case, ...]
    done: FiledReport


class _Filer:
    """Makes the records of one filing."""

    def __init__(
        self, session: Session, work: Work, opened: OpenedReport, filing: Filing, kind: str
    ) -> None:
        self._session = session
        self._work = work
        self._opened = opened
        self._filing = filing
        self._kind = kind
        self._today = session.clock.today()
        self._now = session.clock.now()

    def file(self, compartment: Compartment) -> _Result:
        """All records of the filing, not added yet."""
        known, new = self._dossiers()
        dossiers = (*known, *new)
        order = [subject.id for subject in self._filing.subjects]
        dossiers = tuple(sorted(dossiers, key=lambda found: order.index(found.subject_id)))
        breach = self._breach(dossiers[0])
        cases = self._case(compartment, breach)
        entries = self._entries(dossiers, cases[0].id if cases else "")
        case = cases[0] if cases else None
        return _Result(new, cases, FiledReport(dossiers, breach, case, entries))

    def _dossiers(self) -> tuple[tuple[Dossier, ...], tuple[Dossier, ...]]:
        ids = tuple(subject.id for subject in self._filing.subjects)
        known = self._work.all(Dossier, subject_id=ids)
        have = {dossier.subject_id for dossier in known}
        new = tuple(
            Dossier(
                id=new_id(),
                subject_id=subject.id,
                subject_name=tidy_line(subject.name),
                opened_on=self._today,
            )
            for subject in self._filing.subjects
            if subject.id not in have
        )
        return known, new

    def _actor(self) -> Person:
        if self._kind == "staff":
            return self._filing.subjects[0]
        return self._filing.actor or Person("", self._opened.report.actor_name)

    def _breach(self, dossier: Dossier) -> Breach:
        report, actor = self._opened.report, self._actor()
        given = self._filing.categories
        return Breach(
            id=new_id(),
            report_id=self._opened.id,
            dossier_id=dossier.id,
            protocol=report.protocol,
            articles=report.articles,
            actor_kind=self._kind,
            actor_id=actor.id,
            actor_name=tidy_line(actor.name),
            occurred_on=report.occurred_on,
            discovered_on=report.discovered_on,
            facts=report.facts,
            opinion=report.opinion,
            place=report.place,
            medium=report.medium,
            audience=report.audience,
            made=report.made,
            shared=report.shared,
            affected=tuple(pupil.name for pupil in report.affected),
            affected_ids=tuple(pupil.id for pupil in report.affected),
            categories=report.categories if given is None else given,
            reported_by=self._opened.author.name,
            reported_at=self._opened.at,
            reported_actor_kind=report.actor_kind,
            reported_actor_name=report.actor_name,
            reported_categories=report.categories,
            filing_reason=tidy_text(self._filing.reason),
        )

    def _case(self, compartment: Compartment, breach: Breach) -> tuple[Case, ...]:
        procedure = first_procedure(compartment, self._kind, self._today)
        if procedure is None:
            return ()
        case = Case(
            id=new_id(),
            number=next_number(self._session, self._work, compartment, "case"),
            dossier_id=breach.dossier_id,
            breach_id=breach.id,
            procedure=procedure.key,
            version=procedure.version,
            opened_on=self._today,
        )
        return (case,)

    def _entries(self, dossiers: tuple[Dossier, ...], case_id: str) -> tuple[Entry, ...]:
        report, opened = self._opened.report, self._opened
        kept = [(file, self._work.attach(file.content)) for file in opened.files]
        sealed = {
            "blob": self._work.attach(opened.content),
            "file_name": REPORT_FILE,
            "digest": hashlib.sha256(opened.content).hexdigest(),
            "proof": written(opened.proof),
        }
        found = []
        for dossier in dossiers:
            found.append(
                self._entry(dossier, case_id, kind="report", body=report.facts, **sealed)
            )
            for file, blob in kept:
                digest = hashlib.sha256(file.content).hexdigest()
                found.append(
                    self._entry(
                        dossier,
                        case_id,
                        kind="evidence",
                        title=file.name,
                        body=file.obtained,
                        blob=blob,
                        file_name=file.name,
                        digest=digest,
                    )
                )
        return tuple(found)

    def _entry(self, dossier: Dossier, case_id: str, **said: str) -> Entry:
        about = self._actor()
        apart = self._kind != "staff"
        values: dict[str, str] = {"title": "", **said}
        return Entry(
            id=new_id(),
            dossier_id=dossier.id,
            case_id=case_id,
            happened_on=school_day(self._opened.at),
            about_id=about.id if apart else "",
            about_name=tidy_line(about.name) if apart else "",
            author=self._opened.author.name,
            recorded_at=self._now,
            **values,
        )
