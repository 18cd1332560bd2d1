"""Words that belong in no file: unfinished business, private places, registries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.rules.tree import ROOT, place, plant, texts

if TYPE_CHECKING:
    from pathlib import Path

# A letter in brackets, so that this file does not break its own rule.
BANNED = {
    "unfinished": r"\b([T]ODO|[F]IXME|[X]XX)\b",
    "numbered issue": r"(?i)\b[i]ssues?\s+(number\s+|no\.?\s*|#)?\d+",
    "private place": r"(?<![\w.~-])/([w]ork|[h]ome|[r]oot)/",
    "registry": r"[p]ypi\.org|[p]ythonhosted\.|[n]pmjs\.|[a]naconda\.org",
}


def banned(root: Path) -> list[str]:
    return [
        f"{place(path, root, number)} {kind}: {match.group()}"
        for path in texts(root)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for kind, pattern in BANNED.items()
        for match in re.finditer(pattern, line)
    ]


def test_no_file_holds_a_banned_word() -> None:
    assert banned(ROOT) == []


@pytest.mark.parametrize(
    "backwards",  # for the same reason
    ["retal :ODOT #", "21 eussi ees", ")'vsc.tsil/anna/emoh/'(nepo", "elpmis/gro.ipyp//:sptth"],
)
def test_a_banned_word_is_found(tmp_path: Path, backwards: str) -> None:
    plant(tmp_path, "docs/page.md", f"fine\n{backwards[::-1]}\n")
    assert len(banned(tmp_path)) == 1
    assert banned(tmp_path)[0].startswith("docs/page.md:2 ")


def test_hash_lists_name_no_address() -> None:
    locks = [path.read_text("utf-8") for path in ROOT.glob("requirements*.lock")]
    assert locks
    assert not [lock for lock in locks if "://" in lock or "--index" in lock]
