"""A new school year in the window: looked at, changed, begun; nothing is written before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QComboBox

from app.people.admit import admit
from app.people.people import PupilDraft
from app.people.places import EnrolmentDraft, current_year, save_group
from app.people.questions import PupilLines
from app.people.records import Group, SchoolYear
from app.record import Compartment
from tests.journeys.families import settle
from tests.robots.year import YearRobot
from ui.people.yearpages import AT_ONCE
from ui.search.leads import Lead, Leads
from ui.shell.drafts import kept

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.registers import School

JULY = datetime(2027, 7, 1, 10, tzinfo=UTC)
FIRST = date(2027, 8, 1)
GROUPS = {"Groep 7": ("Noor", "Sam"), "Groep 8": ("Ali", "Bo")}


class Year(YearRobot):
    """A robot that knows its pupils by their first names."""

    ids: dict[str, str]

    def place_of(self, name: str, day: date = FIRST) -> str:
        """The group of a pupil on a day, "" for none."""

        def work(session: Session) -> str:
            with session.look(Compartment.CONSENT) as reader:
                return reader.ask(PupilLines((self.ids[name],), day))[0].group

        return self.do(work)

    @property
    def years(self) -> list[str]:
        """The school years that there are."""

        def work(session: Session) -> list[str]:
            with session.look(Compartment.CONSENT) as reader:
                return sorted(year.name for year in reader.all(SchoolYear))

        return self.do(work)

    @property
    def shown(self) -> int:
        """How many groups can be seen."""
        return sum(row.isVisible() for row in self.year.rows.values())

    @property
    def groups(self) -> tuple[Group, ...]:
        """Every group of every year."""

        def work(session: Session) -> tuple[Group, ...]:
            with session.look(Compartment.CONSENT) as reader:
                return reader.all(Group)

        return self.do(work)

    @property
    def group_names(self) -> set[str]:
        """Their names."""
        return {group.name for group in self.groups}


def fill(session: Session) -> dict[str, str]:
    place = settle(session)
    year = current_year(session)
    ids = {}
    for position, (name, pupils) in enumerate(GROUPS.items()):
        group = Group(
            id="",
            site_id=place.site_id,
            school_year_id=year.id,
            name=name,
            position=position,
        )
        where = EnrolmentDraft(
            "", place.site_id, save_group(session, group).id, start=date(2026, 8, 24)
        )
        for pupil in pupils:
            ids[pupil] = admit(session, PupilDraft(pupil), where).id
    return ids


@pytest.fixture
def robot(qtbot: QtBot, school: School) -> Year:
    """July: two groups with two pupils each, on the page of the new year."""
    robot = Year(qtbot, school)
    robot.ids = robot.do(fill)
    school.clock.set(JULY)
    robot.open()
    return robot


def test_the_page_shows_what_would_happen_and_writes_nothing(robot: Year) -> None:
    assert robot.title == "Nieuw schooljaar"
    assert robot.page.head.identity.text() == "2027-2028"
    assert robot.names == {"Groep 7": "Groep 8", "Groep 8": ""}
    assert "2 leerlingen gaan naar een groep" in robot.page_words
    assert "2 leerlingen verlaten de school." in robot.page_words
    assert robot.years == ["2026-2027"]


def test_the_year_begins_as_it_was_shown(robot: Year) -> None:
    robot.press("begin_year")
    assert robot.years == ["2026-2027", "2027-2028"]
    assert {name: robot.place_of(name) for name in robot.ids} == {
        "Noor": "Groep 8",
        "Sam": "Groep 8",
        "Ali": "",
        "Bo": "",
    }
    assert "Groep 7 naar Groep 8" in robot.page_words
    assert "Groep 8 verlaat de school" in robot.page_words
    assert not robot.sees("begin_year")
    robot.press("to_people")
    assert robot.title == "Leerlingen"


def test_a_group_goes_on_under_the_name_that_was_typed(robot: Year) -> None:
    robot.rename("Groep 7", "Bovenbouw")
    robot.press("begin_year")
    assert robot.place_of("Noor") == "Bovenbouw"


def test_one_pupil_stays_and_another_leaves(robot: Year) -> None:
    robot.unfold("Groep 7")
    robot.set_apart(robot.ids["Sam"], "blijft in Groep 7")
    robot.set_apart(robot.ids["Noor"], "verlaat de school")
    robot.unfold("Groep 8")
    robot.set_apart(robot.ids["Bo"], "blijft in Groep 8")
    assert "2 apart" in robot.row("Groep 7").unfold.text()
    robot.press("begin_year")
    assert {name: robot.place_of(name) for name in robot.ids} == {
        "Noor": "",
        "Sam": "Groep 7",
        "Ali": "",
        "Bo": "Groep 8",
    }


def test_pupils_follow_a_group_that_is_named_anew(robot: Year) -> None:
    robot.unfold("Groep 8")
    robot.set_apart(robot.ids["Bo"], "blijft in Groep 8")
    robot.leaves("Groep 8")
    robot.rename("Groep 8", "Kopklas")
    robot.unfold("Groep 7")
    robot.set_apart(robot.ids["Sam"], "naar Kopklas")
    robot.rename("Groep 8", "Zeilklas")
    choice = robot.find(QComboBox, f"field_apart_{robot.ids['Sam']}")
    assert choice.currentText() == "naar Zeilklas"
    robot.press("begin_year")
    assert [robot.place_of(name) for name in ("Ali", "Sam", "Bo")] == [
        *("Zeilklas", "Zeilklas", "Groep 8")
    ]


def test_who_went_to_a_group_that_is_gone_goes_along_again(robot: Year) -> None:
    robot.leaves("Groep 8")
    robot.rename("Groep 8", "Kopklas")
    robot.unfold("Groep 7")
    robot.set_apart(robot.ids["Sam"], "naar Kopklas")
    robot.leaves("Groep 8")
    assert robot.row("Groep 7").unfold.text() == "2 leerlingen"
    robot.press("begin_year")
    assert robot.place_of("Sam") == "Groep 8"


def test_a_group_without_a_name_is_told_at_its_field(robot: Year) -> None:
    robot.rename("Groep 7", "")
    robot.press("begin_year")
    assert "Vul de naam in" in robot.page_words
    assert robot.years == ["2026-2027"]


def test_days_that_do_not_fit_are_told_at_their_field(robot: Year) -> None:
    robot.fill(start="31-7-2028")
    robot.press("begin_year")
    assert "eindigt voor het begint" in robot.error("end")
    robot.fill(start="31-2-2028")
    robot.press("begin_year")
    assert "bestaat niet" in robot.error("start")
    assert robot.years == ["2026-2027"]


def test_what_was_changed_survives_leaving_the_page(robot: Year) -> None:
    robot.unfold("Groep 7")
    robot.set_apart(robot.ids["Sam"], "verlaat de school")
    robot.rename("Groep 7", "Bovenbouw")
    robot.goto("today")
    robot.open()
    assert robot.names["Groep 7"] == "Bovenbouw"
    assert robot.row("Groep 7").group.apart == {robot.ids["Sam"]: "leave"}
    robot.press("begin_year")
    assert robot.do(kept) == ()
    robot.open()
    assert "Geen groepen om over te laten gaan" in robot.page_words


def test_the_settings_of_the_groups_lead_here(robot: Year) -> None:
    robot.goto("settings", section="groups")
    robot.press("new_year")
    assert robot.title == "Nieuw schooljaar"


def test_the_search_leads_here(robot: Year) -> None:
    found: list[Lead] = []
    leads = Leads(robot.desk)
    leads.find("schooljaar", found.extend)
    robot.settle()
    assert ("actions", "year") in [(lead.group, lead.page) for lead in found]


def test_a_school_without_groups_is_told_so(qtbot: QtBot, school: School) -> None:
    robot = YearRobot(qtbot, school)
    robot.do(settle)
    robot.open()
    assert "Geen groepen om over te laten gaan" in robot.page_words


def test_a_group_for_newcomers_is_added_and_takes_who_has_none(robot: Year) -> None:
    def without_group(session: Session) -> str:
        with session.look(Compartment.CONSENT) as reader:
            site_id = reader.all(Group)[0].site_id
        place = EnrolmentDraft("", site_id, start=date(2027, 6, 1))
        return admit(session, PupilDraft("Ida"), place).id

    robot.goto("today")
    robot.ids["Ida"] = robot.do(without_group)
    robot.open()
    assert "1 leerling heeft nog geen groep." in robot.page_words
    (site_id,) = robot.year.loose
    robot.press(f"add_group_{site_id}")
    robot.press("begin_year")
    assert "Vul de naam in" in robot.page_words
    robot.name_new("Groep 1")
    robot.press(f"pupils_loose_{site_id}")
    robot.set_apart(robot.ids["Ida"], "naar Groep 1")
    assert "nog geen groep." not in robot.page_words
    robot.press("begin_year")
    assert robot.place_of("Ida") == "Groep 1"
    assert "Nog geen groep naar Groep 1" in robot.page_words


def test_a_group_that_was_added_survives_leaving_and_can_be_left_out(robot: Year) -> None:
    (site_id,) = {group.site_id for group in robot.groups}
    robot.press(f"add_group_{site_id}")
    robot.name_new("Groep 1")
    robot.goto("today")
    robot.open()
    (added,) = robot.year.added.values()
    assert added.name.value() == "Groep 1"
    robot.press(f"drop_{added.added.id}")
    robot.press("begin_year")
    assert robot.years == ["2026-2027", "2027-2028"]
    assert "Groep 1" not in robot.group_names


def test_very_many_groups_stand_on_pages(qtbot: QtBot, school: School) -> None:
    robot = Year(qtbot, school)

    def crowd(session: Session) -> None:
        place, year = settle(session), current_year(session)
        for number in range(30):
            group = Group(
                id="", site_id=place.site_id, school_year_id=year.id,
                name=f"Klas {number:02}", position=number,
            )  # fmt: skip
            saved = save_group(session, group)
            where = EnrolmentDraft("", place.site_id, saved.id, start=date(2026, 8, 24))
            admit(session, PupilDraft(f"Kind {number:02}"), where)

    robot.do(crowd)
    school.clock.set(JULY)
    robot.open()
    qtbot.waitUntil(lambda: robot.shown == AT_ONCE)
    assert "Groepen 1 tot en met 24 van 30" in robot.page_words
    robot.rename("Klas 00", "Zeester")
    robot.press("page_next")
    qtbot.waitUntil(lambda: robot.shown == 30 - AT_ONCE)
    robot.rename("Klas 29", "")
    robot.press("page_before")
    qtbot.waitUntil(lambda: robot.shown == AT_ONCE)
    assert robot.names["Klas 00"] == "Zeester"
    robot.press("begin_year")
    assert "Vul de naam in" in robot.page_words
    robot.rename("Klas 29", "Krab")
    robot.press("begin_year")
    assert {"Zeester", "Krab"} <= robot.group_names
