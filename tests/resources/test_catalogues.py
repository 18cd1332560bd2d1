"""Catalogues: compiled once by the set-up, never older than their source."""

from __future__ import annotations

import gettext
import io
import os
import shutil
from typing import TYPE_CHECKING

import pytest

import resources

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The Dutch texts of one room, in a place of their own."""
    for language in resources.LANGUAGES:
        there = tmp_path / "locale" / language
        there.mkdir(parents=True)
        shutil.copy(resources._HERE / "locale" / language / "kit.po", there)
    monkeypatch.setattr(resources, "_HERE", tmp_path)
    return tmp_path / "locale" / "nl"


def product() -> str:
    found = resources.catalogue("nl", "kit")
    assert found is not None
    return gettext.GNUTranslations(io.BytesIO(found)).gettext("kit.product")


def test_compiled_or_not_the_texts_are_the_same(folder: Path) -> None:
    before = resources.catalogue("nl", "kit")
    assert resources.compile_catalogues() == ["nl/kit", "en/kit"]
    assert resources.catalogue("nl", "kit") == before == (folder / "kit.mo").read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == ["kit.mo", "kit.po"]


def test_what_has_not_changed_is_left_alone(folder: Path) -> None:
    resources.compile_catalogues()
    assert resources.compile_catalogues() == []


@pytest.mark.parametrize("later", [-60, 60])
def test_a_changed_source_is_read_whatever_its_time(folder: Path, later: int) -> None:
    resources.compile_catalogues()
    source = folder / "kit.po"
    changed = source.stat().st_mtime + later
    source.write_text(source.read_text("utf-8").replace('"Boordboek"', '"Logboek"'), "utf-8")
    os.utime(source, (changed, changed))
    assert product() == "Logboek"
    assert resources.compile_catalogues() == ["nl/kit"]
    assert product() == "Logboek"


def test_without_a_source_the_compiled_texts_count(folder: Path) -> None:
    resources.compile_catalogues()
    (folder / "kit.po").unlink()
    assert product() == "Boordboek"
