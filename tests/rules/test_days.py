"""Which day an instant falls on is asked of the clock: at midnight the day at the school differs."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.rules.tree import ROOT, parsed, place, plant, programs

if TYPE_CHECKING:
    from pathlib import Path

MEANT = {"app/consent/verdict.py"}
"""Where the day elsewhere is compared first because it is quick, and the school's decides."""


def foreign_days(root: Path) -> list[str]:
    return [
        place(path, root, node.lineno)
        for path in programs(root, tests=False)
        if path.relative_to(root).as_posix() not in MEANT
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and is_foreign(node.func)
    ]


def is_foreign(called: ast.expr) -> bool:
    """Whether this asks an instant of the register itself for its day."""
    if not isinstance(called, ast.Attribute) or called.attr != "date":
        return False
    of = called.value
    name = of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "")
    return name.endswith("_at")


def test_the_day_of_an_instant_is_that_of_the_school() -> None:
    assert foreign_days(ROOT) == []


def test_a_foreign_day_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "ui/page.py", "day = one.recorded_at.date()\nother = sent_at.date()\n")
    assert len(foreign_days(tmp_path)) == 2
