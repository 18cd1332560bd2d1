"""What one filing writes: dossiers, the breach, its case, and the entries."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from app.breach.sealed import tidy_line, tidy_text, written
from app.clock import school_day
from app.dossier import proof
from app.dossier.numbers import next_number
from app.dossier.records import Breach, Case, Dossier, Entry
from app.dossier.whose import dossier_of
from app.ids import new_id
from app.procedures.procedure import first_procedure
from app.protocol.frozen import frozen
from app.protocol.known import knowledge, own_time, why_text

if TYPE_CHECKING:
    from datetime import date

    from app.breach.sealed import RegisterSaid
    from app.dossier.post import Note, OpenedReport
    from app.ports import Session, Work
    from app.protocol.known import Knowledge
    from app.protocol.values import Protocol
    from app.record import Compartment

REPORT_FILE = "melding.json"
"""Name of the file that keeps a report as it was sealed."""

NOTE_FILE = "intrekking.json"
"""Name of the file that keeps the note with which its author withdrew a report."""

WITHDRAWN = "withdrawal"
"""Kind of the entry which records that a report was withdrawn by its author."""


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
        articles: the rules that it is dealt with under; as the report says when None.
        capacity: in which capacity he acted, when he is known as staff and as a parent.
        actor_user: id of the account of the one whom it is about, where somebody says so; else
            it is found.
    """

    subjects: tuple[Person, ...]
    actor: Person | None = None
    actor_kind: str = ""
    categories: tuple[str, ...] | None = None
    reason: str = ""
    articles: tuple[str, ...] | None = None
    capacity: str = ""
    actor_user: str = ""


@dataclass(frozen=True, slots=True)
class FiledReport:
    """What was filed; `case` is None when no procedure is meant for this kind of person."""

    dossiers: tuple[Dossier, ...]
    breach: Breach
    case: Case | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """All records of one filing; `dossiers_new` are those that are not there yet."""

    dossiers_new: tuple[Dossier, ...]
    cases: tuple[Case, ...]
    done: FiledReport


@dataclass(frozen=True, slots=True)
class Ground:
    """What a filing rests on besides the report.

    Attributes:
        kind: staff, guardian or other; user: id of the account of the person, or "".
        looked_up: what the register says now of the day of the event, as known that day.
    """

    kind: str
    user: str
    protocol: Protocol
    looked_up: RegisterSaid | None
    notes: tuple[Note, ...] = ()


class Filer:
    """Makes the records of one filing."""

    def __init__(
        self,
        session: Session,
        work: Work,
        opened: OpenedReport,
        filing: Filing,
        ground: Ground,
    ) -> None:
        self._session = session
        self._work = work
        self._opened = opened
        self._filing = filing
        self._ground = ground
        self._kind = ground.kind
        self._today = session.clock.today()
        self._now = session.clock.now()

    def records(self, compartment: Compartment) -> Records:
        """All records of the filing, not added yet."""
        dossiers, new = self._dossiers()
        breach = self._breach(dossiers[0])
        cases = self._case(compartment, breach)
        entries = self._entries(dossiers, cases[0].id if cases else "")
        case = cases[0] if cases else None
        return Records(new, cases, FiledReport(dossiers, breach, case, entries))

    def _dossiers(self) -> tuple[tuple[Dossier, ...], tuple[Dossier, ...]]:
        """Each dossier once, in the order of the subjects, and those that are new."""
        found: dict[str, Dossier] = {}
        new: dict[str, Dossier] = {}
        for subject in self._filing.subjects:
            id, known = dossier_of(self._session, self._work, subject.id)
            if known is None and id not in found:
                known = new[id] = Dossier(
                    id=new_id(),
                    subject_id=id,
                    subject_name=tidy_line(subject.name),
                    opened_on=self._today,
                )
            if known is not None:
                found[id] = known
        return tuple(found.values()), tuple(new.values())

    def _actor(self) -> Person:
        if self._kind == "staff":
            return self._filing.subjects[0]
        return self._filing.actor or Person("", self._opened.report.actor_name)

    def _known(self, actor: Person) -> Knowledge:
        """Whether the rules could be known to the person on the day of the event."""
        own = own_time(self._session, self._kind, actor.id)
        occurred = self._opened.report.occurred_on
        return knowledge(self._ground.protocol, self._kind, occurred, own)

    def _breach(self, dossier: Dossier) -> Breach:
        report, actor, filing = self._opened.report, self._actor(), self._filing
        known = self._known(actor)
        return Breach(
            id=new_id(),
            report_id=self._opened.key,
            dossier_id=dossier.id,
            protocol=report.protocol,
            protocol_version=report.protocol_version,
            protocol_text=frozen(self._ground.protocol),
            articles=report.articles if filing.articles is None else filing.articles,
            actor_kind=self._kind,
            actor_id=actor.id,
            actor_name=tidy_line(actor.name),
            actor_user=self._ground.user,
            capacity=filing.capacity or report.capacity,
            own_report=report.own or self._ground.user == self._opened.author.id,
            occurred_on=report.occurred_on,
            discovered_on=report.discovered_on,
            known=known.known.value,
            known_from=known.since,
            known_why=why_text(known.why),
            facts=report.facts,
            opinion=report.opinion,
            place=report.place,
            medium=report.medium,
            audience=report.audience,
            channel=report.channel,
            made=report.made,
            shared=report.shared,
            affected=tuple(pupil.name for pupil in report.affected),
            affected_ids=tuple(pupil.id for pupil in report.affected),
            people=_as_text([asdict(one) for one in report.people]),
            register_said=self._register_said(),
            categories=report.categories if filing.categories is None else filing.categories,
            reported_by=self._opened.author.name,
            reported_at=self._opened.at,
            reported_actor_kind=report.actor_kind,
            reported_actor_name=report.actor_name,
            reported_categories=report.categories,
            reported_articles=report.articles,
            filing_reason=tidy_text(filing.reason),
            publication_id=report.publication,
        )

    def _register_said(self) -> str:
        """What the reporter's program saw, and what the register knew that day, as JSON."""
        found = (self._opened.report.register, self._ground.looked_up)
        return _as_text([asdict(each) for each in found if each is not None])

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
            "proof": proof.written(opened.proof),
        }
        notes = [self._note(note) for note in self._ground.notes]
        found = []
        for dossier in dossiers:
            said = {"kind": "report", "body": report.facts, **sealed}
            found.append(self._entry(dossier, case_id, school_day(opened.at), said))
            for file, blob in kept:
                said = {
                    "kind": "evidence",
                    "title": file.name,
                    "body": file.obtained,
                    "blob": blob,
                    "file_name": file.name,
                    "digest": hashlib.sha256(file.content).hexdigest(),
                }
                arrived = school_day(file.arrived_at) if file.arrived_at else None
                found.append(
                    self._entry(dossier, case_id, school_day(opened.at), said, arrived)
                )
            found += [self._entry(dossier, case_id, day, said) for day, said in notes]
        return tuple(found)

    def _note(self, note: Note) -> tuple[date, dict[str, str]]:
        return school_day(note.said.at), note_values(self._work, note)

    def _entry(
        self,
        dossier: Dossier,
        case_id: str,
        happened_on: date,
        said: dict[str, str],
        arrived_on: date | None = None,
    ) -> Entry:
        about = self._actor()
        apart = self._kind != "staff"
        values: dict[str, str] = {"title": "", **said}
        return Entry(
            id=new_id(),
            dossier_id=dossier.id,
            case_id=case_id,
            happened_on=happened_on,
            about_id=about.id if apart else "",
            about_name=tidy_line(about.name) if apart else "",
            author=self._opened.author.name,
            recorded_at=self._now,
            arrived_on=arrived_on,
            **values,
        )


def note_values(work: Work, note: Note) -> dict[str, str]:
    """What an entry says of a note that withdraws a report; the note itself is attached."""
    content = note.unsealed.content
    return {
        "kind": WITHDRAWN,
        "title": "",
        "body": note.said.reason,
        "blob": work.attach(content),
        "file_name": NOTE_FILE,
        "digest": hashlib.sha256(content).hexdigest(),
        "proof": proof.written(note.unsealed.proof),
    }


def _as_text(rows: list[dict[str, object]]) -> str:
    return written({"rows": rows}).decode() if rows else ""
