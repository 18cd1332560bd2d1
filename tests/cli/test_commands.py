"""What each command answers, and with which exit code."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.cli.console import Console, language_of
from app.cli.run import COMMANDS, Tools, run
from app.consent.decide import DecisionsDraft, record_papers
from app.consent.records import Answer
from app.demo.school import demo_users
from db.register.vouching import vouched
from reports.compile.binder import PaperBinder
from reports.press import PaperPress
from tests.journeys.families import WEBSITE, add_family, says, settle
from tests.registers import ADMINISTRATOR, DIRECTOR, TEACHER
from tests.rules.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.tooled import CommandLine
    from tests.registers import School

STAFF = "Brouwer"
PHRASE = {user.role: user.phrase for user in demo_users()}
NAME = {user.role: user.name for user in demo_users()}


def as_director(line: CommandLine, name: str, folder: Path) -> dict[str, Any]:
    words = (name, str(folder), "--user", NAME["director"], "--json")
    return line.play(*words, secret=PHRASE["director"]).data


@pytest.fixture
def sample(command_line: CommandLine, tmp_path: Path) -> Path:
    """A small sample school."""
    folder = tmp_path / "sample"
    assert command_line.play("demo-register", str(folder), "--pupils", "25").code == 0
    return folder


def test_the_sample_school_names_its_users(command_line: CommandLine, tmp_path: Path) -> None:
    said = command_line.play("demo-register", str(tmp_path / "x"), "--pupils", "3", "--json")
    assert [user["name"] for user in said.data["users"]] == list(NAME.values())


def test_a_new_register_shows_its_recovery_code_once(
    command_line: CommandLine, school: School, tmp_path: Path
) -> None:
    folder, sheet = tmp_path / "new", tmp_path / "sheet.pdf"
    words = ("--school", "De Walvis", "--director", "H. Vermeer", "--sheet", str(sheet))
    phrase = "roestig anker bij nacht en ontij"
    said = command_line.play("new-register", str(folder), *words, "--json", secret=phrase)
    assert said.code == 0
    assert sheet.read_bytes().startswith(b"%PDF")
    session = school.vault.unlock(folder, "H. Vermeer", phrase)
    session.confirm_recovery(said.data["recovery_code"])
    session.lock()


def test_a_weak_phrase_makes_no_register(command_line: CommandLine, tmp_path: Path) -> None:
    words = ("--school", "De Walvis", "--director", "H. Vermeer")
    said = command_line.play("new-register", str(tmp_path / "new"), *words, secret="kort")
    assert said.code == 1
    assert not (tmp_path / "new").exists()


def test_the_director_of_the_sample_school_has_something_to_deal_with(
    command_line: CommandLine, sample: Path
) -> None:
    about_staff, about_parent = as_director(command_line, "cases", sample)["cases"]
    assert (about_staff["dossier"], about_parent["dossier"]) == (
        "staff_dossier",
        "pupil_dossier",
    )
    assert about_staff["due_on"]
    assert as_director(command_line, "verify", sample)["in_order"]
    waits = [sample / "inbox" / place for place in ("staff_dossier", "pupil_dossier")]
    assert sum(len(list(place.iterdir())) for place in waits) == 1


@pytest.mark.parametrize("role", ["administrator", "teacher"])
def test_check_answers_from_facts_and_from_the_list_alike(
    command_line: CommandLine, sample: Path, role: str
) -> None:
    said = command_line.play(
        *("check", str(sample), "--user", NAME[role], "--pupil", "zoë", "--json"),
        *("--channel", "website", "--medium", "foto", "--group", "Zeester"),
        secret=PHRASE[role],
    )
    assert said.code == 1
    assert said.data["outcome"] == "no"
    assert said.data["why"]


def test_check_says_yes_with_exit_code_nought(command_line: CommandLine, sample: Path) -> None:
    role = "administrator"
    said = command_line.play(
        *("check", str(sample), "--user", NAME[role], "--pupil", "zoë", "--language", "en"),
        *("--channel", "classroom", "--medium", "photo", "--group", "Zeester"),
        secret=PHRASE[role],
    )
    assert (said.code, said.out[:10]) == (0, "NOT NEEDED")


def test_only_who_reads_consent_asks_about_another_day(
    command_line: CommandLine, sample: Path
) -> None:
    words = ("--channel", "website", "--medium", "photo", "--on", "2026-01-05")
    who = ("check", str(sample), "--pupil", "zoë", "--group", "Zeester", *words, "--user")
    teacher = command_line.play(*who, NAME["teacher"], secret=PHRASE["teacher"])
    assert teacher.code == 1
    assert "andere dag" in teacher.err
    director = command_line.play(*who, NAME["director"], secret=PHRASE["director"])
    assert director.out


@pytest.mark.parametrize("role", ["teacher", "administrator"])
def test_an_adult_is_found_and_called_one(
    command_line: CommandLine, sample: Path, role: str
) -> None:
    words = ("check", str(sample), "--pupil", STAFF, "--channel", "website", "--medium", "foto")
    who = (*words, "--user", NAME[role])
    said = command_line.play(*who, "--json", secret=PHRASE[role])
    assert (said.code, said.data["outcome"], said.data["kind"]) == (1, "ask", "staff")
    assert said.data["pupil"].endswith("Brouwer")
    told = command_line.play(*who, secret=PHRASE[role])
    assert "medewerker" in told.out


def test_a_pupil_is_called_a_pupil(command_line: CommandLine, sample: Path) -> None:
    who = ("check", str(sample), "--user", NAME["teacher"], "--json", "--pupil", "zoë")
    use = ("--channel", "website", "--medium", "foto", "--group", "Zeester")
    said = command_line.play(*who, *use, secret=PHRASE["teacher"])
    assert said.data["kind"] == "pupil"


def test_several_pupils_are_listed_and_none_is_chosen(
    command_line: CommandLine, sample: Path
) -> None:
    role = "teacher"
    said = command_line.play(
        *("check", str(sample), "--user", NAME[role], "--pupil", "a"),
        *("--channel", "website", "--medium", "photo"),
        secret=PHRASE[role],
    )
    assert said.code == 1
    assert said.out == ""


def test_forms_of_a_group_are_one_file(
    command_line: CommandLine, sample: Path, tmp_path: Path
) -> None:
    file = tmp_path / "forms.pdf"
    words = ("forms", str(sample), "--user", NAME["administrator"], "--to", str(file))
    said = command_line.play(
        *words, "--group", "zeester", "--json", secret=PHRASE["administrator"]
    )
    assert said.code == 0
    assert file.read_bytes().startswith(b"%PDF")
    assert said.data["forms"] > 0


def test_a_group_that_is_not_there_is_said(
    command_line: CommandLine, sample: Path, tmp_path: Path
) -> None:
    words = ("forms", str(sample), "--user", NAME["administrator"], "--group", "Walrus")
    file = tmp_path / "forms.pdf"
    said = command_line.play(*words, "--to", str(file), secret=PHRASE["administrator"])
    assert said.code == 1
    assert "Walrus" in said.err
    assert not file.exists()


def test_users_are_listed_added_and_revoked(command_line: CommandLine, school: School) -> None:
    who = ("users", str(school.folder), "--user", DIRECTOR.name, "--json")
    added = command_line.play(*who, "--add", "Kees Smit", secret=DIRECTOR.password)
    assert added.data["one_time_code"]
    command_line.play(*who, "--revoke", ADMINISTRATOR.name, secret=DIRECTOR.password)
    listed = command_line.play(*who, secret=DIRECTOR.password).data["users"]
    states = {user["name"]: (user["pending"], user["revoked"]) for user in listed}
    assert states["Kees Smit"] == (True, False)
    assert states[ADMINISTRATOR.name][1]


def test_verify_is_fine_on_a_sound_register(command_line: CommandLine, school: School) -> None:
    words = ("verify", str(school.folder), "--user", DIRECTOR.name, "--json")
    said = command_line.play(*words, secret=DIRECTOR.password)
    assert said.code == 0
    assert len(said.data["journals"]) == 4


def test_the_self_test_says_that_everything_works(command_line: CommandLine) -> None:
    said = command_line.play("self-test", "--language", "en")
    assert said.code == 0
    assert said.out.rstrip().endswith("Everything works.")


def test_the_tour_is_played_where_it_was_asked(
    command_line: CommandLine, tmp_path: Path
) -> None:
    assert command_line.play("tour", "--to", str(tmp_path)).code == 0
    assert command_line.toured == [tmp_path]


def test_wrong_phrases_are_told_with_the_next_good_one(
    command_line: CommandLine, school: School
) -> None:
    words = ("verify", str(school.folder), "--user", DIRECTOR.name)
    for secret in ("iets heel anders", "weer iets anders"):
        assert command_line.play(*words, secret=secret).code == 1
    told = command_line.play(*words, secret=DIRECTOR.password)
    assert (told.code, "is 2 keer een verkeerde wachtzin" in told.err) == (0, True)
    assert "verkeerde" not in command_line.play(*words, secret=DIRECTOR.password).err


def test_a_wrong_phrase_is_a_no(command_line: CommandLine, school: School) -> None:
    words = ("verify", str(school.folder), "--user", DIRECTOR.name)
    said = command_line.play(*words, secret="niet deze woorden")
    assert (said.code, said.out) == (1, "")


def test_a_damaged_register_is_trouble(command_line: CommandLine, school: School) -> None:
    for copy in ("directory.a", "directory.b"):
        (school.folder / copy).write_bytes(b"nothing of a directory")
    words = ("verify", str(school.folder), "--user", DIRECTOR.name)
    said = command_line.play(*words, secret=DIRECTOR.password)
    assert said.code == 3
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("unknown",),
        ("verify",),
        ("verify", "/tmp/x"),
        ("verify", "/tmp/x", "--user"),
        ("verify", "/tmp/x", "--user", "a", "--loud"),
        ("verify", "/tmp/x", "--user", "a", "--language", "fr"),
        ("demo-register", "/tmp/x", "--pupils", "0"),
        ("demo-register", "/tmp/x", "--pupils", "many"),
        (
            "check",
            "/tmp/x",
            "--user",
            "a",
            "--pupil",
            "b",
            "--channel",
            "c",
            "--medium",
            "d",
            "--on",
            "x",
        ),
    ],
)
def test_wrong_use_is_two(command_line: CommandLine, words: tuple[str, ...]) -> None:
    if not words:
        assert command_line.play("--nothing").code == 2
        return
    said = command_line.play(*words)
    assert said.code == 2
    assert said.err


def test_a_place_is_asked_for_in_words(command_line: CommandLine) -> None:
    assert "de map" in command_line.play("verify").err
    assert "het bestand" in command_line.play("import-roster", "ergens", "--user", "x").err


def test_a_kind_of_recording_that_there_is_not_is_wrong_use(
    command_line: CommandLine, school: School
) -> None:
    words = ("--pupil", "a", "--channel", "website", "--medium", "hologram")
    said = command_line.play("check", str(school.folder), "--user", "x", *words)
    assert (said.code, "hologram" in said.err) == (2, True)


def test_without_a_terminal_the_phrase_must_come_from_the_input(school: School) -> None:
    words = ("main.py", "verify", str(school.folder), "--user", DIRECTOR.name)
    done = subprocess.run(
        [sys.executable, *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=ROOT,
        start_new_session=True,
        check=False,
    )
    assert done.returncode == 2
    assert "--password-stdin" in done.stderr
    assert "GetPassWarning" not in done.stderr


@pytest.mark.parametrize("name", sorted(COMMANDS))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_command_explains_itself(
    command_line: CommandLine, name: str, language: str
) -> None:
    said = command_line.play(name, "--help", "--language", language)
    assert said.code == 0
    assert name in said.out


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "C.UTF-8"}, "nl"),
        ({"LC_ALL": "en_US", "LANG": "nl_NL"}, "en"),
        ({}, "nl"),
    ],
)
def test_the_machine_decides_the_language(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


NEW = ("--school", "De Walvis", "--director", "H. Vermeer")
PHRASE_OF_NEW = "roestig anker bij nacht en ontij"


def test_a_sheet_that_cannot_be_written_makes_no_register(
    command_line: CommandLine, tmp_path: Path
) -> None:
    words = (*NEW, "--sheet", str(tmp_path / "nowhere" / "sheet.pdf"))
    said = command_line.play(
        "new-register", str(tmp_path / "new"), *words, secret=PHRASE_OF_NEW
    )
    assert said.code == 3
    assert not (tmp_path / "new").exists()


def test_the_code_is_said_also_when_its_sheet_cannot_be_drawn(
    command_line: CommandLine, school: School, tmp_path: Path
) -> None:
    folder, sheet, name = tmp_path / "new", tmp_path / "sheet.pdf", "Selam \u1230\u120b\u121d"
    words = ("--school", "De Walvis", "--director", name, "--sheet", str(sheet), "--json")
    said = command_line.play("new-register", str(folder), *words, secret=PHRASE_OF_NEW)
    assert (said.code, sheet.exists()) == (3, False)
    assert "herstelcode" in said.err
    session = school.vault.unlock(folder, name, PHRASE_OF_NEW)
    session.confirm_recovery(said.data["recovery_code"])
    session.lock()


@pytest.mark.parametrize(
    "deeds",
    [
        ("--add", "Kees Smit", "--revoke", TEACHER.name),
        ("--reissue", TEACHER.name, "--revoke", TEACHER.name),
    ],
)
def test_two_deeds_at_once_are_refused(
    command_line: CommandLine, school: School, deeds: tuple[str, ...]
) -> None:
    words = ("users", str(school.folder), "--user", DIRECTOR.name, *deeds)
    said = command_line.play(*words, secret=DIRECTOR.password)
    assert said.code == 2
    names = {user.name: user.revoked for user in school.director().users()}
    assert names == {DIRECTOR.name: False, ADMINISTRATOR.name: False, TEACHER.name: False}


@pytest.mark.parametrize("option", ["--town", "--group", "--school", "--director"])
def test_a_bsn_makes_no_register(
    command_line: CommandLine, tmp_path: Path, option: str
) -> None:
    words = (*NEW, option, "De Walvis 111222333")
    said = command_line.play(
        "new-register", str(tmp_path / "new"), *words, secret=PHRASE_OF_NEW
    )
    assert said.code == 1
    assert not (tmp_path / "new").exists()


def test_who_stops_a_command_is_told_what_was_kept() -> None:
    def stopped(_to: object) -> str:
        raise KeyboardInterrupt

    out, err = io.StringIO(), io.StringIO()
    tools = Tools(vault=lambda: pytest.fail("not asked"), press=PaperPress(), tour=stopped,
                  components=tuple, binder=PaperBinder, vouched=vouched)  # fmt: skip
    code = run(
        ("tour", "--language", "nl"), tools, Console(out=out, err=err, read=io.StringIO())
    )
    assert (code, out.getvalue()) == (3, "")
    assert err.getvalue() == "Afgebroken. Wat nog niet klaar was, is niet bewaard.\n"


def test_what_was_not_known_then_is_told(command_line: CommandLine, school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    for parent in (family.mother, family.father):
        says(session, family.pupil, parent)
    day, then = school.clock.today(), school.clock.now()
    school.clock.move(timedelta(days=6))
    says(session, family.pupil, family.father, Answer.WITHDRAWN, signed_on=day)
    school.lock()
    words = ("check", str(school.folder), "--user", ADMINISTRATOR.name, "--pupil", "zoë")
    said = command_line.play(
        *(*words, "--channel", "website", "--medium", "foto", "--json"),
        *("--on", day.isoformat(), "--known-at", then.isoformat()),
        secret=ADMINISTRATOR.password,
    )
    assert (said.code, said.data["outcome"], said.data["now"]) == (0, "yes", "no")
    (why,) = said.data["learned"]
    assert why.startswith("De intrekking van")


def test_what_is_unclear_on_paper_is_said_beside_the_answer(
    command_line: CommandLine, school: School
) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    today = school.clock.today()
    draft = DecisionsDraft(family.pupil.id, family.mother.id, (), today, unclear=(WEBSITE,))
    record_papers(session, (draft,))
    school.lock()
    words = ("check", str(school.folder), "--user", ADMINISTRATOR.name, "--pupil", "zoë")
    website = (*words, "--channel", "website", "--medium", "foto")
    secret = ADMINISTRATOR.password
    said = command_line.play(*website, secret=secret)
    assert said.out.startswith("VRAAG NA: ")
    assert "(moeder) is dit niet te lezen; het wordt opnieuw gevraagd." in said.out
    film = command_line.play(
        *(*words, "--channel", "website", "--medium", "film", "--json"), secret=secret
    )
    assert film.data["unclear"] == []
    before = (today - timedelta(days=1)).isoformat()
    assert "niet te lezen" not in command_line.play(*website, "--on", before, secret=secret).out
