"""The page of a pupil: guardians, authority, place; and the page of a guardian."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from app.consent.records import SafetyFlag
from app.people.authority import authority_state
from app.people.people import GuardianDraft, relate, save_guardian
from app.people.questions import GuardiansOf
from app.record import Compartment
from tests.journeys.families import Family, add_family, settle
from tests.robots.guardian import GuardianRobot
from tests.robots.pupil import PupilRobot
from ui.people.pupil import PupilPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.people.questions import GuardianOf
    from app.people.records import Guardian
    from app.ports import Session
    from tests.registers import School


class Seen(PupilRobot):
    """A robot that knows the family it looks at."""

    family: Family
    school: School


@pytest.fixture
def robot(qtbot: QtBot, school: School) -> Seen:
    """Zoë with both parents, on the screen."""
    robot = Seen(qtbot, school)
    robot.school = school
    robot.family = robot.do(lambda session: add_family(session, settle(session)))
    robot.open(robot.family.pupil.id)
    return robot


def guardians(robot: Seen) -> tuple[GuardianOf, ...]:
    def work(session: Session) -> tuple[GuardianOf, ...]:
        with session.look(Compartment.CONSENT) as reader:
            return reader.ask(GuardiansOf(robot.family.pupil.id))

    return robot.do(work)


def all_flags(session: Session) -> tuple[SafetyFlag, ...]:
    """The safety flags of everybody."""
    with session.look(Compartment.CONSENT) as reader:
        return reader.all(SafetyFlag)


def test_the_page_says_who_it_is(robot: Seen) -> None:
    assert robot.title == "Zoë van der Wal"
    assert "groep Schippersklas" in robot.page.head.identity.text()
    assert "geb. 4 mei 2020" in robot.page.head.identity.text()


def test_another_guardian_is_added(robot: Seen) -> None:
    robot.press("add_guardian")
    robot.fill(relation="voogd", first_name="Ada", surname="Vos", email="ada@vos.example")
    robot.press("sheet_save")
    assert "Ada Vos" in robot.page_words
    assert "Het gezag van Ada Vos is nog niet bekend." in robot.page_words


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"surname": ""}, "surname"),
        ({"surname": "Vos", "email": "vos"}, "email"),
        ({"surname": "Vos", "street": "Kade 111222333"}, "street"),
    ],
)
def test_a_wrong_guardian_is_told_at_the_field(
    robot: Seen, fields: dict[str, str], field: str
) -> None:
    robot.press("add_guardian")
    robot.fill(relation="voogd", **fields)
    robot.press("sheet_save")
    assert robot.error(field)
    assert len(guardians(robot)) == 2


def test_an_institution_is_added(robot: Seen) -> None:
    robot.press("add_guardian")
    robot.press("choice_institution")
    robot.fill(institution="Jeugd Zuid")
    robot.press("sheet_save")
    added = guardians(robot)[2]
    assert (added.guardian.institution, added.relation.kind) == ("Jeugd Zuid", "institution")


def test_two_guardians_of_one_name_can_be_told_apart(robot: Seen) -> None:
    robot.press("add_guardian")
    robot.fill(relation="moeder", first_name="Marijke", surname="Wal")
    robot.press("sheet_save")
    assert len(guardians(robot)) == 3
    assert robot.grid_titles[1:4] == ["Moeder (Marijke Wal)", "Vader", "Moeder (Marijke Wal)"]


def test_somebody_known_is_related(robot: Seen) -> None:
    robot.do(lambda s: save_guardian(s, GuardianDraft(first_name="Ada", surname="Vos")))
    robot.press("relate_guardian")
    robot.find_guardian("vos")
    robot.fill(relation="stiefouder")
    robot.press("sheet_save")
    assert [item.guardian.surname for item in guardians(robot)] == ["Wal", "Wal", "Vos"]


def test_nobody_is_related_without_being_chosen(robot: Seen) -> None:
    robot.press("relate_guardian")
    robot.find_guardian("")
    robot.fill(relation="stiefouder")
    robot.press("sheet_save")
    assert len(guardians(robot)) == 2


def test_authority_is_noted_with_its_source(robot: Seen) -> None:
    robot.more(0, "do_authority")
    robot.fill(kind="geen gezag")
    robot.press("sheet_save")
    assert robot.error("source")
    robot.fill(source="uitspraak van de rechter getoond")
    robot.press("sheet_save")
    assert "geen gezag" in robot.page_words
    today = robot.desk.clock.today()
    assert authority_state(guardians(robot)[0].authority, today) == "none"


def test_a_relation_ends_after_authority_and_the_bar_takes_it_back(robot: Seen) -> None:
    robot.more(1, "do_relation")
    robot.press("end_relation")
    assert "gezag" in robot.said
    assert len(guardians(robot)) == 2
    robot.more(1, "do_authority")
    robot.fill(kind="geen gezag", source="uitspraak van de rechter getoond")
    robot.press("sheet_save")
    robot.more(1, "do_relation")
    robot.press("end_relation")
    assert len(guardians(robot)) == 1
    robot.undo()
    assert len(guardians(robot)) == 2


def test_a_pupil_leaves(robot: Seen) -> None:
    robot.press("move_pupil")
    robot.fill(kind="Uitschrijven", last_day="21-11-2026")
    robot.press("sheet_save")
    assert "De laatste schooldag was 21 nov 2026." in robot.page_words


def test_the_bar_takes_leaving_back(robot: Seen) -> None:
    robot.press("move_pupil")
    robot.fill(kind="Uitschrijven", last_day="20-11-2026")
    robot.press("sheet_save")
    assert "in groep" not in robot.page_words
    robot.undo()
    assert "Ongedaan gemaakt" in robot.said
    assert "20 nov 2026" not in robot.page_words
    assert "Schippersklas" in robot.page.head.identity.text()


def test_the_bar_takes_authority_back(robot: Seen) -> None:
    robot.more(0, "do_authority")
    robot.fill(kind="geen gezag", source="uitspraak van de rechter getoond")
    robot.press("sheet_save")
    robot.undo()
    today = robot.desk.clock.today()
    assert authority_state(guardians(robot)[0].authority, today) == "holds"


def test_the_bar_takes_other_names_and_relations_back(robot: Seen) -> None:
    robot.press("edit_pupil")
    robot.fill(first_name="Zoé")
    robot.press("sheet_save")
    robot.undo()
    assert robot.title == "Zoë van der Wal"
    robot.more(0, "do_relation")
    robot.fill(relation="stiefouder")
    robot.press("sheet_save")
    robot.undo()
    assert [item.relation.kind for item in guardians(robot)] == ["mother", "father"]


def test_what_was_done_for_one_pupil_is_not_taken_back_for_another(robot: Seen) -> None:
    bo = robot.do(lambda session: add_family(session, settle(session, "Anker"), "Bo")).pupil
    robot.press("safety_flag")
    page = robot.page
    assert isinstance(page, PupilPage)
    page.arrive({"pupil_id": bo.id})
    page.refresh()
    robot.settle()
    assert robot.said == ""
    page.bar.act()
    robot.settle()
    assert robot.title == "Bo van der Wal"
    flags = robot.do(all_flags)
    assert [flag.pupil_id for flag in flags] == [robot.family.pupil.id]


def test_leaving_and_coming_back_take_three_clicks_each(robot: Seen) -> None:
    robot.clicks = 0
    robot.press("move_pupil")
    robot.choose_person("Uitschrijven")
    robot.press("sheet_save")
    assert robot.clicks <= 3
    assert "op school tot en met 22 nov 2026" in robot.page.head.identity.text()
    robot.school.clock.set(datetime(2026, 11, 25, 10, tzinfo=UTC))
    robot.goto("today")
    robot.open(robot.family.pupil.id)
    assert "niet op school" in robot.page.head.identity.text()
    robot.clicks = 0
    robot.press("move_pupil")
    robot.press("sheet_save")
    assert robot.clicks <= 3
    assert "niet op school" not in robot.page.head.identity.text()
    assert "groep Schippersklas" in robot.page.head.identity.text()


def test_a_visit_needs_its_last_day(robot: Seen) -> None:
    robot.press("move_pupil")
    robot.fill(kind="Op bezoek van een andere school of op proef")
    robot.press("sheet_save")
    assert robot.error("end")


def test_a_pupil_is_renamed(robot: Seen) -> None:
    robot.press("edit_pupil")
    robot.fill(first_name="Zoé", number="2041")
    robot.press("sheet_save")
    assert robot.title == "Zoé van der Wal"
    assert robot.said == "Opgeslagen."


def test_a_guardian_with_two_children_shows_both(qtbot: QtBot, school: School) -> None:
    robot = GuardianRobot(qtbot, school)

    def two(session: Session) -> Guardian:
        place = settle(session)
        zoe, bo = (add_family(session, place, name) for name in ("Zoë", "Bo"))
        relate(session, bo.pupil.id, zoe.mother.id, "mother")
        return zoe.mother

    mother = robot.do(two)
    robot.open(mother.id)
    assert "Zoë van der Wal" in robot.page_words
    assert "Bo van der Wal" in robot.page_words


def test_a_guardian_is_changed_on_his_own_page(robot: Seen) -> None:
    robot.goto("guardian", guardian_id=robot.family.mother.id)
    robot.press("edit_guardian")
    robot.fill(ship="Volharding", town="Dordrecht")
    robot.press("sheet_save")
    assert "ms Volharding" in robot.page.head.identity.text()
    robot.undo()
    assert "ms Volharding" not in robot.page.head.identity.text()


@pytest.mark.parametrize(
    ("sheet", "field", "typed"),
    [
        ("edit_pupil", "first_name", "Zoé"),
        ("add_guardian", "surname", "Vos"),
        ("move_pupil", "start", "1-12"),
        ("look_back", "day", "1-12"),
    ],
)
def test_every_sheet_survives_leaving_the_page(
    robot: Seen, sheet: str, field: str, typed: str
) -> None:
    robot.press(sheet)
    robot.fill(**{field: typed})
    robot.goto("today")
    robot.open(robot.family.pupil.id)
    assert robot.text_of(field) == typed


def test_authority_survives_leaving_the_page(robot: Seen) -> None:
    robot.more(1, "do_authority")
    robot.fill(kind="geen gezag", seen_by="Kees")
    robot.goto("today")
    robot.open(robot.family.pupil.id)
    assert robot.sheet_title == "Gezag van Piotr Wal"
    assert robot.text_of("seen_by") == "Kees"
