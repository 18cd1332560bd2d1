"""Form versions on the screen: what is in use, what would change, freezing, and the old wording."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from app.consent.channels import save_channel
from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.one_off import OneOffDraft, save_one_off
from app.consent.records import Answer, Channel, Decision, FormVersion
from app.forms.issue import prepare_forms, register_issue, requests_for_pupil
from app.forms.listing import form_groups, pupils_in_group
from app.forms.versions import form_versions, freeze_version
from app.record import Compartment
from app.register.records import School
from app.register.school import save_school
from reports.press import PaperPress
from tests.robots import part
from tests.robots.pages import PageRobot
from tests.ui.desks import desk_for, run_here
from ui.consent.history import HistoryPage
from ui.forms.paper import SpecimenSheet
from ui.forms.setting import OwnWordsSheet
from ui.forms.signed import WordingPage
from ui.forms.versions import VersionsPage
from ui.kit.sided import SideSheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.sample import Sample
    from ui.shell.desk import Desk

S = TypeVar("S", bound=SideSheet)


@pytest.fixture
def desk(qtbot: QtBot, sample: Sample) -> Desk:
    """The administrator of the sample school."""
    return desk_for(qtbot, sample.administrator)


class VersionsRobot(PageRobot):
    """Somebody in the office at the form versions."""

    def __init__(self, qtbot: QtBot, desk: Desk, **what: str) -> None:
        self.page = VersionsPage(desk)
        self.page.arrive(what)
        super().__init__(qtbot, desk, self.page)

    def read(self) -> str:
        """Every word that is in sight."""
        return words_of(self.page)

    def turn(self, language: str) -> None:
        """Choose the language of the changes."""
        self.press(f"choice_{language}")


class WordingRobot(PageRobot):
    """Somebody who looks up what was put to a parent."""

    def __init__(self, qtbot: QtBot, desk: Desk, decision: Decision) -> None:
        self.page = WordingPage(desk)
        self.page.arrive({"decision_id": decision.id})
        super().__init__(qtbot, desk, self.page)

    def read(self) -> str:
        """Every word that is in sight."""
        return words_of(self.page)


def words_of(widget: QWidget) -> str:
    labels = widget.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def sheet_of(robot: VersionsRobot, kind: type[S]) -> S:
    sheet = robot.page.sheet
    assert isinstance(sheet, kind)
    return sheet


def changed(session: Session, key: str, **fields: Any) -> None:
    with session.look(Compartment.CONSENT) as reader:
        (channel,) = reader.all(Channel, key=key)
    save_channel(session, replace(channel, **fields))


def contactless(session: Session) -> None:
    with session.look(Compartment.CONSENT) as reader:
        school = reader.get(School, "school")
    save_school(session, replace(school, privacy_contact="", email="", phone=""))


def numbers(session: Session) -> list[int]:
    with session.look(Compartment.CONSENT) as reader:
        return [version.number for version in form_versions(reader)]


def test_the_first_version_is_frozen_with_one_press(qtbot: QtBot, desk: Desk) -> None:
    robot = VersionsRobot(qtbot, desk)
    assert "Nog geen versie bevroren" in robot.read()
    robot.press("freeze")
    assert run_here(desk, numbers) == [1]
    assert not robot.sees("freeze")
    assert "zolang het kind op school zit" in robot.read()


def test_what_is_missing_blocks_and_leads_to_where_it_is_set(qtbot: QtBot, desk: Desk) -> None:
    run_here(desk, contactless)
    robot = VersionsRobot(qtbot, desk)
    assert not robot.button("freeze").isEnabled()
    robot.press("gap_gap_contact")
    assert robot.went == [("settings", {"section": "school"})]


def test_a_widened_use_is_told_to_be_asked_again(qtbot: QtBot, desk: Desk) -> None:
    run_here(desk, freeze_version)
    run_here(desk, partial(changed, key="newsletter", audience="public"))
    robot = VersionsRobot(qtbot, desk)
    shown = robot.read()
    assert "opnieuw gevraagd: Nieuwsbrief · foto, Nieuwsbrief · film" in shown
    assert part(robot.page, QWidget, "change_widened").isVisible()
    robot.press("freeze")
    assert run_here(desk, numbers) == [1, 2]
    assert "Versie 1" in robot.read()


def test_other_words_ask_nobody_again(qtbot: QtBot, desk: Desk) -> None:
    run_here(desk, freeze_version)
    texts = run_here(desk, channel_texts).put("explanation", pl="Inna gazetka.")
    run_here(desk, partial(changed, key="newsletter", texts=texts))
    robot = VersionsRobot(qtbot, desk)
    assert "Niets wordt verruimd" in robot.read()
    assert "andere tekst in: Pools" in robot.read()


def channel_texts(session: Session) -> Any:
    with session.look(Compartment.CONSENT) as reader:
        return reader.all(Channel, key="newsletter")[0].texts


def test_own_words_are_written_per_language_and_compared(qtbot: QtBot, desk: Desk) -> None:
    run_here(desk, freeze_version)
    robot = VersionsRobot(qtbot, desk)
    robot.press("own_words")
    form = sheet_of(robot, OwnWordsSheet).form
    form.set_values({"purpose_nl": "Voor het plakboek.", "purpose_pl": "Do albumu."})
    robot.press("sheet_save")
    robot.turn("pl")
    assert "Do albumu." in robot.read()
    assert "Doel" in robot.read()


def test_the_draft_is_seen_as_it_would_be_printed(qtbot: QtBot, desk: Desk) -> None:
    robot = VersionsRobot(qtbot, desk)
    robot.press("draft_paper")
    assert sheet_of(robot, SpecimenSheet).preview.page_count == 2


def test_a_one_off_use_has_a_form_of_its_own(qtbot: QtBot, desk: Desk) -> None:
    trip = run_here(desk, a_trip)
    robot = VersionsRobot(qtbot, desk, one_off=trip.key)
    assert robot.page.which.text("which") == trip.key
    robot.press("freeze")
    assert "Schoolreis · foto" in robot.read()
    assert not robot.page.own.isVisible()


def a_trip(session: Session) -> Channel:
    end = session.clock.today().replace(year=session.clock.today().year + 1)
    return save_one_off(
        session, OneOffDraft("Schoolreis", ("photo",), "parent_page", None, end)
    )


def test_who_may_only_read_freezes_nothing(qtbot: QtBot, sample: Sample) -> None:
    desk = desk_for(qtbot, sample.administrator)
    desk.user = replace(desk.user, grants=frozenset({"consent.read"}))
    robot = VersionsRobot(qtbot, desk)
    assert not robot.sees("freeze")


# -- the wording of then --------------------------------------------------------------------


def answered(session: Session) -> Decision:
    """A yes on version 1, after which the website was called something else."""
    pupil = pupils_in_group(session, form_groups(session)[0].id)[0]
    (request, *_) = requests_for_pupil(session, pupil.id)
    forms = prepare_forms(session, PaperPress(), (request,), "pl")
    register_issue(session, forms)
    draft = DecisionsDraft(
        pupil.id, request.guardian_id, (UseAnswer("photo:website", Answer.YES),),
        session.clock.today(), form_number=forms.issued[0].number,
    )  # fmt: skip
    (decision,) = record_decisions(session, draft)
    with session.look(Compartment.CONSENT) as reader:
        (site,) = reader.all(Channel, key="website")
    named = site.texts.put("name", nl="Blog", pl="Blog szkoły")
    save_channel(session, replace(site, texts=named))
    freeze_version(session)
    return decision


def test_an_old_decision_shows_the_wording_that_was_signed(qtbot: QtBot, desk: Desk) -> None:
    robot = WordingRobot(qtbot, desk, run_here(desk, answered))
    assert robot.page.languages.key == "pl"
    shown = robot.read()
    assert "Strona internetowa (publiczna)" in shown
    assert "Blog" not in shown
    assert part(robot.page, QLabel, "answered_here").isVisible()
    robot.press("choice_nl")
    assert "Website (openbaar)" in robot.read()


def test_the_history_leads_to_the_wording_of_then(qtbot: QtBot, desk: Desk) -> None:
    decision = run_here(desk, answered)
    page = HistoryPage(desk)
    page.arrive({"pupil_id": decision.subject_id})
    robot = PageRobot(qtbot, desk, page)
    robot.press("see_wording")
    assert robot.went == [("wording", {"decision_id": decision.id})]


def test_an_answer_without_a_form_says_so(qtbot: QtBot, desk: Desk) -> None:
    robot = WordingRobot(qtbot, desk, run_here(desk, by_phone))
    assert "Geen formulier bij dit antwoord" in robot.read()
    assert not robot.button("see_paper").isEnabled()


def by_phone(session: Session) -> Decision:
    pupil = pupils_in_group(session, form_groups(session)[0].id)[0]
    (request, *_) = requests_for_pupil(session, pupil.id)
    draft = DecisionsDraft(
        pupil.id, request.guardian_id, (UseAnswer("photo:website", Answer.NO),),
        session.clock.today(), how="phone",
    )  # fmt: skip
    return record_decisions(session, draft)[0]


def test_a_decision_dated_before_its_version_is_noticed(qtbot: QtBot, desk: Desk) -> None:
    robot = WordingRobot(qtbot, desk, run_here(desk, dated_early))
    assert "gedateerd voor de dag" in robot.read()


def dated_early(session: Session) -> Decision:
    """As an import from elsewhere may bring it; the program itself refuses such a date."""
    decision = answered(session)
    with session.work(Compartment.CONSENT, "decisions_recorded") as work:
        version = work.get(FormVersion, decision.form_version_id)
        day = version.frozen_on.replace(year=version.frozen_on.year - 1)
        early = replace(decision, id="0" * 32, signed_on=day)
        work.add(early)
        work.commit()
    return early
