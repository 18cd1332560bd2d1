"""From signing in to locking, in one process."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton

from app.errors import Message
from app.people.places import save_site
from app.ports import Head, Verification
from app.record import Compartment
from tests.registers import ADMINISTRATOR, DIRECTOR, TEACHER
from tests.robots import part
from tests.robots.unlock import UnlockRobot
from tests.ui.desks import MemoryPreferences, outside_of, program_for
from tests.ui.kit.gallery import document
from ui.kit import ask
from ui.kit.page import Page
from ui.kit.preview import Preview
from ui.register.unlock import UnlockScreen
from ui.shell.drafts import Draft
from ui.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.registers import School
    from ui.app.office import Office
    from ui.app.program import Program
    from ui.frame import Hit
    from ui.kit.bar import MessageBar


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, school: School) -> Program:
    """The program on a machine that knows the test register."""
    rows = [{"folder": str(school.folder), "school": "Bootschool De Meerpaal"}]
    preferences = MemoryPreferences({"registers": json.dumps(rows), "palette": "light"})
    found = program_for(qtbot, qapp, outside_of(school, preferences))
    found.start()
    return found


@pytest.fixture
def robot(qtbot: QtBot, program: Program) -> UnlockRobot:
    """Somebody at the lock screen."""
    return UnlockRobot(qtbot, program)


def office(program: Program) -> Office:
    """The office of whoever is signed in."""
    assert program.office is not None
    return program.office


def bar_of(program: Program) -> MessageBar:
    """The message bar of the page that is shown."""
    page = office(program).frame.page
    assert isinstance(page, Page)
    return page.bar


def lock(qtbot: QtBot, program: Program) -> None:
    """Lock with F12, and wait until the keys are gone."""
    with qtbot.waitSignal(program.locked):
        qtbot.keyClick(office(program).frame, Qt.Key.Key_F12)
        program.lock()


def test_locking_forgets_the_keys(qtbot: QtBot, program: Program, robot: UnlockRobot) -> None:
    robot.sign_in(ADMINISTRATOR)
    session = office(program).desk.session
    lock(qtbot, program)
    refused = program.runner._storage.submit(save_site, session, "Werkendam", "").exception()
    assert refused is not None
    assert isinstance(robot.screen, UnlockScreen)


def test_what_was_typed_is_offered_after_locking(
    qtbot: QtBot, program: Program, robot: UnlockRobot
) -> None:
    robot.sign_in(ADMINISTRATOR)
    desk = office(program).desk
    desk.keep_draft(Draft("settings", "Een nieuwe locatie", what={"section": "sites"}))
    lock(qtbot, program)
    robot.sign_in(ADMINISTRATOR)
    bar = office(program).frame.bar
    assert "Een nieuwe locatie" in bar.words
    bar.act()
    assert office(program).frame.place == "settings"


def test_a_draft_that_cannot_be_read_is_said_and_dropped(
    qtbot: QtBot, program: Program, robot: UnlockRobot, school: School
) -> None:
    robot.sign_in(ADMINISTRATOR)
    desk = office(program).desk
    desk.keep_draft(Draft("settings", "Een nieuwe locatie"))
    desk.ask(lambda session: session.keep("draft", "half", b"{"), print, desk)
    robot.settle()
    (path, _) = (school.folder / "blobs" / "own" / desk.user.id).iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    lock(qtbot, program)
    robot.sign_in(ADMINISTRATOR)
    bar = bar_of(program)
    assert "niet worden gelezen" in bar.words
    bar.act()
    robot.settle()
    assert "weggegooid" in bar.words
    lock(qtbot, program)
    robot.sign_in(ADMINISTRATOR)
    assert bar_of(program).words == ""


def test_another_user_hears_nothing_of_it(
    qtbot: QtBot, program: Program, robot: UnlockRobot
) -> None:
    robot.sign_in(ADMINISTRATOR)
    office(program).desk.keep_draft(Draft("settings", "Een nieuwe locatie"))
    lock(qtbot, program)
    robot.sign_in(DIRECTOR)
    assert office(program).frame.bar.words == ""


def test_a_draft_is_not_readable_on_disk(
    program: Program, robot: UnlockRobot, school: School
) -> None:
    robot.sign_in(ADMINISTRATOR)
    office(program).desk.keep_draft(Draft("settings", "Zeldzaam-woord-42"))
    robot.settle()
    files = [path for path in school.folder.rglob("*") if path.is_file()]
    assert not [path for path in files if b"Zeldzaam-woord-42" in path.read_bytes()]


def test_idleness_locks_and_says_so(qtbot: QtBot, program: Program, robot: UnlockRobot) -> None:
    robot.sign_in(DIRECTOR)
    assert program._watch is not None
    program._watch._touched -= 10 * 60_000
    with qtbot.waitSignal(program.locked):
        program._watch.tick()
    assert "een tijd niets" in robot.said()


def test_sleep_locks_and_says_so(
    qtbot: QtBot, program: Program, robot: UnlockRobot, school: School
) -> None:
    robot.sign_in(DIRECTOR)
    school.clock.move(timedelta(hours=1))
    assert program._watch is not None
    with qtbot.waitSignal(program.locked):
        program._watch.tick()
    assert "slaap" in robot.said()


def test_typing_keeps_the_register_open(
    qtbot: QtBot, program: Program, robot: UnlockRobot
) -> None:
    robot.sign_in(TEACHER)
    watch = program._watch
    assert watch is not None
    watch._touched -= 60 * 60_000
    handle = office(program).frame.windowHandle()
    qtbot.keyClick(handle, Qt.Key.Key_Shift)
    watch.tick()
    assert program.office is not None


def test_the_teacher_sees_no_pages_of_the_office(program: Program, robot: UnlockRobot) -> None:
    robot.sign_in(TEACHER)
    office(program).goto("people", {})
    assert office(program).frame.place == "check"


def test_another_language_rebuilds_the_same_place(program: Program, robot: UnlockRobot) -> None:
    robot.sign_in(ADMINISTRATOR)
    office(program).goto("settings", {"section": "about"})
    office(program).desk.language_chosen.emit("en")
    robot.settle()
    assert office(program).frame.place == "settings"
    assert office(program).frame.windowTitle().startswith("Settings")


def test_another_text_size_is_worn_and_remembered(program: Program, robot: UnlockRobot) -> None:
    robot.sign_in(ADMINISTRATOR)
    office(program).desk.theme_chosen.emit(Theme("dark", 150))
    robot.settle()
    assert program.choices.theme == Theme("dark", 150)
    program.wear(Theme("light", 100))


@pytest.mark.parametrize("change", ["theme", "language"])
def test_the_counts_of_the_navigation_outlive_a_new_window(
    program: Program, robot: UnlockRobot, change: str
) -> None:
    robot.sign_in(ADMINISTRATOR)
    office(program).goto("settings", {})
    before = office(program)
    before.desk.count("asking", 7)
    if change == "theme":
        before.desk.theme_chosen.emit(Theme("dark", 100))
    else:
        before.desk.language_chosen.emit("en")
    robot.settle()
    frame = office(program).frame
    assert office(program) is not before
    assert "7" in part(frame, QAbstractButton, "nav_asking").accessibleName()
    program.wear(Theme("light", 100))


def test_the_status_tells_freshness_and_journal(
    qtbot: QtBot, program: Program, robot: UnlockRobot
) -> None:
    robot.sign_in(DIRECTOR)
    status = office(program).frame.status

    def verified() -> None:
        words = [part.text() for part in status._parts.values() if part.text()]
        assert len(words) == 2
        assert words[1].endswith("in orde")

    qtbot.waitUntil(verified)


def test_a_search_finds_a_section_of_the_settings(
    qtbot: QtBot, program: Program, robot: UnlockRobot
) -> None:
    robot.sign_in(DIRECTOR)
    found: list[Hit] = []
    office(program)._find("gebruik", found.extend)
    robot.settle()
    qtbot.waitUntil(lambda: bool(found))
    hit = next(hit for hit in found if hit.title == "Gebruikers")
    office(program)._hit(hit)
    assert office(program).frame.place == "settings"


def test_f1_opens_help_about_the_page(program: Program, robot: UnlockRobot) -> None:
    robot.sign_in(DIRECTOR)
    office(program).goto("settings", {})
    office(program).frame._help()
    page = office(program).frame.page
    assert page is not None
    assert getattr(page, "topic", "") == "settings"


def test_a_defect_keeps_the_window_and_offers_a_report(
    program: Program, robot: UnlockRobot, tmp_path: Path
) -> None:
    robot.sign_in(DIRECTOR)
    file = tmp_path / "report.txt"
    with ask.scripted(True, file):
        program.defects.hear(ValueError("Zoë van der Wal"))
    report = file.read_text("utf-8")
    assert "ValueError" in report
    assert "Zoë" not in report
    assert office(program).frame.isVisible()


def test_the_real_program_begins_anew_after_locking(
    qtbot: QtBot, qapp: QApplication, school: School
) -> None:
    rows = [{"folder": str(school.folder), "school": "Bootschool De Meerpaal"}]
    around = outside_of(school, MemoryPreferences({"registers": json.dumps(rows)}))
    reasons: list[str] = []
    program = program_for(qtbot, qapp, around._replace(relaunch=reasons.append))
    program.start()
    UnlockRobot(qtbot, program).sign_in(TEACHER)
    with qtbot.waitSignal(program.locked):
        program.lock("idle")
    assert reasons == ["idle"]
    assert program.door is None


def test_a_print_on_its_way_ends_before_the_program_begins_anew(
    qtbot: QtBot, qapp: QApplication, school: School, tmp_path: Path
) -> None:
    rows = [{"folder": str(school.folder), "school": "Bootschool De Meerpaal"}]
    around = outside_of(school, MemoryPreferences({"registers": json.dumps(rows)}))
    printed: list[bool] = []
    out = tmp_path / "out.pdf"
    program = program_for(
        qtbot, qapp, around._replace(relaunch=lambda _: printed.append(pages_of(out) == 15))
    )
    program.start()
    UnlockRobot(qtbot, program).sign_in(TEACHER)
    preview = Preview(office(program).frame)
    preview.show_document(document(15), "brief.pdf")
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    preview.print_to(printer)
    program._idle()
    assert program.office is not None
    program.lock("sleep")
    qtbot.waitUntil(lambda: bool(printed), timeout=90_000)
    assert printed == [True]


def test_a_print_on_its_way_ends_before_the_program_does(
    program: Program, robot: UnlockRobot, tmp_path: Path
) -> None:
    robot.sign_in(TEACHER)
    preview = Preview(office(program).frame)
    preview.show_document(document(12), "brief.pdf")
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    preview.print_to(printer)
    program.close()
    assert pages_of(tmp_path / "out.pdf") == 12


def pages_of(path: Path) -> int:
    """How many pages a document on the disk has; 0 when it is not there yet."""
    paper = QPdfDocument()
    paper.load(str(path))
    return max(0, paper.pageCount())


@pytest.mark.screen
def test_the_clipboard_is_emptied_of_what_came_from_here(
    qtbot: QtBot, qapp: QApplication, program: Program, robot: UnlockRobot
) -> None:
    robot.sign_in(ADMINISTRATOR)
    qapp.clipboard().setText("Zoë van der Wal")
    lock(qtbot, program)
    assert qapp.clipboard().text() == ""


def test_a_journal_that_does_not_match_is_said_and_can_be_saved(
    qtbot: QtBot, program: Program, robot: UnlockRobot, tmp_path: Path
) -> None:
    robot.sign_in(DIRECTOR)
    status = office(program).status
    head = Head(4, "ab" * 32)
    wrong = Verification(Compartment.CONSENT, head, (Message("register.damaged"),))
    status._found = [wrong]
    status._tell()
    file = tmp_path / "report.txt"
    with ask.scripted(file):
        office(program).frame.bar.act()
    robot.settle()
    assert "Toestemming" in file.read_text("utf-8")


def test_another_day_brings_the_list_up_to_date(
    qtbot: QtBot, program: Program, robot: UnlockRobot, school: School
) -> None:
    robot.sign_in(ADMINISTRATOR)
    watch = program._watch
    assert watch is not None
    school.clock.move(timedelta(hours=20))
    watch._seen = school.clock.now()
    with qtbot.waitSignal(watch.day_turned):
        watch.tick()
    robot.settle()
    assert program.office is not None
