"""How long things may be: files 500 lines, functions 50."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.rules.tree import ROOT, parsed, place, plant, programs

if TYPE_CHECKING:
    from pathlib import Path

FILE_LINES = 500
FUNCTION_LINES = 50


def too_long(root: Path) -> list[str]:
    found = []
    for path in programs(root):
        lines = len(path.read_text("utf-8").splitlines())
        if lines > FILE_LINES:
            found.append(f"{place(path, root)} has {lines} lines")
        found += [
            f"{place(path, root, node.lineno)} {node.name} has {length(node)} lines"
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and length(node) > FUNCTION_LINES
        ]
    return found


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_nothing_is_too_long() -> None:
    assert too_long(ROOT) == []


def test_a_long_file_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "app/long.py", "one = 1\n" * (FILE_LINES + 1))
    plant(tmp_path, "app/fits.py", "one = 1\n" * FILE_LINES)
    assert too_long(tmp_path) == ["app/long.py has 501 lines"]


def test_a_long_function_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "ui/page.py", "def fits():\n" + "    one = 1\n" * (FUNCTION_LINES - 1))
    plant(tmp_path, "ui/long.py", "\ndef long():\n" + "    one = 1\n" * FUNCTION_LINES)
    assert too_long(tmp_path) == ["ui/long.py:2 long has 51 lines"]
