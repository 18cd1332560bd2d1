"""Pictures of procedures: what they show is what the file says, and those in the manual are new."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import resources
from app.procedures.picture import picture, write_pictures
from app.procedures.procedure import load_procedure
from app.text import LANGUAGES
from tests.app.dossier.hearing import KEY

if TYPE_CHECKING:
    from app.procedures.procedure import Procedure

MANUAL = Path(__file__).parents[3] / "docs" / "procedures"
EVERY = [(key, language) for key in resources.procedures() for language in LANGUAGES]
TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")


def said(procedure: Procedure, language: str = "nl") -> str:
    """Every word of a picture, in one line."""
    return " ".join(unescape(line) for line in TEXT.findall(picture(procedure, language)))


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_the_manual_shows_the_procedure_as_it_is(key: str, language: str) -> None:
    file = MANUAL / f"{key}.{language}.svg"
    drawn = picture(load_procedure(key), language)
    assert file.read_text(encoding="utf-8") == drawn, "draw them anew: make pictures"


def test_the_manual_shows_no_procedure_that_is_gone() -> None:
    files = {file.name for file in MANUAL.glob("*.svg")}
    assert files == {f"{key}.{language}.svg" for key, language in EVERY}


@pytest.mark.parametrize("key", resources.procedures())
def test_every_state_and_step_stands_in_the_picture(key: str) -> None:
    procedure = load_procedure(key)
    words = said(procedure)
    names = [state.name for state in procedure.states]
    names += [step.name for step in procedure.steps]
    assert [name.nl for name in names if name.nl not in words] == []


@pytest.mark.usefixtures("hearing")
def test_what_a_step_waits_for_and_starts_is_said() -> None:
    words = said(load_procedure(KEY))
    assert "pas na de termijn zienswijze van de medewerker (3 weken)" in words
    assert "tenzij de betrokkene heeft een zienswijze gegeven" in words
    assert "een tweede persoon tekent mee voordat het verder gaat" in words
    assert "alleen met een reden" in words


@pytest.mark.usefixtures("hearing")
def test_every_step_has_its_arrow() -> None:
    procedure = load_procedure(KEY)
    dots = picture(procedure, "en").count("<circle ")
    assert dots == sum(len(step.sources) for step in procedure.steps)


def test_pictures_are_written_where_they_are_asked_for(tmp_path: Path) -> None:
    files = write_pictures(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(files)
