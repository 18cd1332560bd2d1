"""Lists of cases and letters on the command line: journaled, and only for who may open them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.dossier.overview import cases
from app.duties.steps import take_step
from app.letters.issue import issue_letter
from app.record import Compartment
from reports.press import PaperPress
from tests.app.dossier.samples import ANSWERS, BECAUSE
from tests.app.dossier.situations import STAFF, filed_about_staff, walk
from tests.app.dossier.test_filing import acts
from tests.app.letters.test_issuing import to_staff
from tests.registers import ADMINISTRATOR, DIRECTOR, TEACHER

if TYPE_CHECKING:
    from tests.cli.tooled import CommandLine, Said
    from tests.registers import Login, School


TALK = {key: ANSWERS[key] for key in ("talk_day", "present", "reaction")}


@pytest.fixture
def folder(school: School) -> str:
    """A register with a case about a member of staff, of which a talk is planned."""
    session, _, filed = filed_about_staff(school)
    assert filed.case is not None
    walk(session, filed, STAFF, "plan_talk")
    school.lock()
    return str(school.folder)


def play(line: CommandLine, name: str, folder: str, login: Login, *words: str) -> Said:
    return line.play(name, folder, "--user", login.name, *words, secret=login.password)


def test_cases_are_listed_for_who_opens_them(
    command_line: CommandLine, school: School, folder: str
) -> None:
    said = play(command_line, "cases", folder, DIRECTOR)
    assert said.code == 0
    assert "2026-001  Kees Smit: " in said.out
    assert "termijn tot en met 7 dec 2026" in said.out
    assert acts(school.director(), STAFF).count("case_list_read") == 1


def test_cases_as_data(command_line: CommandLine, folder: str) -> None:
    (row,) = play(command_line, "cases", folder, DIRECTOR, "--json").data["cases"]
    assert (row["number"], row["subject"], row["closed"]) == ("2026-001", "Kees Smit", False)
    assert row["due_on"] == "2026-12-07"
    assert row["dossier"] == "staff_dossier"


@pytest.mark.parametrize("login", [ADMINISTRATOR, TEACHER])
def test_who_opens_no_dossier_hears_no_name(
    command_line: CommandLine, folder: str, login: Login
) -> None:
    said = play(command_line, "cases", folder, login)
    assert said.code == 1
    assert "Smit" not in said.out + said.err


def test_only_open_cases(command_line: CommandLine, school: School, folder: str) -> None:
    session = school.director()
    (row,) = cases(session)
    take_step(session, STAFF, row.id, "hold_talk", TALK)
    take_step(session, STAFF, row.id, "drop", {"grounds": ANSWERS["grounds"]}, BECAUSE)
    school.lock()
    every = play(command_line, "cases", folder, DIRECTOR, "--json").data["cases"]
    assert [each["closed"] for each in every] == [True]
    assert (
        play(command_line, "cases", folder, DIRECTOR, "--open").out == "Er zijn geen zaken.\n"
    )


def test_letters_between_days(command_line: CommandLine, school: School) -> None:
    session, _, request = to_staff(school)
    issue_letter(session, PaperPress(), request)
    school.lock()
    folder = str(school.folder)
    said = play(command_line, "letters", folder, DIRECTOR)
    assert (
        said.out
        == "2026-001  22 nov 2026  Schriftelijke waarschuwing aan een medewerker, aan K. Smit\n"
    )
    within = ("--from", "2026-11-22", "--to", "22-11-2026")
    (row,) = play(command_line, "letters", folder, DIRECTOR, *within, "--json").data["letters"]
    assert (row["number"], row["case"], row["replaced"]) == ("2026-001", "2026-001", False)
    later = play(command_line, "letters", folder, DIRECTOR, "--from", "2026-11-23")
    assert (later.code, later.out) == (0, "Er zijn geen brieven.\n")
    assert acts(school.director(), STAFF).count("letter_list_read") == 3


def test_the_office_sees_its_own_letters_only(
    command_line: CommandLine, school: School
) -> None:
    session, _, request = to_staff(school)
    issue_letter(session, PaperPress(), request)
    school.lock()
    said = play(command_line, "letters", str(school.folder), ADMINISTRATOR)
    assert (said.code, said.out) == (0, "Er zijn geen brieven.\n")
    assert "letter_list_read" in acts(school.administrator(), Compartment.CONSENT)


def test_a_teacher_hears_of_no_letter(command_line: CommandLine, folder: str) -> None:
    said = play(command_line, "letters", folder, TEACHER)
    assert (said.code, said.out) == (1, "")


def test_wrong_use_is_said(command_line: CommandLine, folder: str) -> None:
    assert command_line.play("cases", folder).code == 2
    said = play(command_line, "letters", folder, DIRECTOR, "--from", "morgen")
    assert said.code == 2
