"""What the form of a report says while it is filled in, and what it keeps for itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from app.breach.draft import keep_report_draft
from app.breach.report import my_reports, report_breach, withdraw_report
from app.breach.sealed import Involved
from app.dossier.inbox import Filing, file_report
from app.dossier.records import Breach
from app.leave.give import LeaveDraft, give_leave
from app.record import Compartment
from tests.app.dossier.situations import ABOUT_STAFF, settle_in
from tests.registers import Login
from tests.robots.inbox import InboxRobot
from tests.robots.report import MineRobot, ReportRobot
from tests.ui.desks import desk_for, run_here
from ui.kit import ask

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.sample import Sample


@pytest.fixture
def robot(qtbot: QtBot, sample: Sample) -> ReportRobot:
    return ReportRobot(qtbot, desk_for(qtbot, sample.teacher))


def test_five_questions_come_first(robot: ReportRobot) -> None:
    assert not robot.paper.shows_more
    robot.press("report_more")
    assert robot.paper.shows_more


def test_three_answers_are_enough(robot: ReportRobot) -> None:
    robot.choose_kind("other")
    robot.paper.when.set_values({"occurred_on": date(2026, 11, 20)})
    robot.paper.what.set_values({"facts": "Een filmpje van het plein staat op een pagina."})
    robot.send()
    (mine,) = run_here(robot.desk, my_reports)
    assert mine.report is not None
    assert (mine.report.articles, mine.report.discovered_on) == ((), robot.desk.clock.today())


def test_articles_that_may_fit_are_pointed_out_and_not_ticked(robot: ReportRobot) -> None:
    robot.choose_kind("guardian")
    robot.press("report_more")
    robot.paper.seen.set_values({"medium": "film", "shared": True})
    robot.paper._edited()
    assert "Past mogelijk" in robot.paper.articles._hints["A5"].text()
    assert robot.paper.articles._hints["A6"].isHidden()
    assert robot.paper.articles.value() == ()


def test_the_version_that_counts_follows_the_day(robot: ReportRobot) -> None:
    robot.choose_kind("staff")
    robot.press("report_more")
    robot.paper.when.set_values({"occurred_on": date(2024, 1, 15)})
    robot.paper._edited()
    assert robot.paper.draft().protocol == "lovk-2018"
    assert "pas op 30 mei 2024" in robot.paper._counts.text()
    assert robot.paper._no_articles.isVisible()


def test_a_day_ahead_is_refused_at_its_field(robot: ReportRobot) -> None:
    robot.fill()
    ahead = robot.desk.clock.today() + timedelta(days=1)
    robot.paper.when.set_values({"occurred_on": ahead})
    robot.send()
    assert "toekomst" in robot.paper.when.error("occurred_on")
    assert run_here(robot.desk, my_reports) == ()


def test_a_colleague_is_chosen_from_the_list(robot: ReportRobot) -> None:
    robot.choose_kind("staff")
    robot.paper.actor.search.line.setText(robot.desk.user.name.split()[-1])
    robot.paper.actor.search.search()
    robot.settle()
    robot.press("actor_name_hit_0")
    draft = robot.paper.draft()
    assert (draft.actor_user, draft.actor_name) == (robot.desk.user.id, robot.desk.user.name)
    assert "over wie haar schrijft" in robot.paper._passes.text()


def test_a_report_past_the_only_director_says_what_to_do(
    robot: ReportRobot, sample: Sample
) -> None:
    robot.fill()
    users = robot.paper._beginning.users
    director = next(user for user in users if "director" in user.roles)
    robot.paper.actor.show_actor(director.name, user=director.id)
    robot.paper._edited()
    assert director.name in robot.paper._passes.text()
    robot.send()
    assert "tweede directeur" in robot.paper.actor.error
    assert run_here(robot.desk, my_reports) == ()


def test_who_is_also_a_colleague_is_asked_in_which_capacity(robot: ReportRobot) -> None:
    robot.fill(kind="guardian", name=robot.desk.user.name)
    robot.paper._edited()
    assert robot.paper.capacity.isVisible()
    robot.send()
    assert robot.paper.capacity.error("capacity")
    robot.paper.capacity.set_values({"capacity": "guardian"})
    robot.send()
    (mine,) = run_here(robot.desk, my_reports)
    assert mine.report is not None
    assert (mine.report.capacity, mine.report.own) == ("guardian", True)


def test_others_are_added_with_a_role(robot: ReportRobot) -> None:
    robot.press("report_more")
    robot.paper.people._role.set_value("reporter")
    robot.paper.people._search.line.setText("Een oma")
    robot.press("people_add")
    assert robot.paper.draft().people == (Involved("reporter", "Een oma"),)
    robot.press("people_drop_0")
    assert robot.paper.draft().people == ()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("foto.jpg", b"MZ\x90\x00", "programma"),
        ("foto.png", b"[InternetShortcut]\nURL=x", "snelkoppeling"),
        ("leeg.png", b"", "leeg"),
    ],
)
def test_a_file_that_is_not_taken_is_said(
    robot: ReportRobot, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with ask.scripted(path):
        robot.press("add_file")
    assert said in robot.paper.files.error or said in robot.said
    assert robot.paper.files.value() == ()


def test_a_very_large_file_is_not_even_read(robot: ReportRobot, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with path.open("wb") as film:
        film.truncate(200 * 1024 * 1024)
    with ask.scripted(path):
        robot.press("add_file")
    assert "25 MB" in robot.paper.files.error or "25 MB" in robot.said
    assert robot.paper.files.value() == ()


def test_a_file_with_a_script_is_kept_with_a_warning(
    robot: ReportRobot, tmp_path: Path
) -> None:
    path = tmp_path / "pagina.png"
    path.write_bytes(b"<html><script>1</script>")
    robot.add_file(path)
    (file,) = robot.paper.files.value()
    assert file.warnings == ("script", "page")
    assert file.arrived_at == robot.desk.clock.now()


def test_a_damaged_draft_is_said(qtbot: QtBot, sample: Sample) -> None:
    desk = desk_for(qtbot, sample.teacher)

    def damage(session: Session) -> None:
        keep_report_draft(session, ABOUT_STAFF)
        session.keep("report_draft", "report_draft", b"{")

    run_here(desk, damage)
    robot = ReportRobot(qtbot, desk)
    assert "beschadigd" in robot.said


def test_a_draft_that_lost_a_file_says_so(qtbot: QtBot, sample: Sample) -> None:
    desk = desk_for(qtbot, sample.teacher)

    def lose(session: Session) -> None:
        keep_report_draft(session, ABOUT_STAFF)
        for kept in session.kept("report_file"):
            session.drop("report_file", kept.key)

    run_here(desk, lose)
    robot = ReportRobot(qtbot, desk)
    assert "bestand beschadigd" in robot.said
    assert robot.paper.draft().facts == ABOUT_STAFF.facts


def test_a_report_is_withdrawn_with_a_reason(qtbot: QtBot, sample: Sample) -> None:
    desk = desk_for(qtbot, sample.teacher)
    run_here(desk, lambda session: report_breach(session, ABOUT_STAFF))
    mine = MineRobot(qtbot, desk)
    mine.page.table.choose(next(iter(mine.page._reports)))
    with ask.scripted("Het was een ander account."):
        mine.press("report_withdraw")
    assert mine.states[0].startswith("ingetrokken op")
    desk.runner._storage.submit(sample.lock).result()
    inbox = InboxRobot(qtbot, desk_for(qtbot, sample.director))
    assert inbox.page.table.model.index(0, 1).data() == "melding, ingetrokken"
    assert len(inbox.waiting) == 1
    inbox.open()
    assert "Het was een ander account." in inbox.words


def test_a_file_that_can_do_something_is_not_opened(qtbot: QtBot, sample: Sample) -> None:
    from app.breach.evidence import EvidenceFile

    desk = desk_for(qtbot, sample.teacher)
    page = EvidenceFile("pagina.png", b"<html><script>1</script>", "opgeslagen")
    draft = replace(ABOUT_STAFF, files=(page,))
    run_here(desk, lambda session: report_breach(session, draft))
    desk.runner._storage.submit(sample.lock).result()
    inbox = InboxRobot(qtbot, desk_for(qtbot, sample.director))
    inbox.open()
    assert "bevat een script" in inbox.words
    inbox.press("look_0")
    assert "wordt niet geopend" in inbox.words


def test_filing_says_whether_the_rules_were_known(qtbot: QtBot, sample: Sample) -> None:
    desk = desk_for(qtbot, sample.teacher)
    run_here(desk, lambda session: report_breach(session, ABOUT_STAFF))
    desk.runner._storage.submit(sample.lock).result()
    inbox = InboxRobot(qtbot, desk_for(qtbot, sample.director))
    inbox.open()
    assert inbox.page.reading is not None
    form = inbox.page.reading.form
    qtbot.waitUntil(lambda: "Regels bekend op die dag: ja" in form.known.text())
    inbox.choose_first_staff()
    inbox.page.reading.form.articles.set_value(("A6",))
    inbox.file()
    found = run_here(inbox.desk, breaches)
    assert (found[0].articles, found[0].reported_articles) == (("A6",), ("A5", "A6"))


def breaches(session: Session) -> tuple[Breach, ...]:
    with session.look(Compartment.STAFF_DOSSIER) as reader:
        return reader.all(Breach)


def test_a_note_that_comes_later_is_put_with_its_report(qtbot: QtBot, sample: Sample) -> None:
    sent = report_breach(sample.teacher(), ABOUT_STAFF)
    director = sample.director()
    kees = settle_in(director).kees
    file_report(director, Compartment.STAFF_DOSSIER, sent.id, Filing((kees,)))
    withdraw_report(sample.teacher(), sent.id, "Het was een ander account.")
    sample.lock()
    inbox = InboxRobot(qtbot, desk_for(qtbot, sample.director))
    assert inbox.page.table.model.index(0, 1).data() == "intrekking van een melding"
    inbox.open()
    assert "bij de melding in het dossier" in inbox.said
    assert inbox.waiting == []


def test_a_report_that_came_past_somebody_says_so(qtbot: QtBot, sample: Sample) -> None:
    second = Login("Fenna Dijk", "zwarte tros over witte bolder", ("director",))
    session = sample.director()
    first, code = session.user, session.add_user(second.name, second.roles)
    sample.lock()
    sample.keep(sample.vault.enrol(sample.folder, second.name, code, second.password))
    teacher = sample.teacher()
    draft = replace(ABOUT_STAFF, actor_name=first.name, actor_user=first.id)
    report_breach(teacher, draft)
    sample.lock()
    inbox = InboxRobot(qtbot, desk_for(qtbot, partial(sample.unlock, second)))
    assert inbox.page.table.model.index(0, 1).data() == "melding, alleen voor deze gebruiker"
    inbox.open()
    assert "alleen hier bezorgd" in inbox.words


def test_filing_says_whether_there_was_leave_that_day(qtbot: QtBot, sample: Sample) -> None:
    report_breach(sample.teacher(), ABOUT_STAFF)
    sample.lock()
    inbox = InboxRobot(qtbot, desk_for(qtbot, sample.director))
    inbox.open()
    assert inbox.page.reading is not None
    form = inbox.page.reading.form
    assert not form.leave.isVisible()
    member = next(iter(form._known.values()))
    run_here(inbox.desk, partial(led_off, staff_id=member.id))
    form.form.set_values({"subjects": member.id})
    form.form.changed.emit("subjects")
    inbox.settle()
    qtbot.waitUntil(lambda: "had deze medewerker verlof" in form.leave.text())


def led_off(session: Session, staff_id: str) -> None:
    """Leave that held on the day of the event, noted afterwards."""
    days = (date(2026, 11, 1), session.clock.today())
    give_leave(session, LeaveDraft(staff_id, "Schoolreis", "Instagram", *days))
