"""After a whole story, with the plug pulled out, nothing readable stands anywhere on the disk."""

from __future__ import annotations

import base64
import gzip
import json
import os
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.campaigns.places import quick_folder
from tests.scan.needles import forms_of, search, secret_forms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
HOMES = (
    "HOME",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
)


class Told(NamedTuple):
    """Where the story was played, the word of each field, and each secret as bytes."""

    place: Path
    words: dict[str, str]
    secrets: dict[str, bytes]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The story, played by a process that was killed at its end."""
    with quick_folder(tmp_path_factory.mktemp("scan")) as place:
        homes = {name: str(place / name) for name in HOMES}
        for home in homes.values():
            Path(home).mkdir()
        done = subprocess.run(
            [sys.executable, "-m", "tests.scan.story", str(place)],
            cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, **homes},
        )  # fmt: skip
        assert done.returncode < 0, done.stderr
        found = json.loads(done.stdout)
        secrets = {name: bytes.fromhex(digits) for name, digits in found["secrets"].items()}
        yield Told(place, found["words"], secrets)


def test_the_plug_was_pulled_in_the_middle_of_a_write(told: Told) -> None:
    assert (told.place / "register" / "consent.db-journal").stat().st_size > 10_000
    assert (told.place / "XDG_STATE_HOME" / "boordboek" / "registers").is_dir()
    assert len(told.words) > 50
    assert len(told.secrets) > 30


def test_no_word_of_any_field_stands_anywhere(told: Told) -> None:
    wanted = {field: forms_of(word) for field, word in told.words.items()}
    assert search([told.place], wanted) == []


def test_no_key_and_no_code_stands_anywhere(told: Told) -> None:
    wanted = {name: secret_forms(secret) for name, secret in told.secrets.items()}
    assert search([told.place], wanted) == []


WORD = "Qyxbcdyqo"


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("inside", f"a {WORD} b")


WAYS: dict[str, Callable[[Path], object]] = {
    "plain": lambda path: path.write_text(f"a {WORD} b"),
    "lower case": lambda path: path.write_text(f"a {WORD.lower()} b"),
    "utf-16": lambda path: path.write_bytes(WORD.encode("utf-16-le")),
    "base64": lambda path: path.write_bytes(base64.b64encode(f"x {WORD}, y".encode())),
    "zlib": lambda path: path.write_bytes(b"xx" + zlib.compress(f"a {WORD} b".encode())),
    "gzip": lambda path: path.write_bytes(gzip.compress(f"a {WORD} b".encode())),
    "zip": zipped,
    "name": lambda path: (path.parent / f"x{WORD}").touch(),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_word_is_found_however_it_was_written(tmp_path: Path, way: str) -> None:
    WAYS[way](tmp_path / "file")
    assert search([tmp_path], {"field": forms_of(WORD)})
