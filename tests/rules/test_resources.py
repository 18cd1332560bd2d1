"""Data that is a rule says where it comes from and when that was checked."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.rules.tree import ROOT, place, plant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RULES = {
    "forms",
    "law",
    "letters",
    "procedures",
    "profiles",
    "protocols",
    "receipts",
    "retention",
}
"""Folders of which every file is a rule or the wording of one."""

OWN_SOURCE = {"terms"}
"""Lists of which every row stands on its own source."""

LANGUAGES = {"nl", "en"}


def faults(root: Path) -> list[str]:
    found = []
    for path in sorted((root / "resources").rglob("*.toml")):
        try:
            content = tomllib.loads(path.read_text("utf-8"))
        except tomllib.TOMLDecodeError as error:
            found.append(f"{place(path, root)}: {error}")
            continue
        is_rule = path.relative_to(root / "resources").parts[0] in RULES
        found += [
            f"{place(path, root)}: {fault}" for fault in in_file(content, is_rule=is_rule)
        ]
    return found


def in_file(content: dict[str, Any], *, is_rule: bool) -> Iterator[str]:
    if is_rule:
        yield from sourced(content, "the file")
    for key in OWN_SOURCE.intersection(content):
        for row in content[key]:
            yield from sourced(row, str(row.get("key", key)))
    for name, table in tables(content, ""):
        if table.keys() & LANGUAGES and not table.keys() >= LANGUAGES:
            yield f"{name} is not in both languages"
        if "checked" in table and type(table["checked"]) is not date:
            yield f"{name} was checked on no day"
        if "source" in table and not str(table["source"]).strip():
            yield f"{name} has an empty source"


def sourced(table: dict[str, Any], name: str) -> Iterator[str]:
    for key in ("source", "checked"):
        if key not in table:
            yield f"{name} has no {key}"


def tables(value: object, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield name or "the file", value
        for key, inner in value.items():
            yield from tables(inner, f"{name}.{key}".lstrip("."))
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from tables(inner, f"{name}[{number}]")


def test_every_rule_has_its_source() -> None:
    assert faults(ROOT) == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("key = ", "Invalid value (at end of document)"),
        ("checked = 2026-11-22", "the file has no source"),
        ('source = "law"', "the file has no checked"),
        ('source = " "\nchecked = 2026-11-22', "the file has an empty source"),
        ('source = "law"\nchecked = "today"', "the file was checked on no day"),
        (
            'source = "law"\nchecked = 2026-11-22\n[[terms]]\nkey = "views"\nsource = "law"',
            "views has no checked",
        ),
        (
            'source = "law"\nchecked = 2026-11-22\n[[rows]]\nname = { nl = "ja" }',
            "rows[1].name is not in both languages",
        ),
    ],
)
def test_a_fault_is_found(tmp_path: Path, content: str, fault: str) -> None:
    plant(tmp_path, "resources/law/terms.toml", content)
    assert faults(tmp_path) == [f"resources/law/terms.toml: {fault}"]


def test_a_list_that_is_no_rule_needs_no_source(tmp_path: Path) -> None:
    plant(tmp_path, "resources/sample/names.toml", 'first = ["Anna"]')
    assert faults(tmp_path) == []
