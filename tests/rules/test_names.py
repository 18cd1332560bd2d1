"""Where things stand and what they may be called."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.rules.tree import ROOT, TOP_LEVEL, place, plant, programs

if TYPE_CHECKING:
    from pathlib import Path

NO_NAME = {
    "common",
    "handler",
    "handlers",
    "helper",
    "helpers",
    "manager",
    "util",
    "utils",
}


def empty_names(root: Path) -> list[str]:
    return [
        place(path, root)
        for path in programs(root)
        if NO_NAME.intersection(path.relative_to(root).with_suffix("").parts)
    ]


def strangers(root: Path) -> list[str]:
    """Names at the top that are neither agreed nor ignored by git."""
    command = ["git", "-C", str(root), "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return sorted({name.split("/")[0] for name in listed.splitlines()} - TOP_LEVEL)


def test_every_module_has_a_name_of_its_own() -> None:
    assert empty_names(ROOT) == []


def test_an_empty_name_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "app/consent/utils.py", "")
    plant(tmp_path, "ui/common/page.py", "")
    assert empty_names(tmp_path) == ["app/consent/utils.py", "ui/common/page.py"]


def test_the_top_level_is_as_agreed() -> None:
    if (ROOT / ".git").exists():
        assert strangers(ROOT) == []


def test_a_stranger_at_the_top_is_found(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    plant(tmp_path, "main.py", "")
    plant(tmp_path, "scripts/extra.py", "")
    assert strangers(tmp_path) == ["scripts"]
