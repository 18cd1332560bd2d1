"""Filing post on the screen: file, person, kind and day."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from app.dossier.dossiers import dossiers, open_dossier
from tests.app.compile.situations import pdf_file
from tests.app.dossier.situations import PUPILS, STAFF, settle_in
from tests.robots.pages import PageRobot
from tests.ui.desks import desk_for, run_here
from ui.dossier.post import PostPage
from ui.kit import ask

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.dossier.dossiers import OpenedDossier
    from app.record import Compartment
    from tests.registers import School
    from ui.shell.desk import Desk

LETTER = pdf_file("Beste school, hierbij mijn reactie.")


class PostRobot(PageRobot):
    """Somebody with a pile of post."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.page = PostPage(desk)
        super().__init__(qtbot, desk, self.page)

    def take(self, path: Path) -> None:
        """Choose a file."""
        with ask.scripted(path):
            self.press("entry_file")

    def find(self, name: str) -> None:
        """Type a name and take the first who is found."""
        self.page.person.search.set_value(name)
        self.page.person._look()
        self.settle()
        self.press("hit_0")

    def fill(self, **values: object) -> None:
        """Fill in what it is."""
        self.page.form.set_values(values)


@pytest.fixture
def robot(qtbot: QtBot, school: School) -> PostRobot:
    """The page, and a few people in the register."""
    desk = desk_for(qtbot, school.director)
    run_here(desk, settle_in)
    return PostRobot(qtbot, desk)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A scan that came in."""
    path = tmp_path / "reactie vader.pdf"
    path.write_bytes(LETTER)
    return path


def only(robot: PostRobot, compartment: Compartment = PUPILS) -> OpenedDossier:
    """The one dossier there is."""
    (line,) = run_here(robot.desk, partial(dossiers, compartment=compartment))
    return run_here(
        robot.desk, partial(open_dossier, compartment=compartment, dossier_id=line.id)
    )


def test_a_letter_about_a_parent_is_filed_with_the_child(
    robot: PostRobot, letter: Path
) -> None:
    robot.take(letter)
    assert robot.page.view.content == LETTER
    assert robot.page.form.text("title") == "reactie vader"
    robot.find("lukasz")
    robot.fill(happened_on=date(2026, 11, 18), arrived_on=date(2026, 11, 20))
    robot.press("post_save")
    (item,) = only(robot).timeline
    assert (item.kind, item.about, item.day) == (
        "letter_in",
        "Łukasz van der Wal",
        date(2026, 11, 18),
    )
    assert "Opgeborgen" in robot.said


def test_after_a_piece_the_form_is_ready_for_the_next(robot: PostRobot, letter: Path) -> None:
    robot.take(letter)
    robot.find("zoe")
    robot.fill(happened_on=date(2026, 11, 18))
    robot.press("post_save")
    assert robot.page.file.file is None
    assert robot.page.person.place is None
    assert robot.page.form.text("title") == ""
    assert robot.page.form.text("kind") == "letter_in"
    robot.take(letter)
    assert "staat al in het dossier van Zoë" in robot.page.file._known.text()


def test_a_talk_with_staff_begins_a_dossier_without_a_file(robot: PostRobot) -> None:
    robot.find("kees")
    robot.fill(kind="talk", happened_on=date(2026, 11, 18), title="Gesprek", body="Kort.")
    robot.press("post_save")
    assert [item.kind for item in only(robot, STAFF).timeline] == ["talk"]


def test_what_is_sent_twice_is_filed_once(robot: PostRobot) -> None:
    robot.find("kees")
    robot.fill(kind="talk", happened_on=date(2026, 11, 18), title="Gesprek", body="Kort.")
    robot.page.form.submit()
    robot.page.form.submit()
    robot.settle()
    assert [item.kind for item in only(robot, STAFF).timeline] == ["talk"]
    assert robot.button("post_save").isEnabled()


def test_after_a_refusal_it_can_be_sent_again(robot: PostRobot) -> None:
    robot.find("kees")
    robot.fill(kind="talk", happened_on=date(2027, 11, 18), title="Gesprek", body="Kort.")
    robot.press("post_save")
    robot.fill(happened_on=date(2026, 11, 18))
    robot.press("post_save")
    assert [item.kind for item in only(robot, STAFF).timeline] == ["talk"]


def test_nothing_is_filed_with_nobody(robot: PostRobot, letter: Path) -> None:
    robot.take(letter)
    robot.fill(happened_on=date(2026, 11, 18))
    robot.press("post_save")
    assert robot.page.person._error.text().startswith("Nog niet gekozen")
    assert run_here(robot.desk, partial(dossiers, compartment=PUPILS)) == ()


def test_what_is_missing_is_said_at_its_field(robot: PostRobot) -> None:
    robot.find("zoe")
    robot.press("post_save")
    assert robot.page.form.error("happened_on")
    assert robot.page.form.error("title")


def test_a_program_is_not_taken_in(robot: PostRobot, tmp_path: Path) -> None:
    path = tmp_path / "foto.jpg"
    path.write_bytes(b"MZ" + bytes(200))
    robot.take(path)
    assert robot.page.file.file is None
    assert robot.said


def test_what_can_do_something_is_kept_with_a_warning(robot: PostRobot, tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(b"%PDF-1.7\n1 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj")
    robot.take(path)
    assert robot.page.file.file is not None
    assert robot.page.file._warned.text()


def test_a_file_that_is_too_large_is_not_read(robot: PostRobot, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    robot.take(path)
    assert robot.page.file.file is None
    assert "25" in robot.said
