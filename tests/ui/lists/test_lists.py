"""Lists on the screen: on paper in two presses, noted before they leave, stale and back."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from app.check.answer import board
from app.check.records import CheckRow
from app.consent.decide import raise_flag
from app.journal.questions import JournalLines
from app.letters.requests import requests_of
from app.lists.lines import Word, read
from app.lists.listing import all_lists, list_board
from app.lists.make import ListRequest, prepare_list, register_list
from app.record import Compartment
from app.start.begin import make_ready
from app.today.tasks import today
from reports.press import PaperPress
from tests.robots.compose import ComposeRobot
from tests.robots.lists import ListsRobot, MakeListRobot
from tests.robots.office import OfficeRobot
from tests.ui.desks import desk_for, run_here
from ui.check.compose import ComposePage
from ui.kit import ask
from ui.lists.make import MakeListPage
from ui.shell.pages import page, pages_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.lists.records import PrintedList
    from app.ports import Session
    from tests.sample import Sample
    from ui.shell.desk import Desk


@pytest.fixture
def office(qtbot: QtBot, sample: Sample) -> Desk:
    """The desk of the office, its check list up to date."""
    desk = desk_for(qtbot, sample.administrator)
    run_here(desk, make_ready)
    return desk


def group_names(desk: Desk) -> list[str]:
    return [group.name for group in run_here(desk, board).groups]


def printed(session: Session, place: int = 0) -> PrintedList:
    group = board(session).groups[place].id
    request = ListRequest((group,), ("photo:website",), holder=f"Houder {place}")
    prepared = prepare_list(session, PaperPress(), request)
    register_list(session, prepared)
    return prepared.record


def allowed(record: PrintedList) -> str:
    found = read(record.lines)
    return next(id for id, (cell,) in found.items() if cell.word in (Word.YES, Word.YES_IF))


def out_there(desk: Desk) -> tuple[PrintedList, ...]:
    return tuple(found for found, _ in run_here(desk, all_lists))


# -- making one --------------------------------------------------------------------------------


def test_a_group_is_on_paper_in_two_presses(qtbot: QtBot, office: Desk) -> None:
    robot = MakeListRobot(qtbot, office)
    robot.choose(group_names(office)[0])
    assert robot.pages > 0
    robot.print()
    assert robot.clicks == 2
    (record,) = out_there(office)
    assert record.title == group_names(office)[0]


def test_looking_prints_nothing(qtbot: QtBot, office: Desk) -> None:
    robot = MakeListRobot(qtbot, office)
    robot.choose(group_names(office)[0])
    robot.choose(group_names(office)[1])
    assert robot.pages > 0
    assert out_there(office) == ()


def test_what_is_saved_is_what_was_shown(qtbot: QtBot, office: Desk, tmp_path: Path) -> None:
    robot = MakeListRobot(qtbot, office)
    robot.choose(group_names(office)[0])
    shown = robot.page._prepared
    assert shown is not None
    robot.save(tmp_path / "lijst.pdf")
    assert (tmp_path / "lijst.pdf").read_bytes() == shown.pdf.content
    assert [record.digest for record in out_there(office)] == [shown.pdf.digest]


def test_another_channel_draws_another_list(qtbot: QtBot, office: Desk) -> None:
    robot = MakeListRobot(qtbot, office)
    robot.choose(group_names(office)[0])
    first = robot.page._prepared
    robot.press("use_facebook")
    second = robot.page._prepared
    assert first is not None
    assert second is not None
    assert set(second.record.uses) - set(first.record.uses) == {"photo:facebook"}


def test_no_more_channels_than_fit(qtbot: QtBot, office: Desk) -> None:
    robot = MakeListRobot(qtbot, office)
    for key in ("whatsapp", "newsletter", "website", "facebook", "school_guide"):
        button = robot.page.uses._buttons.get(key)
        if button is not None and button.isEnabled() and not button.isChecked():
            button.click()
    assert len(robot.page.uses.taken) == 4
    assert not all(button.isEnabled() for button in robot.page.uses._buttons.values())


def test_the_holder_stands_on_it(qtbot: QtBot, office: Desk) -> None:
    robot = MakeListRobot(qtbot, office)
    robot.choose(group_names(office)[0])
    robot.page.form.set_values({"holder": "Juf Roos"})
    robot.page.form.changed.emit("holder")
    assert robot.pages == 0
    qtbot.waitUntil(partial(has_paper, robot))
    assert robot.page._prepared is not None
    assert robot.page._prepared.record.holder == "Juf Roos"


def has_paper(robot: MakeListRobot) -> bool:
    return robot.page._prepared is not None


def test_english_is_drawn(qtbot: QtBot, office: Desk) -> None:
    robot = MakeListRobot(qtbot, office)
    robot.choose(group_names(office)[0])
    robot.press("choice_en")
    assert robot.page._prepared is not None
    assert robot.page._prepared.record.language == "en"


def test_leaving_takes_names_off_the_screen(qtbot: QtBot, office: Desk) -> None:
    robot = MakeListRobot(qtbot, office)
    robot.choose(group_names(office)[0])
    robot.page.leave()
    assert robot.pages == 0


# -- a teacher ----------------------------------------------------------------------------------


@pytest.fixture
def teacher(qtbot: QtBot, sample: Sample) -> Desk:
    """The desk of a teacher."""
    return desk_for(qtbot, sample.teacher)


def test_from_a_composed_group_to_paper_in_two_presses(
    qtbot: QtBot, teacher: Desk, sample: Sample
) -> None:
    went: list[tuple[str, dict[str, str]]] = []
    teacher.gone_to.connect(lambda to, what: went.append((to, what)))
    composer = ComposeRobot(qtbot, teacher)
    composer.touch(group_names(teacher)[0])
    before = composer.clicks
    composer.press("compose_list")
    ((to, what),) = went
    assert to == "paper"
    robot = MakeListRobot(qtbot, teacher, what)
    robot.settle()
    assert robot.pages > 0
    robot.print()
    assert composer.clicks - before + robot.clicks == 2
    assert "verzegeld" in robot.said
    title = group_names(teacher)[0]
    run_here(teacher, partial(locked, sample))
    office = desk_for(qtbot, sample.administrator)
    run_here(office, make_ready)
    assert [record.title for record in out_there(office)] == [title]


def test_from_the_paper_back_to_the_answer(qtbot: QtBot, sample: Sample) -> None:
    robot = OfficeRobot(qtbot, sample, sample.teacher)
    robot.begin()
    group = run_here(robot.desk, board).groups[0].id
    robot.goto("compose", group_id=group, medium="photo")
    composer = robot.page
    assert isinstance(composer, ComposePage)
    robot.press("compose_list")
    assert isinstance(robot.page, MakeListPage)
    robot.press("page_back")
    assert robot.frame.page is composer
    assert composer.faces.currentWidget() is composer.outcome


def locked(sample: Sample, _session: Session) -> None:
    sample.lock()


def test_single_children_make_a_list_too(qtbot: QtBot, teacher: Desk) -> None:
    def ids(session: Session) -> str:
        with session.look(Compartment.CHECK) as reader:
            return ",".join(row.id for row in reader.all(CheckRow)[:3])

    what = {"source": "check", "guests": run_here(teacher, ids), "uses": "photo:website"}
    robot = MakeListRobot(qtbot, teacher, what)
    robot.settle()
    assert robot.page._prepared is not None
    assert len(robot.page._prepared.record.lines) == 3
    assert robot.page._prepared.record.title == "Losse kinderen"


def test_a_stale_check_list_gives_no_paper(qtbot: QtBot, sample: Sample) -> None:
    sample.clock.move(timedelta(days=20))
    desk = desk_for(qtbot, sample.teacher)
    group = run_here(desk, board).groups[0].id
    what = {"source": "check", "groups": group, "uses": "photo:website"}
    robot = MakeListRobot(qtbot, desk, what)
    robot.settle()
    assert robot.pages == 0
    assert "niet te vertrouwen" in robot.said


def test_a_teacher_gets_no_list_of_lists(teacher: Desk) -> None:
    assert not page("lists").open_to(teacher.user)
    assert not page("list").open_to(teacher.user)
    assert page("paper").open_to(teacher.user)
    assert "lists" not in [each.id for each in pages_of(teacher.user)]


# -- what is out there ---------------------------------------------------------------------------


def test_a_list_that_allows_too_much_stands_first_and_says_why(
    qtbot: QtBot, office: Desk
) -> None:
    one = run_here(office, printed)
    other = run_here(office, partial(printed, place=1))
    pupil = allowed(one)
    run_here(office, partial(raise_flag, pupil_id=pupil))
    robot = ListsRobot(qtbot, office)
    assert robot.numbers == [one.number, other.number]
    assert robot.states == ["Niet gebruiken", "Klopt nog"]
    robot.choose(one.number)
    assert "mag niet meer" in robot.words
    assert "Houder 0" in robot.words


def test_the_start_page_says_who_must_be_asked_for_it(office: Desk) -> None:
    record = run_here(office, printed)
    run_here(office, partial(raise_flag, pupil_id=allowed(record)))
    tasks = run_here(office, today).tasks
    (task,) = [task for task in tasks if task.key == "lists"]
    assert task.weight == "act"
    assert {each.weight for each in tasks[: tasks.index(task)]} <= {"act"}
    assert task.detail is not None
    assert task.detail.values["who"] == "Houder 0"


def test_the_start_page_is_silent_about_lists_that_hold(office: Desk) -> None:
    run_here(office, printed)
    assert "lists" not in [task.key for task in run_here(office, today).tasks]


@pytest.mark.parametrize("how", ["returned", "destroyed"])
def test_a_list_that_is_back_goes_and_comes_again_by_undo(
    qtbot: QtBot, office: Desk, how: str
) -> None:
    record = run_here(office, printed)
    robot = ListsRobot(qtbot, office)
    robot.choose(record.number)
    robot.press(f"list_{how}")
    assert robot.numbers == []
    robot.press("bar_action")
    assert robot.numbers == [record.number]
    assert len(run_here(office, list_board).current) == 1


def test_the_register_keeps_every_list(qtbot: QtBot, office: Desk) -> None:
    record = run_here(office, printed)
    robot = ListsRobot(qtbot, office)
    robot.choose(record.number)
    robot.press("list_returned")
    robot.press("choice_all")
    assert robot.numbers == [record.number]
    assert robot.states == ["Terug"]


def test_what_is_out_there_leaves_the_register_at_the_list_that_was_chosen(
    qtbot: QtBot, office: Desk
) -> None:
    one = run_here(office, printed)
    other = run_here(office, partial(printed, place=1))
    robot = ListsRobot(qtbot, office)
    robot.choose(one.number)
    robot.press("choice_all")
    robot.choose(other.number)
    robot.page._show_board(run_here(office, list_board))
    robot.settle()
    assert "Houder 1" in robot.words
    assert "Houder 0" not in robot.words


def test_a_paper_that_is_kept_too_long_says_so(
    qtbot: QtBot, sample: Sample, office: Desk
) -> None:
    record = run_here(office, printed)
    sample.clock.move(timedelta(days=500))
    robot = ListsRobot(qtbot, office)
    robot.press("choice_all")
    assert robot.numbers == [record.number]
    assert robot.states == ["Bewaartermijn voorbij"]


def test_papers_of_which_the_time_is_over_are_destroyed_with_a_certificate(
    qtbot: QtBot, sample: Sample, office: Desk
) -> None:
    record = run_here(office, printed)
    robot = ListsRobot(qtbot, office)
    robot.press("choice_all")
    sample.clock.move(timedelta(days=500))
    robot.page.refresh()
    robot.settle()
    gone: list[tuple[str, dict[str, str]]] = []
    office.gone_to.connect(lambda page, what: gone.append((page, what)))
    with ask.scripted(True) as asked:
        robot.press("lists_destroy")
        qtbot.waitUntil(lambda: bool(gone))
    assert asked.questions == ["Opgeslagen afdrukken vernietigen"]
    ((where, what),) = gone
    assert where == "office_letter"
    (request,) = requests_of(what["requests"])
    assert (request.template, request.values["amount"]) == ("papers_destroyed", "1")
    qtbot.waitUntil(lambda: robot.states == ["Niet meer opgeslagen"])
    robot.choose(record.number)
    robot.press("list_certificate")
    qtbot.waitUntil(lambda: len(gone) == 2)
    assert requests_of(gone[1][1]["requests"]) == (request,)


def test_a_number_that_is_read_out_finds_its_list(qtbot: QtBot, office: Desk) -> None:
    record = run_here(office, printed)
    run_here(office, partial(printed, place=1))
    robot = ListsRobot(qtbot, office)
    robot.page.arrive({"number": record.number.lower().replace("-", " ")})
    robot.settle()
    qtbot.waitUntil(lambda: robot.numbers == [record.number])


def test_the_paper_can_be_seen_and_printed_again_as_it_left(
    qtbot: QtBot, office: Desk, tmp_path: Path
) -> None:
    record = run_here(office, printed)
    robot = MakeListRobot(qtbot, office, {"list_id": record.id})
    robot.settle()
    assert robot.pages > 0
    robot.save(tmp_path / "again.pdf")
    assert sha256((tmp_path / "again.pdf").read_bytes()).hexdigest() == record.digest
    assert len(out_there(office)) == 1


def test_each_time_it_leaves_again_is_noted(qtbot: QtBot, office: Desk) -> None:
    record = run_here(office, printed)
    robot = MakeListRobot(qtbot, office, {"list_id": record.id})
    robot.settle()
    robot.print()

    def noted(session: Session) -> int:
        with session.look(Compartment.CONSENT) as reader:
            lines = reader.ask(JournalLines(act="list_printed", subject=record.id))
        return len(lines)

    assert run_here(office, noted) == 2
    assert len(out_there(office)) == 1


def test_an_anew_list_begins_with_what_the_old_one_had(qtbot: QtBot, office: Desk) -> None:
    record = run_here(office, printed)
    went: list[tuple[str, dict[str, str]]] = []
    office.gone_to.connect(lambda to, what: went.append((to, what)))
    robot = ListsRobot(qtbot, office)
    robot.choose(record.number)
    robot.press("list_new")
    ((to, what),) = went
    assert to == "list"
    made = MakeListRobot(qtbot, office, what)
    made.settle()
    assert made.page._prepared is not None
    found = made.page._prepared.record
    assert (found.groups, found.uses, found.holder) == (
        record.groups,
        record.uses,
        record.holder,
    )


def test_an_empty_register_says_what_belongs_here(qtbot: QtBot, office: Desk) -> None:
    robot = ListsRobot(qtbot, office)
    assert "Er zijn geen lijsten uitgegeven" in robot.words
