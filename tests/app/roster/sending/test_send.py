"""Lists that leave: complete, marked, noted first, and readable again."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from app.consent.records import Answer
from app.errors import Refusal
from app.jobs import CancelledError
from app.journal.leaving import save_noted
from app.people.people import GuardianDraft, PupilDraft, save_guardian, save_pupil
from app.people.places import EnrolmentDraft, enrol, save_site
from app.people.questions import PupilIds
from app.people.records import Guardian, Pupil, Relation, Site
from app.record import Compartment
from app.roster.readers.guess import guess_table
from app.roster.readers.lists import read_list
from app.roster.sending.send import Export, Wanted, export_consent, export_groups, export_people
from app.roster.sending.sheets import Format
from app.roster.source.findings import Findings
from app.roster.source.tables import open_table
from tests.journeys.families import add_family, says, settle
from tests.registers import NOW, School

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.ports import Session
    from app.roster.roster import Roster, RosterGuardian, RosterPupil
    from tests.sample import Sample

TODAY = NOW.date()
CHILD = ("number", "first_name", "prefix", "surname", "birth_date")
ADULT = (
    "first_name",
    "prefix",
    "surname",
    "institution",
    "street",
    "town",
    "ship",
    "email",
    "phone",
)


def rows_of(export: Export) -> list[tuple[str, ...]]:
    table = open_table(export.content, export.name)
    rows = [tuple(str(cell) for cell in row.cells) for row in table.rows(Findings("x"))]
    return [table.headers, *rows]


def read_back(export: Export) -> Roster:
    table = open_table(export.content, export.name)
    found = guess_table(table)
    assert not found.notes
    assert all(column.sure and column.target for column in found.columns)
    return read_list(export.content, export.name, found.mapping("terug"))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("format_", list(Format))
def test_people_that_went_out_come_back_in(
    sample: Sample, format_: Format, language: str
) -> None:
    session = sample.administrator()
    export = export_people(session, Wanted(TODAY, format_, language))
    roster = read_back(export)
    with session.look(Compartment.CONSENT) as reader:
        present = reader.ask(PupilIds(TODAY))
        pupils = reader.all(Pupil, id=present)
        ties = [tie for tie in reader.all(Relation, pupil_id=present) if not tie.ended]
        adults = reader.all(Guardian, id=tuple({tie.guardian_id for tie in ties}))
    assert export.rows == len(pupils) == len(roster.pupils)
    assert {told(p, CHILD) for p in roster.pupils} == {told(p, CHILD) for p in pupils}
    assert {told(g, ADULT) for g in roster.guardians} == {told(g, ADULT) for g in adults}
    assert len(roster.relations) == len(ties)
    assert sorted(tie.kind for tie in roster.relations) == sorted(tie.kind for tie in ties)


def told(
    record: Pupil | RosterPupil | Guardian | RosterGuardian, fields: Sequence[str]
) -> tuple[object, ...]:
    return tuple(getattr(record, name) for name in fields)


def test_groups_leave_with_their_number_of_pupils(sample: Sample) -> None:
    headers, *rows = rows_of(export_groups(sample.administrator(), Wanted(TODAY)))
    assert headers == ("Locatie", "Groep", "Schooljaar", "Aantal leerlingen")
    assert sum(int(row[3]) for row in rows) > 0


def test_the_overview_says_the_verdict_of_each_use(sample: Sample) -> None:
    session = sample.administrator()
    headers, *rows = rows_of(export_consent(session, Wanted(TODAY)))
    assert headers[:6] == (
        "Leerlingnummer",
        "Roepnaam",
        "Tussenvoegsel",
        "Achternaam",
        "Groep",
        "Locatie",
    )
    assert all(": " in header for header in headers[6:])
    said = {cell for row in rows for cell in row[6:]}
    assert said <= {"JA", "JA, mits", "NEE", "VRAAG NA", "NIET NODIG"}
    assert len(said) > 2


def test_the_overview_of_a_past_day_knows_no_later_withdrawal_then_but_does_now(
    school: School,
) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    for parent in (family.mother, family.father):
        says(session, family.pupil, parent)
    day, then = session.clock.today(), session.clock.now()
    school.clock.move(timedelta(days=5))
    before = rows_of(export_consent(session, Wanted(day)))
    says(session, family.pupil, family.father, Answer.WITHDRAWN, signed_on=day)
    now, known = Wanted(day), Wanted(day, known_at=then)
    assert rows_of(export_consent(session, known)) == before
    assert rows_of(export_consent(session, now)) != before
    assert rows_of(export_consent(session, Wanted(day - timedelta(days=1)))) == before
    assert "zoals-bekend-2026" in export_consent(session, known).name


def test_only_one_group_leaves_when_it_is_asked(sample: Sample) -> None:
    session = sample.administrator()
    _, *groups = rows_of(export_groups(session, Wanted(TODAY)))
    with session.look(Compartment.CONSENT) as reader:
        site = next(site for site in reader.all(Site) if site.name == groups[0][0])
    some = export_people(session, Wanted(TODAY, site_id=site.id))
    every = export_people(session, Wanted(TODAY))
    assert 0 < some.rows < every.rows


def test_a_workbook_carries_its_marking(sample: Sample) -> None:
    session = sample.administrator()
    export = export_people(session, Wanted(TODAY, Format.XLSX))
    book = load_workbook(io.BytesIO(export.content))
    assert "Vertrouwelijk" in str(book.properties.title)
    assert session.user.name in str([row[0].value for row in book.worksheets[1].iter_rows()])
    assert export.name.startswith("vertrouwelijk ")
    assert export.name.endswith(".xlsx")


def test_it_stands_in_the_journal_before_the_file_is_there(
    sample: Sample, tmp_path: Path
) -> None:
    session = sample.administrator()
    export = export_consent(session, Wanted(TODAY, Format.XLSX))
    with session.look(Compartment.CONSENT) as reader:
        before = reader.head().number
    assert export.leaving.act == "consent_exported"
    assert export.leaving.subject == f"confidential:xlsx:{TODAY.isoformat()}:{export.rows}"
    with pytest.raises(Exception, match="export_failed"):
        save_noted(session, export.leaving, tmp_path / "nowhere" / export.name, export.content)
    with session.look(Compartment.CONSENT) as reader:
        assert reader.head().number == before + 1


def test_a_teacher_exports_nothing(sample: Sample) -> None:
    with pytest.raises(Refusal, match="no_grant"):
        export_people(sample.teacher(), Wanted(TODAY))


class _Stops:
    def step(self, done: int, total: int) -> None:
        raise CancelledError


def test_an_export_can_be_stopped(sample: Sample) -> None:
    with pytest.raises(CancelledError):
        export_consent(sample.administrator(), Wanted(TODAY), _Stops())


def add_child(session: Session, pupil: PupilDraft, guardian: GuardianDraft) -> None:
    site = save_site(session, "Kade", "Delfzijl")
    child = save_pupil(session, pupil)
    enrol(session, EnrolmentDraft(child.id, site.id, start=TODAY))
    save_guardian(session, guardian, child.id, "mother")


def test_names_that_look_like_formulas_leave_as_text_and_come_back(school: School) -> None:
    session = school.administrator()
    guardian = GuardianDraft(
        surname="@SUM(1;+2)", street="=cmd|' /C calc'!A0", phone="+31 6 12345678"
    )
    add_child(session, PupilDraft("=1+1", "", "-2,=3", None, "00123"), guardian)
    for format_ in Format:
        roster = read_back(export_people(session, Wanted(TODAY, format_)))
        assert told(roster.pupils[0], ("first_name", "surname", "number")) == (
            "=1+1",
            "-2,=3",
            "00123",
        )
        found = roster.guardians[0]
        assert (found.surname, found.street, found.phone) == (
            guardian.surname,
            guardian.street,
            guardian.phone,
        )


def test_a_guardian_who_is_none_any_more_does_not_leave(school: School) -> None:
    session = school.administrator()
    add_child(session, PupilDraft("Bo", "", "Vries"), GuardianDraft(surname="Bakker"))
    with session.work(Compartment.CONSENT, "relation_ended") as work:
        work.change(*(replace(relation, ended=True) for relation in work.all(Relation)))
        work.commit()
    assert b"Bakker" not in export_people(session, Wanted(TODAY)).content


def test_a_school_without_pupils_leaves_headers_only(school: School) -> None:
    export = export_people(school.administrator(), Wanted(TODAY))
    assert export.rows == 0
    assert export.content.startswith(b'\xef\xbb\xbf"Leerlingnummer"')
