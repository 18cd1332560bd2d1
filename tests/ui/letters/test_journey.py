"""The second thread: a teacher's sealed report becomes a letter that never changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtPrintSupport import QPrinter

from app.breach.report import my_reports
from app.journal.questions import JournalLines
from app.record import Compartment
from app.register.school import save_school, school_of
from tests.robots.dossier import CaseRobot, DossierRobot
from tests.robots.inbox import InboxRobot
from tests.robots.letter import LetterRobot
from tests.robots.report import FACTS, MineRobot, ReportRobot
from tests.ui.desks import desk_for, run_here
from ui.dossier.list import DossiersPage
from ui.dossier.sheets import StepSheet
from ui.kit import ask
from ui.letters.list import LettersPage
from ui.shell.drafts import kept
from ui.shell.pages import pages_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.sample import Sample
    from ui.shell.desk import Desk

STAFF = "staff_dossier"


def end(desk: Desk, sample: Sample) -> None:
    """Lock, as the next person sits down."""
    desk.runner._storage.submit(sample.lock).result()


def reported(qtbot: QtBot, sample: Sample, picture: Path | None = None) -> None:
    """A teacher reports."""
    robot = ReportRobot(qtbot, desk_for(qtbot, sample.teacher))
    robot.fill()
    if picture is not None:
        robot.add_file(picture)
    robot.send()
    assert robot.went[-1][0] == "reports"
    end(robot.desk, sample)


def filed(qtbot: QtBot, desk: Desk) -> dict[str, str]:
    """A director files the report; where it stands."""
    robot = InboxRobot(qtbot, desk)
    robot.open()
    robot.choose_staff("Kees Smit")
    return robot.file()


def acts_of(session: Session) -> list[tuple[str, str]]:
    """What the journal of the staff dossiers says, newest first."""
    with session.look(Compartment.STAFF_DOSSIER) as reader:
        return [(line.act, line.subject) for line in reader.ask(JournalLines())]


def let_out(robot: LetterRobot, folder: Path) -> str:
    """Print a letter, and save it where that does not work; which letter the journal names."""
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(folder / "out.pdf"))
    with ask.scripted(printer, folder / "nowhere" / "letter.pdf"):
        robot.press("preview_print")
        robot.press("preview_save")
    acts = run_here(robot.desk, acts_of)
    assert [act for act, _ in acts[:3]] == [
        "letter_saved",
        "letter_printed",
        "letter_reprinted",
    ]
    assert "letter_drafted" in [act for act, _ in acts]
    (named,) = {subject for _, subject in acts[:3]}
    return named


def test_from_a_report_to_a_letter_printed_again(
    qtbot: QtBot, sample: Sample, tmp_path: Path
) -> None:
    picture = tmp_path / "scherm.png"
    picture.write_bytes(b"\x89PNG anything")
    reported(qtbot, sample, picture)

    desk = desk_for(qtbot, sample.director)
    place = filed(qtbot, desk)
    dossier = DossierRobot(qtbot, desk, place)
    assert dossier.kinds == ["report", "evidence"]
    assert dossier.look("scherm.png") == b"\x89PNG anything"

    case = CaseRobot(qtbot, desk, STAFF, dossier.case_id)
    case.choose()
    case.take("plan_talk")
    case.take("hold_talk")
    case.press("step_warn")
    page_id, what = case.went[-1]
    assert page_id == "letter"

    letter = LetterRobot(qtbot, desk, what)
    assert not letter.button("letter_issue").isEnabled()
    assert not letter.sees("preview_print")
    letter.fill()
    letter_id = letter.issue()
    issued = letter.bytes
    assert issued.startswith(b"%PDF")
    assert letter.sees("preview_print")

    again = LetterRobot(qtbot, desk, {"compartment": STAFF, "letter_id": letter_id})
    assert again.bytes == issued
    assert let_out(again, tmp_path) == letter_id
    dossier.page.refresh()
    dossier.settle()
    assert dossier.kinds.count("letter_out") == 1
    end(desk, sample)

    is_told_received(qtbot, sample)


def is_told_received(qtbot: QtBot, sample: Sample) -> None:
    """The reporter sees what he wrote and that it was received, nothing more."""
    teacher = desk_for(qtbot, sample.teacher)
    mine = MineRobot(qtbot, teacher)
    assert mine.states[0].startswith("ontvangen")
    (own,) = run_here(teacher, my_reports)
    assert own.report is not None
    assert own.report.facts == FACTS


def test_the_inbox_says_only_that_something_waits(qtbot: QtBot, sample: Sample) -> None:
    reported(qtbot, sample)
    robot = InboxRobot(qtbot, desk_for(qtbot, sample.director))
    assert robot.waiting == ["Personeelsdossier"]
    assert FACTS not in robot.words
    robot.open()
    assert FACTS in robot.words


def test_nothing_is_filed_without_somebody_to_file_it_with(
    qtbot: QtBot, sample: Sample
) -> None:
    reported(qtbot, sample)
    robot = InboxRobot(qtbot, desk_for(qtbot, sample.director))
    robot.open()
    assert robot.page.reading is not None
    robot.page.reading.form.form.set_values({"subjects": ""})
    robot.press("inbox_file")
    assert robot.page.reading is not None
    assert robot.page.reading.form.form.error("subjects")


def test_a_filed_report_is_gone_from_the_inbox(qtbot: QtBot, sample: Sample) -> None:
    reported(qtbot, sample)
    desk = desk_for(qtbot, sample.director)
    filed(qtbot, desk)
    assert InboxRobot(qtbot, desk).waiting == []


def test_an_entry_is_added_and_stands_in_the_time_line(qtbot: QtBot, sample: Sample) -> None:
    reported(qtbot, sample)
    desk = desk_for(qtbot, sample.director)
    robot = DossierRobot(qtbot, desk, filed(qtbot, desk))
    robot.add_note("Telefoontje", "Gebeld over een afspraak.")
    assert "note" in robot.kinds
    assert robot.said


def test_who_read_the_dossier_is_shown(qtbot: QtBot, sample: Sample) -> None:
    reported(qtbot, sample)
    desk = desk_for(qtbot, sample.director)
    robot = DossierRobot(qtbot, desk, filed(qtbot, desk))
    assert robot.page._readers.count() >= 1


def test_a_letter_lists_what_is_missing(qtbot: QtBot, sample: Sample) -> None:
    reported(qtbot, sample)
    desk = desk_for(qtbot, sample.director)
    dossier = DossierRobot(qtbot, desk, filed(qtbot, desk))
    CaseRobot(qtbot, desk, STAFF, dossier.case_id).choose()
    what = {"compartment": STAFF, "case_id": dossier.case_id, "step_id": "warn"}
    letter = LetterRobot(qtbot, desk, what)
    assert {"facts", "expected", "review_day"} <= set(letter.page.findings.missing)
    letter.fill()
    assert not {"facts", "expected", "review_day"} & set(letter.page.findings.missing)
    assert not letter.button("letter_issue").isEnabled()


def test_a_forbidden_word_holds_the_letter_up(qtbot: QtBot, sample: Sample) -> None:
    reported(qtbot, sample)
    desk = desk_for(qtbot, sample.director)
    dossier = DossierRobot(qtbot, desk, filed(qtbot, desk))
    case = CaseRobot(qtbot, desk, STAFF, dossier.case_id)
    case.choose()
    case.take("plan_talk")
    case.take("hold_talk")
    what = {"compartment": STAFF, "case_id": dossier.case_id, "step_id": "warn"}
    letter = LetterRobot(qtbot, desk, what)
    letter.fill()
    assert letter.button("letter_issue").isEnabled()
    letter.fill(facts="Dit is een berisping.")
    assert not letter.button("letter_issue").isEnabled()


def test_what_was_typed_in_a_step_survives_a_lock(qtbot: QtBot, sample: Sample) -> None:
    reported(qtbot, sample)
    desk = desk_for(qtbot, sample.director)
    dossier = DossierRobot(qtbot, desk, filed(qtbot, desk))
    case_id = dossier.case_id
    case = CaseRobot(qtbot, desk, STAFF, case_id)
    case.choose()
    case.press("step_plan_talk")
    assert isinstance(case.page.sheet, StepSheet)
    case.page.sheet.form.set_values({"talk_place": "op de brug"})
    case.page.sheet.touch()
    case.page.leave()
    case.settle()
    end(desk, sample)
    again = CaseRobot(qtbot, desk_for(qtbot, sample.director), STAFF, case_id)
    assert isinstance(again.page.sheet, StepSheet)
    assert again.page.sheet.form.text("talk_place") == "op de brug"


def issued(qtbot: QtBot, desk: Desk) -> tuple[str, str]:
    """A letter is issued; the ids of its case and of itself."""
    dossier = DossierRobot(qtbot, desk, filed(qtbot, desk))
    case = CaseRobot(qtbot, desk, STAFF, dossier.case_id)
    case.choose()
    case.take("plan_talk")
    case.take("hold_talk")
    what = {"compartment": STAFF, "case_id": dossier.case_id, "step_id": "warn"}
    letter = LetterRobot(qtbot, desk, what)
    letter.fill(facts="Er is een foto van Jesse geplaatst.")
    return dossier.case_id, letter.issue()


def test_an_issued_letter_is_corrected_by_a_new_one(qtbot: QtBot, sample: Sample) -> None:
    reported(qtbot, sample)
    desk = desk_for(qtbot, sample.director)
    case_id, old_id = issued(qtbot, desk)
    old = LetterRobot(qtbot, desk, {"compartment": STAFF, "letter_id": old_id})
    old.press("letter_correct")
    page_id, what = old.went[-1]
    assert page_id == "letter"

    new = LetterRobot(qtbot, desk, what)
    assert new.page.form is not None
    assert new.page.form.text("facts") == "Er is een foto van Jesse geplaatst."
    new.press("letter_issue")
    assert new.page.form.error("reason")
    new.page.form.set_values({"reason": "Verkeerde naam.", "facts": "Een foto van Zoë."})
    new_id = new.issue()
    assert new_id != old_id

    old.page.refresh()
    old.settle()
    assert old.page._badge.text() == "vervangen"
    assert not old.sees("letter_correct")
    old.press("letter_correction")
    assert old.went[-1][1]["letter_id"] == new_id
    case = CaseRobot(qtbot, desk, STAFF, case_id)
    assert case.page._papers.count() == 2


def test_what_was_typed_for_a_correction_is_kept(qtbot: QtBot, sample: Sample) -> None:
    reported(qtbot, sample)
    desk = desk_for(qtbot, sample.director)
    case_id, old_id = issued(qtbot, desk)
    what = {"compartment": STAFF, "case_id": case_id, "replaces": old_id}
    letter = LetterRobot(qtbot, desk, what)
    letter.page.leave()
    letter.settle()
    assert run_here(desk, kept) == ()
    letter = LetterRobot(qtbot, desk, what)
    assert letter.page.form is not None
    letter.page.form.set_values({"reason": "Verkeerde naam."})
    letter.page.leave()
    letter.settle()
    again = LetterRobot(qtbot, desk, what)
    assert again.page.form is not None
    assert again.page.form.text("reason") == "Verkeerde naam."


# -- the wall ---------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["teacher", "administrator"])
def test_others_have_no_dossier_pages(qtbot: QtBot, sample: Sample, role: str) -> None:
    desk = desk_for(qtbot, getattr(sample, role))
    ids = {spec.id for spec in pages_of(desk.user)}
    assert not ids & {"inbox", "dossiers", "dossier", "cases", "case", "letter"}
    assert ("letters" in ids) == (role == "administrator")
    assert {"check", "breach", "reports", "protocol"} <= ids


@pytest.mark.parametrize("role", ["teacher", "administrator"])
def test_a_dossier_page_shows_them_nothing(qtbot: QtBot, sample: Sample, role: str) -> None:
    reported(qtbot, sample)
    desk = desk_for(qtbot, getattr(sample, role))
    robot = InboxRobot(qtbot, desk)
    assert robot.waiting == []
    letters = LettersPage(desk)
    qtbot.addWidget(letters)
    letters.refresh()
    robot.settle()
    assert letters.cases.table.model.rowCount() == 0


def test_a_director_reads_both_kinds_of_dossiers(qtbot: QtBot, sample: Sample) -> None:
    page = DossiersPage(desk_for(qtbot, sample.director))
    qtbot.addWidget(page)
    assert len(page._open) == 2


def without_town(session: Session) -> None:
    """Make the letterhead lack what every letter must say."""
    with session.look(Compartment.CONSENT) as reader:
        school = school_of(reader)
    save_school(session, replace(school, town="", complaint_route=""))


def test_holes_and_language_of_a_letter_are_kept(qtbot: QtBot, sample: Sample) -> None:
    reported(qtbot, sample)
    desk = desk_for(qtbot, sample.director)
    place = filed(qtbot, desk)
    dossier = DossierRobot(qtbot, desk, place)
    case = CaseRobot(qtbot, desk, STAFF, dossier.case_id)
    case.choose()
    case.take("plan_talk")
    case.take("hold_talk")
    case.press("step_warn")
    run_here(desk, without_town)
    what = case.went[-1][1]
    letter = LetterRobot(qtbot, desk, what)
    page = letter.page
    assert page.form is not None
    assert page._begun is not None
    assert page._filled is not None
    page.form.set_values({"language": "en"})
    holes = {key: f"over {key}" for key, _ in page._begun.holes}
    assert holes
    page._filled.set_values(holes)
    letter.page.leave()
    letter.settle()
    again = LetterRobot(qtbot, desk, what)
    assert again.page.form is not None
    assert again.page.form.text("language") == "en"
    assert again.page._filled is not None
    assert {key: again.page._filled.text(key) for key in holes} == holes
