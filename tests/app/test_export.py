"""A document is saved whole or not at all, and leaves nothing half beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.errors import Trouble
from app.export import save_to

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_document_replaces_the_one_before(tmp_path: Path) -> None:
    for content in (b"one", b"two"):
        save_to(tmp_path / "a.pdf", content)
    assert (tmp_path / "a.pdf").read_bytes() == b"two"
    assert names(tmp_path) == ["a.pdf"]


def test_what_a_save_left_half_goes_with_the_next_and_nothing_else_does(tmp_path: Path) -> None:
    kept = ["a.pdf.part", "a.pdf.0123456.part", "b.pdf.01234567.part", "a.pdf.0123456G.part"]
    for name in ("a.pdf.01234567.part", *kept):
        (tmp_path / name).touch()
    save_to(tmp_path / "a.pdf", b"whole")
    assert names(tmp_path) == sorted(["a.pdf", *kept])


def test_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"shell\.export_failed"):
        save_to(tmp_path / "gone" / "a.pdf", b"whole")
