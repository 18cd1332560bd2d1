"""The list of pages and sections: every one of them exists, and who gets it."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

import resources
from app.ports import UserCard
from app.text import Words
from ui.shell.pages import PAGES, PageSpec, pages_of
from ui.shell.sections import SECTIONS, Section, sections_of


def user(role: str) -> UserCard:
    """A user with one role, as the directory would know him."""
    row = next(row for row in resources.roles() if row["key"] == role)
    grants = {f"{part}.{one}" for part, all_of in row["grants"].items() for one in all_of}
    return UserCard("id", "name", (role,), frozenset(grants))


@pytest.mark.parametrize("spec", [*PAGES, *SECTIONS], ids=lambda spec: spec.place)
def test_everything_on_the_list_exists(spec: PageSpec | Section) -> None:
    module, _, name = spec.place.partition(":")
    assert hasattr(import_module(module), name)
    assert Words("nl").has(spec.title)
    assert resources.icon(spec.icon)


def test_a_teacher_gets_no_page_with_pupils_or_dossiers() -> None:
    names = {spec.id for spec in pages_of(user("teacher"))}
    assert names == {"check", "compose", "breach", "reports", "protocol", "settings"}


def test_an_administrator_gets_no_dossiers() -> None:
    names = {spec.id for spec in pages_of(user("administrator"))}
    assert not names & {"inbox", "dossiers", "cases", "journal"}


def test_a_director_starts_with_today() -> None:
    assert pages_of(user("director"))[0].id == "today"


@pytest.mark.parametrize("role", ["teacher", "administrator", "director"])
def test_everybody_may_change_how_it_looks_and_his_phrase(role: str) -> None:
    names = [section.id for section in sections_of(user(role))]
    assert names[:2] == ["appearance", "account"]
    assert names[-1] == "about"


def test_ids_are_plain_words() -> None:
    assert all(re.fullmatch("[a-z_]+", spec.id) for spec in PAGES)
