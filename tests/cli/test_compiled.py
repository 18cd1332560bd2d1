"""Verifying a copy from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.compile.compiling import compile_copy
from tests.app.compile.situations import BINDER, TALK, decided, request_of, situation
from tests.registers import TEACHER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.tooled import CommandLine
    from tests.registers import School


@pytest.fixture
def copy(school: School, tmp_path: Path) -> Path:
    """A copy that was saved."""
    case = situation(school.director(), TALK)
    made = compile_copy(case.session, BINDER, decided(case, request_of(case)))
    school.lock()
    path = tmp_path / "afschrift.pdf"
    path.write_bytes(made.pdf.content)
    return path


def test_a_copy_is_verified_without_a_register(copy: Path, command_line: CommandLine) -> None:
    said = command_line.play("verify-compiled", str(copy), "--language", "nl")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("In orde")
    assert "Voor: advocatenkantoor Voorbeeld." in said.out


def test_a_copy_that_was_changed_is_not_in_order(copy: Path, command_line: CommandLine) -> None:
    copy.write_bytes(copy.read_bytes() + b"%")
    said = command_line.play("verify-compiled", str(copy), "--json")
    assert (said.code, said.data["in_order"]) == (1, False)
    assert [finding["id"] for finding in said.data["findings"]] == ["compile.file_changed"]


def test_the_register_says_whether_it_knows_the_signer(
    copy: Path, command_line: CommandLine, school: School
) -> None:
    place = (str(copy), str(school.folder), "--user", TEACHER.name, "--json")
    said = command_line.play("verify-compiled", *place, secret=TEACHER.password)
    assert (said.code, said.data["signer_known"]) == (0, "Jan de Wit")


def test_a_folder_without_a_user_is_wrong_use(
    copy: Path, command_line: CommandLine, school: School
) -> None:
    assert command_line.play("verify-compiled", str(copy), str(school.folder)).code == 2
    assert command_line.play("verify-compiled").code == 2


def test_a_file_that_is_not_there_is_trouble(tmp_path: Path, command_line: CommandLine) -> None:
    said = command_line.play("verify-compiled", str(tmp_path / "weg.pdf"))
    assert (said.code, said.out) == (3, "")
    assert "weg.pdf" in said.err


def test_another_document_is_no_copy(tmp_path: Path, command_line: CommandLine) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.7 zomaar")
    assert command_line.play("verify-compiled", str(path)).code == 1
