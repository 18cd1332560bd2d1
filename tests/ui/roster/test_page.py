"""Bringing people in from a file, in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.people.people import PupilDraft, save_pupil
from app.people.questions import Presence, PupilIds
from app.people.records import Pupil
from app.record import Compartment
from app.roster.proposal import Choice
from tests.app.roster.sources import SCHOOL, edex, pupil
from tests.journeys.families import settle as settle_school
from tests.robots import part
from tests.ui.desks import desk_for, run_here, settle
from ui.kit import ask
from ui.kit.button import Main, Plain, Quiet
from ui.kit.card import Card
from ui.kit.label import Muted, Text
from ui.models.columns import Order
from ui.roster.page import RosterPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.registers import School
    from ui.roster.columns import ColumnsPane
    from ui.roster.review import ReviewPane
    from ui.shell.desk import Desk

LIST = """Roepnaam;Tussenvoegsel;Achternaam;Geboortedatum;Klas;Ouder 1;E-mail ouder 1;BSN
Zoë;van der;Wal;04-05-2020;Zeester;Marijke Wal;marijke@example.org;123456782
Bram;;Vis;31-02-2020;Krab;Piet Vis;;
"""


@pytest.fixture
def office(qtbot: QtBot, school: School) -> tuple[Desk, RosterPage]:
    desk = desk_for(qtbot, school.administrator)
    run_here(desk, settle_school)
    page = RosterPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 900)
    page.show()
    page.refresh()
    settle(qtbot, desk)
    return desk, page


def choose(page: RosterPage, path: Path) -> None:
    with ask.scripted(path):
        part(page, Main, "choose_file").click()


def names(session: Session) -> list[str]:
    with session.look(Compartment.CONSENT) as reader:
        ids = reader.ask(PupilIds(session.clock.today(), presence=Presence.ALL))
        return sorted(pupil.first_name for pupil in reader.all(Pupil, id=ids))


def test_a_list_is_mapped_proposed_taken_over_and_undone(
    qtbot: QtBot, office: tuple[Desk, RosterPage], tmp_path: Path
) -> None:
    desk, page = office
    path = tmp_path / "ouders.csv"
    path.write_text(LIST, encoding="utf-8")
    choose(page, path)
    settle(qtbot, desk)
    assert page.columns is not None
    assert page.columns.targets["Roepnaam"].value() == "pupil.first_name"
    assert "BSN" not in page.columns.targets
    part(page, Main, "go_on").click()
    settle(qtbot, desk)
    assert page.review is not None
    assert run_here(desk, names) == []
    part(page, Main, "go_on").click()
    settle(qtbot, desk)
    assert run_here(desk, names) == ["Bram", "Zoë"]
    page.bar.act()
    settle(qtbot, desk)
    assert run_here(desk, names) == []


def columns(
    qtbot: QtBot, office: tuple[Desk, RosterPage], path: Path, rows: str = LIST
) -> ColumnsPane:
    """The columns of a list that was chosen."""
    desk, page = office
    path.write_text(rows, encoding="utf-8")
    page.open_paths((path,))
    settle(qtbot, desk)
    assert page.columns is not None
    return page.columns


def read(qtbot: QtBot, office: tuple[Desk, RosterPage], path: Path, rows: str) -> ReviewPane:
    """A list that is read up to its proposal."""
    columns(qtbot, office, path, rows)
    desk, page = office
    part(page, Main, "go_on").click()
    settle(qtbot, desk)
    assert page.review is not None
    return page.review


def accept(qtbot: QtBot, office: tuple[Desk, RosterPage]) -> None:
    desk, page = office
    part(page, Main, "go_on").click()
    settle(qtbot, desk)


def test_a_value_that_may_not_be_read_is_not_shown(
    qtbot: QtBot, office: tuple[Desk, RosterPage], tmp_path: Path
) -> None:
    columns(qtbot, office, tmp_path / "ouders.csv")
    _, page = office
    assert not [text for text in page.findChildren(Text) if "123456782" in text.text()]


def test_a_column_that_is_not_read_changes_what_is_shown(
    qtbot: QtBot, office: tuple[Desk, RosterPage], tmp_path: Path
) -> None:
    pane = columns(qtbot, office, tmp_path / "ouders.csv")
    desk, page = office
    go = part(page, Main, "go_on")
    for header in ("Roepnaam", "Achternaam"):
        pane.targets[header].set_value("-")
        pane.look_again()
    assert not go.isEnabled()
    pane.targets["Roepnaam"].set_value("pupil.first_name")
    pane.look_again()
    settle(qtbot, desk)
    assert go.isEnabled()
    assert pane.rows.count() == 2


def test_a_doubtful_child_waits_for_a_person(
    qtbot: QtBot, office: tuple[Desk, RosterPage], tmp_path: Path
) -> None:
    desk, _ = office
    first = "Roepnaam;Achternaam;Geboortedatum;Leerlingnummer\nZoë;Wal;04-05-2020;{}\n"
    read(qtbot, office, tmp_path / "a.csv", first.format("1"))
    accept(qtbot, office)
    review = read(qtbot, office, tmp_path / "b.csv", first.format("2"))
    (key,) = review.doubts.choices
    assert review.waiting == 1
    choice = review.doubts.choices[key]
    choice.set_value(choice.itemData(1))
    choice.changed.emit()
    assert review.waiting == 0
    accept(qtbot, office)
    assert run_here(desk, names) == ["Zoë"]


def test_a_line_that_is_left_is_not_written(
    qtbot: QtBot, office: tuple[Desk, RosterPage], tmp_path: Path
) -> None:
    desk, page = office
    review = read(qtbot, office, tmp_path / "a.csv", LIST)
    places = review.lines.source.ids(Order(), "Bram")
    review.lines.table.opened.emit(places[0])
    assert page.sheet is not None
    part(page.sheet, Plain, "leave_line").click()
    accept(qtbot, office)
    assert run_here(desk, names) == ["Zoë"]


def test_a_file_that_says_nothing_new_says_so(
    qtbot: QtBot, office: tuple[Desk, RosterPage], tmp_path: Path
) -> None:
    _, page = office
    read(qtbot, office, tmp_path / "a.csv", LIST)
    accept(qtbot, office)
    read(qtbot, office, tmp_path / "a.csv", LIST)
    assert not part(page, Main, "go_on").isEnabled()
    assert "niets te doen" in page.bar.words


def test_what_was_built_on_an_import_keeps_it(
    qtbot: QtBot, office: tuple[Desk, RosterPage], tmp_path: Path
) -> None:
    desk, page = office
    read(qtbot, office, tmp_path / "a.csv", LIST)
    accept(qtbot, office)
    run_here(desk, rename)
    with ask.scripted(True):
        part(page.choose, Quiet, "undo_import").click()
    settle(qtbot, desk)
    assert "verder gewerkt" in page.bar.words
    assert run_here(desk, names) == ["Bram", "Zoé"]


def rename(session: Session) -> None:
    with session.look(Compartment.CONSENT) as reader:
        (zoe,) = reader.all(Pupil, first_name="Zoë")
    save_pupil(session, PupilDraft("Zoé", zoe.prefix, zoe.surname, zoe.birth_date, id=zoe.id))


@pytest.mark.parametrize("content", [b"", bytes(range(256)), b"PK\x03\x04half", b"<a>"])
def test_a_file_that_is_no_list_is_refused_in_the_bar(
    qtbot: QtBot, office: tuple[Desk, RosterPage], tmp_path: Path, content: bytes
) -> None:
    desk, page = office
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    page.open_paths((path,))
    settle(qtbot, desk)
    assert "x.csv" in page.bar.words
    assert page.columns is None


def test_an_older_file_says_so_above_everything(
    qtbot: QtBot, office: tuple[Desk, RosterPage], tmp_path: Path
) -> None:
    desk, page = office
    path = tmp_path / "export.xml"
    for day, last in (("2026-11-02", "Wal"), ("2026-10-01", "Bos")):
        name = f"<roepnaam>Zo\u00eb</roepnaam><achternaam>{last}</achternaam>"
        dated = SCHOOL.replace("2026-10-01", day)
        path.write_bytes(edex(pupil(f"{name}<groep key='g1'/>"), school=dated))
        choose(page, path)
        settle(qtbot, desk)
        assert page.review is not None
        said = [card for card in page.findChildren(Card) if card.objectName() == "warning"]
        assert len(said) == int(last == "Bos")
        if not said:
            part(page, Main, "go_on").click()
            settle(qtbot, desk)
    assert page.review is not None
    assert page.review.waiting == 1


def older(
    qtbot: QtBot, office: tuple[Desk, RosterPage], path: Path, *families: tuple[str, str]
) -> ReviewPane:
    """A file that is older than what was taken over, with these surnames: now and then."""
    desk, page = office
    for day, which in (("2026-11-02", 0), ("2026-10-01", 1)):
        rows = "".join(
            pupil(
                f"<roepnaam>Kind{at}</roepnaam><achternaam>{both[which]}</achternaam>"
                "<groep key='g1'/>",
                key=f"p{at}",
            )
            for at, both in enumerate(families)
        )
        path.write_bytes(edex(rows, school=SCHOOL.replace("2026-10-01", day)))
        choose(page, path)
        settle(qtbot, desk)
        if not which:
            part(page, Main, "go_on").click()
            settle(qtbot, desk)
    assert page.review is not None
    return page.review


@pytest.mark.parametrize(
    ("button", "surnames"),
    [("take_alike_0", {"Bos", "Eik"}), ("leave_alike_0", {"Wal", "Vis"})],
)
def test_lines_of_an_older_file_are_decided_about_together(
    qtbot: QtBot,
    office: tuple[Desk, RosterPage],
    tmp_path: Path,
    button: str,
    surnames: set[str],
) -> None:
    desk, page = office
    review = older(qtbot, office, tmp_path / "x.xml", ("Wal", "Bos"), ("Vis", "Eik"))
    assert review.waiting == 2
    assert "achternaam" in " ".join(each.text() for each in review.doubts.findChildren(Muted))
    part(review, Plain, button).click()
    settle(qtbot, desk)
    assert review.waiting == 0
    choice = button.partition("_")[0]
    assert {each.value() for each in review.doubts.choices.values()} == {choice}
    part(page, Main, "go_on").click()
    settle(qtbot, desk)

    def read(session: Session) -> set[str]:
        with session.look(Compartment.CONSENT) as reader:
            return {each.surname for each in reader.all(Pupil)}

    assert run_here(desk, read) == surnames


def test_who_decided_together_may_decide_otherwise_about_one(
    qtbot: QtBot, office: tuple[Desk, RosterPage], tmp_path: Path
) -> None:
    review = older(qtbot, office, tmp_path / "x.xml", ("Wal", "Bos"), ("Vis", "Eik"))
    part(review, Plain, "take_alike_0").click()
    first, second = review.doubts.choices
    review.doubts.choices[first].set_value("leave")
    review.doubts.choices[first].changed.emit()
    assert review.decided[first].choice is Choice.SKIP
    assert review.decided[second].choice is Choice.ACCEPT


def test_a_single_doubt_has_no_choice_for_all(
    qtbot: QtBot, office: tuple[Desk, RosterPage], tmp_path: Path
) -> None:
    review = older(qtbot, office, tmp_path / "x.xml", ("Wal", "Bos"))
    names = [each.objectName() for each in review.doubts.findChildren(Plain)]
    assert not [name for name in names if "alike" in name]
