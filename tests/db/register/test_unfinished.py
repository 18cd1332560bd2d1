"""A register whose making was broken off makes room; nothing else is ever emptied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal
from db.register import unfinished
from db.register.folder import Layout
from tests.registers import DIRECTOR, SCHOOL, School

if TYPE_CHECKING:
    from pathlib import Path


def broken_off(school: School) -> Layout:
    """The register as it stood just before its directory was there."""
    layout = Layout(school.folder)
    for path in layout.directories:
        path.unlink()
    layout.unfinished.touch()
    return layout


def test_a_register_that_was_never_finished_is_made_anew(school: School) -> None:
    broken_off(school)
    assert school.vault.state(school.folder).kind == "empty"
    session, _ = school.vault.create(school.folder, SCHOOL, DIRECTOR.name, DIRECTOR.password)
    school.keep(session)
    assert not Layout(school.folder).unfinished.exists()


def test_without_the_mark_nothing_is_emptied(school: School) -> None:
    layout = broken_off(school)
    layout.unfinished.unlink()
    assert school.vault.state(school.folder).kind == "foreign"
    with pytest.raises(Refusal, match=r"register\.folder_not_empty"):
        school.vault.create(school.folder, SCHOOL, DIRECTOR.name, DIRECTOR.password)
    assert (school.folder / "consent.db").exists()


def test_with_a_directory_the_mark_means_nothing_and_goes(school: School) -> None:
    layout = Layout(school.folder)
    layout.unfinished.touch()
    assert school.vault.state(school.folder).kind == "register"
    assert school.director().users()
    assert not layout.unfinished.exists()


def test_what_cannot_be_taken_keeps_its_mark(tmp_path: Path) -> None:
    layout = Layout(tmp_path / "register")
    unfinished.begin(layout)
    (layout.folder / "blobs").symlink_to(tmp_path)  # rmtree takes no links
    unfinished.empty(layout)
    assert layout.unfinished.exists()
