"""The project's own files, as the rules look at them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOORS = ("app", "db", "reports", "resources", "ui")
TOP_LEVEL = {
    *FLOORS,
    ".ci",
    ".editorconfig",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "docs",
    "main.py",
    "pyproject.toml",
    "requirements-dev.in",
    "requirements-dev.lock",
    "requirements.in",
    "requirements.lock",
    "tests",
}
"""All that may stand beside each other at the top."""

_TEXT = {".css", ".in", ".json", ".md", ".po", ".py", ".qss", ".svg", ".toml", ".txt"}
_NAMED = {".editorconfig", ".gitignore", "LICENSE", "Makefile"}


def programs(root: Path, *, tests: bool = True) -> list[Path]:
    """Every Python file under the root that is part of the project."""
    floors = (*FLOORS, "tests") if tests else FLOORS
    found = [path for floor in floors for path in root.joinpath(floor).rglob("*.py")]
    return sorted([*root.glob("main.py"), *found])


def texts(root: Path) -> list[Path]:
    """Every file under the root that a person can read, except the lists of hashes."""
    found = []
    for name in TOP_LEVEL:
        top = root / name
        inside = top.rglob("*") if top.is_dir() else [top]
        found += [path for path in inside if path.is_file() and _is_text(path)]
    return sorted(found)


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def place(path: Path, root: Path, line: int | None = None) -> str:
    """Where something was found, as an editor understands it."""
    name = path.relative_to(root).as_posix()
    return name if line is None else f"{name}:{line}"


def plant(root: Path, name: str, content: str) -> Path:
    """Write a file under the root, folders included, to prove that a rule sees it."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def _is_text(path: Path) -> bool:
    if "__pycache__" in path.parts:
        return False
    return path.suffix in _TEXT or path.name in _NAMED or _is_script(path)


def _is_script(path: Path) -> bool:
    if path.suffix:
        return False
    with path.open("rb") as file:
        return file.read(2) == b"#!"
