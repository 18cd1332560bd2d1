"""Publications on the screen: recorded, withdrawn, asked by letter, taken down, gone."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QPushButton

from app.check.answer import board
from app.clock import local
from app.consent.decide import raise_flag, withdraw_consent
from app.letters.office import prepare_office_letters, register_office_letters
from app.letters.requests import requests_of
from app.people.questions import GroupPupils, GuardiansOf
from app.publications.board import find_publications, publication_view
from app.publications.offer import takedown_letter
from app.publications.record import PublicationDraft, record_publication
from app.publications.tasks import open_tasks
from app.record import Compartment
from app.start.begin import make_ready
from app.today.tasks import today
from reports.press import PaperPress
from tests.robots.compose import ComposeRobot
from tests.robots.publications import PublicationsRobot, PublishRobot
from tests.ui.desks import desk_for, run_here
from ui.publications.steps import StepSheet
from ui.shell.pages import page, pages_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from app.publications.records import Publication
    from tests.sample import Sample
    from ui.shell.desk import Desk

TITLE = "Proefpublicatie"
PDF = b"%PDF-1.7 bewijs %%EOF"


def flagged_twice(session: Session) -> Publication:
    """As `flagged`, with the same pupil in one more."""
    one = flagged(session)
    view = publication_view(session, one.publication_id)
    assert view is not None
    return used(session, view.people[0].fact.subject_id, title="Tweede")


@pytest.fixture
def office(qtbot: QtBot, sample: Sample) -> Desk:
    """The desk of the office, its check list up to date."""
    desk = desk_for(qtbot, sample.administrator)
    run_here(desk, make_ready)
    return desk


def allowed(session: Session) -> str:
    """A pupil who may be shown on the website."""
    group = board(session).groups[0].id
    with session.look(Compartment.CONSENT) as reader:
        ids = reader.ask(GroupPupils(group, session.clock.today()))
    for id in ids:
        one = used(session, id)
        view = publication_view(session, one.publication_id)
        assert view is not None
        if view.people[0].permitted_then and not view.tasks:
            return id
    raise AssertionError("nobody")


def used(session: Session, pupil_id: str, **other: Any) -> Publication:
    day = session.clock.today() - timedelta(days=5)
    fields: dict[str, Any] = {"title": TITLE, "medium": "photo", "channel": "website"}
    fields |= {"used_on": day, "subjects": (pupil_id,), **other}
    return record_publication(session, PublicationDraft(**fields))


def flagged(session: Session, **other: Any) -> Publication:
    """A publication with somebody in it who may not be shown since today."""
    id = allowed(session)
    one = used(session, id, title="Vlag", **other)
    raise_flag(session, id)
    return one


def titles(desk: Desk) -> list[str]:
    return [each.publication.title for each in run_here(desk, open_tasks)]


# -- the page ------------------------------------------------------------------------------------


def test_recorded_by_name_in_one_sheet(qtbot: QtBot, office: Desk) -> None:
    robot = PublicationsRobot(qtbot, office)
    robot.press("publication_new")
    robot.find_person("zo")
    robot.press(next_hit(robot))
    robot.fill(title="Dag op het water", channel="website")
    robot.save()
    (found,) = run_here(office, partial(find_publications, text="water"))
    assert found.medium == "photo"
    robot.press("bar_action")
    assert run_here(office, partial(find_publications, text="water")) == ()


def next_hit(robot: PublicationsRobot) -> str:
    buttons = robot.page.findChildren(QPushButton)
    return next(b.objectName() for b in buttons if b.objectName().startswith("hit_"))


def test_a_group_is_added_with_one_press(qtbot: QtBot, office: Desk) -> None:
    robot = PublicationsRobot(qtbot, office)
    robot.press("publication_new")
    group = run_here(office, board).groups[0].id
    robot.press(f"group_{group}")
    robot.fill(title="Schoolreis", channel="website")
    robot.save()
    (found,) = run_here(office, partial(find_publications, text="schoolreis"))
    view = run_here(office, partial(publication_view, publication_id=found.publication_id))
    assert view is not None
    assert len(view.people) > 1


def test_nobody_in_it_is_told(qtbot: QtBot, office: Desk) -> None:
    robot = PublicationsRobot(qtbot, office)
    robot.press("publication_new")
    robot.fill(title="Leeg", channel="website")
    robot.save()
    assert robot.page.sheet is not None
    robot.reads("Kies wie erop staat")


def test_a_task_appears_is_closed_with_proof_and_opened_again_by_undo(
    qtbot: QtBot, office: Desk, tmp_path: Path
) -> None:
    proof = tmp_path / "weg.pdf"
    proof.write_bytes(PDF)
    run_here(office, flagged)
    robot = PublicationsRobot(qtbot, office)
    robot.waits_for("Vlag")
    robot.choose("Vlag")
    robot.reads("geen beeld")
    robot.press("publication_removed")
    robot.choose_proof(proof)
    robot.save()
    robot.waits_without("Vlag")
    assert "Vlag" not in titles(office)
    robot.press("bar_action")
    robot.waits_for("Vlag")


def test_what_presses_most_is_shown_before_anything_is_pressed(
    qtbot: QtBot, office: Desk
) -> None:
    run_here(office, flagged)
    first, *others = titles(office)
    assert others
    robot = PublicationsRobot(qtbot, office)

    def check() -> None:
        view = robot.page.details.view
        assert view is not None
        assert view.publication.title == first

    qtbot.waitUntil(check)
    robot.page.refresh()
    robot.choose(others[0])
    robot.page.refresh()
    robot.settle()
    view = robot.page.details.view
    assert view is not None
    assert view.publication.title == others[0]


@pytest.mark.parametrize("then", ["choice_all", "choice_tasks"])
def test_nobody_is_turned_to_another_publication(qtbot: QtBot, office: Desk, then: str) -> None:
    run_here(office, flagged)
    robot = PublicationsRobot(qtbot, office)
    robot.choose(titles(office)[0])
    child = run_here(office, allowed)
    run_here(office, partial(used, pupil_id=child, title="Mag"))
    robot.press("choice_all")
    robot.choose("Mag")
    robot.press(then)
    run_here(office, partial(used, pupil_id=child, title="Ook"))
    robot.settle()
    assert robot._shown == "Mag"


def test_to_keep_it_asks_for_the_reason(qtbot: QtBot, office: Desk) -> None:
    run_here(office, flagged)
    robot = PublicationsRobot(qtbot, office)
    robot.choose("Vlag")
    robot.press("publication_kept")
    robot.save()
    assert robot.page.sheet is not None
    robot.fill(note="Onherkenbaar.")
    robot.save()
    assert "Vlag" not in titles(office)


def test_everything_of_a_pupil_stays_with_one_tick(qtbot: QtBot, office: Desk) -> None:
    run_here(office, flagged_twice)
    robot = PublicationsRobot(qtbot, office)
    robot.choose("Tweede")
    robot.press("publication_kept")
    view = robot.page.details.view
    assert view is not None
    robot.fill(subject=view.people[0].fact.subject_id, note="Blijft in het archief.")
    sheet = robot.page.sheet
    assert isinstance(sheet, StepSheet)
    qtbot.waitUntil(sheet.also.isVisible)
    sheet.also.click()
    robot.press("sheet_save")
    robot.waits_without("Tweede")
    robot.waits_without("Vlag")
    robot.press("bar_action")
    robot.waits_for("Vlag")
    robot.waits_for("Tweede")


def test_an_earlier_moment_is_typed_with_day_and_time(qtbot: QtBot, office: Desk) -> None:
    one = run_here(office, without_consent)
    robot = PublicationsRobot(qtbot, office)
    robot.choose(one.title)
    robot.press("publication_correct")
    robot.fill(found_on=office.clock.today(), found_time="0:30")
    robot.press("sheet_save")
    robot.settle()
    view = run_here(office, partial(publication_view, publication_id=one.publication_id))
    assert view is not None
    assert view.question is not None
    assert f"{local(view.question.found_at):%H:%M}" == "00:30"


def test_a_letter_to_who_published_it_is_one_press_away(qtbot: QtBot, office: Desk) -> None:
    keeper = ("De Schuttevaer", "Kade 1", "1234 AB Zwijndrecht")
    one = run_here(office, partial(flagged, keeper=keeper))
    robot = PublicationsRobot(qtbot, office)
    robot.choose("Vlag")
    robot.press("publication_letter")
    where, what = robot.went[-1]
    (request,) = requests_of(what["requests"])
    assert (where, request.subject_id) == ("office_letter", one.publication_id)


def test_without_consent_the_question_is_answered_with_its_reason(
    qtbot: QtBot, office: Desk
) -> None:
    run_here(office, without_consent)
    robot = PublicationsRobot(qtbot, office)
    robot.choose("Zonder")
    robot.reads("datalek")
    robot.press("publication_breach")
    robot.fill(breach="no", reason="Niemand is te herkennen.")
    robot.save()
    robot.reads("Geen datalek")


def without_consent(session: Session) -> Publication:
    id = allowed(session)
    raise_flag(session, id)
    return used(session, id, title="Zonder", used_on=session.clock.today())


def test_taking_back_is_undone(qtbot: QtBot, office: Desk) -> None:
    run_here(office, flagged)
    robot = PublicationsRobot(qtbot, office)
    robot.choose("Vlag")
    robot.press("publication_take_back")
    robot.waits_without("Vlag")
    robot.press("bar_action")
    robot.waits_for("Vlag")


def test_the_start_page_says_how_many(office: Desk) -> None:
    run_here(office, flagged)
    tasks = [task for task in run_here(office, today).tasks if task.key == "publications"]
    assert "today.task_takedown_urgent" in [task.what.id for task in tasks]


def test_what_was_typed_is_offered_again(qtbot: QtBot, office: Desk) -> None:
    robot = PublicationsRobot(qtbot, office)
    robot.press("publication_new")
    robot.fill(title="Half getypt")
    robot.page.leave()
    again = PublicationsRobot(qtbot, office)
    qtbot.waitUntil(lambda: again.page.sheet is not None)
    assert again.form.text("title") == "Half getypt"


# -- a teacher -----------------------------------------------------------------------------------


def test_a_teacher_says_that_a_composition_was_used(qtbot: QtBot, sample: Sample) -> None:
    desk = desk_for(qtbot, sample.teacher)
    compose = ComposeRobot(qtbot, desk)
    compose.touch(run_here(desk, board).groups[0].name)
    if any(b.objectName() == "compose_without" for b in compose._buttons()):
        compose.press("compose_without")
    compose.press("compose_record_use")
    robot = PublishRobot(qtbot, desk)
    robot.page.form.set_values({"title": "Zeilles"})
    for _ in range(2):
        robot.page.form.submit()
    robot.settle()
    (found,) = run_here(desk, partial(arrived, sample))
    assert found.composed > 0


def arrived(sample: Sample, _session: Session) -> tuple[Publication, ...]:
    """What the office finds after it signed in on this machine."""
    later = sample.administrator()
    make_ready(later)
    return find_publications(later, "zeilles")


def test_without_a_composition_nothing_can_be_recorded(qtbot: QtBot, office: Desk) -> None:
    robot = PublishRobot(qtbot, office)
    assert not robot.sees("publish_save")
    robot.press("publish_compose")
    assert robot.went[-1][0] == "compose"


def test_the_office_finds_it_in_its_navigation(office: Desk) -> None:
    assert "publications" in [spec.id for spec in pages_of(office.user)]
    assert page("publish").open_to(office.user)


# -- the whole way -------------------------------------------------------------------------------


def test_from_recording_to_gone(qtbot: QtBot, office: Desk, tmp_path: Path) -> None:
    """What is asked of the page while others work: nothing is read again by hand."""
    proof = tmp_path / "weg.pdf"
    proof.write_bytes(PDF)
    child = run_here(office, allowed)
    before = titles(office)
    robot = PublicationsRobot(qtbot, office)
    keeper = "Havenkrant\nKade 12\n3311 AA  DORDRECHT"
    one = run_here(office, partial(used, pupil_id=child, title="Intocht krant"))
    robot.press("choice_all")
    robot.choose("Intocht krant")
    robot.press("publication_correct")
    robot.fill(keeper=keeper)
    robot.save()
    assert titles(office) == before
    run_here(office, partial(withdraw_all, pupil_id=child))
    robot.settle()
    robot.press("choice_tasks")
    robot.choose("Intocht krant")
    robot.reads("ingetrokken")
    robot.press("publication_letter")
    run_here(office, partial(send_letter, one.publication_id))
    robot.settle()
    robot.reads("Om weghalen is gevraagd")
    robot.press("publication_removed")
    robot.choose_proof(proof)
    robot.save()
    robot.waits_without("Intocht krant")


def withdraw_all(session: Session, pupil_id: str) -> None:
    with session.look(Compartment.CONSENT) as reader:
        first = next(one for one in reader.ask(GuardiansOf(pupil_id)))
    withdraw_consent(session, pupil_id, first.guardian.id, ("photo:website",), how="phone")


def send_letter(publication_id: str, session: Session) -> None:
    """The letter leaves, as the page of letters lets it."""
    view = publication_view(session, publication_id)
    assert view is not None
    request = takedown_letter(view.publication, session.clock.today())
    register_office_letters(session, prepare_office_letters(session, PaperPress(), (request,)))
