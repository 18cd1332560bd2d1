"""No character in a source that looks like another one, or cannot be seen.

A name in another script belongs in a source as an escape (`\\u0416`), so that a reader sees it.
The few look-alikes that are meant stand in pyproject.toml under `allowed-confusables`.
"""

from __future__ import annotations

import tomllib
import unicodedata
from typing import TYPE_CHECKING

import pytest

from tests.rules.tree import ROOT, place, plant, texts

if TYPE_CHECKING:
    from pathlib import Path

SPACES = {"\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"}
"""May stand in a catalogue, where there is no other way to write them."""

MEANT = set(
    tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"][
        "allowed-confusables"
    ]
)


def deceiving(root: Path) -> list[str]:
    found = []
    for path in texts(root):
        content = path.read_text("utf-8")
        if content.isascii():
            continue
        for number, line in enumerate(content.split("\n"), 1):
            found += [
                f"{place(path, root, number)} U+{ord(character):04X}"
                for character in line
                if deceives(character, path.suffix)
            ]
    return found


def deceives(character: str, suffix: str) -> bool:
    if character.isascii() or character in MEANT:
        return False
    if suffix == ".po" and character in SPACES:
        return False
    kind = unicodedata.category(character)
    if kind.startswith("L"):
        return not unicodedata.name(character, "").startswith("LATIN")
    return kind[0] in "CMZ"


def test_no_source_deceives_the_eye() -> None:
    assert deceiving(ROOT) == []


@pytest.mark.parametrize(
    "code", [0x0430, 0x03BF, 0x200B, 0x202E, 0x00A0, 0xFEFF, 0x0301, 0x2028, 0xFE0F]
)
def test_a_deceiving_character_is_found(tmp_path: Path, code: int) -> None:
    plant(tmp_path, "app/name.py", f'\nname = "n{chr(code)}n"\n')
    assert deceiving(tmp_path) == [f"app/name.py:2 U+{code:04X}"]


def test_letters_of_dutch_and_polish_are_fine(tmp_path: Path) -> None:
    plant(
        tmp_path, "resources/locale/nl/people.po", "Zoë, Łucja, Şeyma – 1\N{NO-BREAK SPACE}284"
    )
    assert deceiving(tmp_path) == []
