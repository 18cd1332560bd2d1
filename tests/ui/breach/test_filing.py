"""Filing a report about a parent: with the pupil, about the parent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.dossier.dossiers import open_dossier
from app.dossier.records import Breach
from app.record import Compartment
from tests.robots.inbox import InboxRobot
from tests.robots.report import ReportRobot
from tests.ui.desks import desk_for, run_here
from ui.shell.drafts import kept
from ui.words import moment

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.sample import Sample


def breaches(session: Session, dossier_id: str) -> tuple[Breach, ...]:
    """What stands in a dossier of staff."""
    with session.look(Compartment.STAFF_DOSSIER) as reader:
        return reader.all(Breach, dossier_id=dossier_id)


def opened(qtbot: QtBot, sample: Sample) -> InboxRobot:
    """A report about a parent, opened by the director."""
    robot = ReportRobot(qtbot, desk_for(qtbot, sample.administrator))
    robot.fill("guardian", "Een ouder")
    robot.take_pupil("kac")
    robot.send()
    robot.desk.runner._storage.submit(sample.lock).result()
    inbox = InboxRobot(qtbot, desk_for(qtbot, sample.director))
    inbox.open()
    return inbox


def test_what_waits_says_when_it_came_and_nothing_of_what_it_is(
    qtbot: QtBot, sample: Sample
) -> None:
    robot = ReportRobot(qtbot, desk_for(qtbot, sample.administrator))
    robot.fill("guardian", "Een ouder")
    robot.take_pupil("kac")
    sent = sample.clock.now()
    robot.send()
    robot.desk.runner._storage.submit(sample.lock).result()
    sample.clock.move(timedelta(days=3))
    inbox = InboxRobot(qtbot, desk_for(qtbot, sample.director))
    assert inbox.rows == [["Leerlingdossier", "melding", moment(sent)]]


def test_an_article_stands_with_its_number_and_its_words(qtbot: QtBot, sample: Sample) -> None:
    robot = opened(qtbot, sample)
    assert robot.page.reading is not None
    said = robot.words
    assert "Niets van anderen zonder toestemming" in said
    assert "wordt niet zonder hun toestemming geplaatst of gedeeld" in said


def test_the_pupil_who_was_named_is_chosen_already(qtbot: QtBot, sample: Sample) -> None:
    robot = opened(qtbot, sample)
    assert robot.page.reading is not None
    assert len(robot.page.reading.form.filing().subjects) == 1


def test_the_parents_of_the_pupil_are_offered(qtbot: QtBot, sample: Sample) -> None:
    robot = opened(qtbot, sample)
    assert robot.page.reading is not None
    form = robot.page.reading.form
    parent = next(iter(form._known.values()))
    form.form.set_values({"actor": parent.id})
    assert form.filing().actor == parent


def test_the_entry_is_about_the_parent(qtbot: QtBot, sample: Sample) -> None:
    robot = opened(qtbot, sample)
    assert robot.page.reading is not None
    form = robot.page.reading.form
    parent = next(iter(form._known.values()))
    form.form.set_values({"actor": parent.id})
    what = robot.file()
    found = run_here(
        robot.desk,
        lambda session: open_dossier(session, Compartment.PUPIL_DOSSIER, what["dossier_id"]),
    )
    assert [item.about for item in found.timeline] == [parent.name]


def test_a_parent_who_is_not_in_the_list_is_named(qtbot: QtBot, sample: Sample) -> None:
    robot = opened(qtbot, sample)
    assert robot.page.reading is not None
    form = robot.page.reading.form
    form.form.set_values({"actor": "typed", "actor_name": "Oma Visser"})
    actor = form.filing().actor
    assert actor is not None
    assert (actor.id, actor.name) == ("", "Oma Visser")


def test_a_list_that_comes_late_leaves_the_report_open(qtbot: QtBot, sample: Sample) -> None:
    robot = opened(qtbot, sample)
    robot.page.refresh()
    robot.settle()
    assert robot.button("inbox_file").isEnabled()
    robot.press("inbox_back")
    assert robot.button("inbox_open").isEnabled()


def test_nothing_is_filed_without_agreeing(qtbot: QtBot, sample: Sample) -> None:
    robot = opened(qtbot, sample)
    robot.file(agree=False)
    assert robot.page.reading is not None
    assert robot.went == []


def grave(qtbot: QtBot, sample: Sample) -> InboxRobot:
    """A report about staff in a category for the inspector, opened by the director."""
    robot = ReportRobot(qtbot, desk_for(qtbot, sample.administrator))
    robot.fill()
    robot.paper.categories.set_values({"categories": ("violence",)})
    robot.send()
    robot.desk.runner._storage.submit(sample.lock).result()
    inbox = InboxRobot(qtbot, desk_for(qtbot, sample.director))
    inbox.open()
    return inbox


def test_leaving_out_a_category_asks_why(qtbot: QtBot, sample: Sample) -> None:
    robot = grave(qtbot, sample)
    assert robot.page.reading is not None
    form = robot.page.reading.form.form
    assert not form.editor("reason").isVisible()
    form.set_values({"categories": ()})
    form.changed.emit("categories")
    assert form.editor("reason").isVisible()
    robot.choose_first_staff()
    robot.file()
    assert robot.page.reading.form.form.error("reason")
    form.set_values({"reason": "Het was een misverstand over de dag."})
    what = robot.file()
    breach = run_here(robot.desk, lambda session: breaches(session, what["dossier_id"]))[0]
    assert (breach.categories, breach.reported_categories) == ((), ("violence",))
    assert breach.filing_reason == "Het was een misverstand over de dag."


def test_how_it_was_going_to_be_filed_is_kept(qtbot: QtBot, sample: Sample) -> None:
    robot = opened(qtbot, sample)
    assert robot.page.reading is not None
    form = robot.page.reading.form
    parent = next(iter(form._known.values()))
    form.form.set_values({"actor": parent.id})
    form.form.changed.emit("actor")
    report_id = robot.page.reading.report_id
    robot.page.leave()
    robot.settle()
    robot.page.arrive({"report_id": report_id})
    robot.page.refresh()
    robot.settle()
    assert robot.page.reading is not None
    assert robot.page.reading.form.filing().actor == parent
    robot.file()
    robot.settle()
    assert run_here(robot.desk, kept) == ()


def test_the_form_says_whether_a_case_follows(qtbot: QtBot, sample: Sample) -> None:
    robot = opened(qtbot, sample)
    assert robot.page.reading is not None
    form = robot.page.reading.form
    assert "Beoordelen van een melding over een ouder" in form.course.text()
    form.put({"actor_kind": "other"})
    assert "Hier volgt geen zaak uit" in form.course.text()
