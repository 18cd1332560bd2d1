"""How much the files of other systems may hold before they are refused."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

import resources


class Limit(StrEnum):
    """The limits of `resources/roster.toml`, by name."""

    FILE = "file_bytes"
    TOTAL = "total_bytes"
    FIELD = "field_characters"
    MARKUP = "markup_bytes"
    ROWS = "rows"
    DEPTH = "depth"
    ELEMENTS = "elements_per_person"
    PERSON = "characters_per_person"
    MEMBERS = "members"
    DIRECTORY = "directory_bytes"
    RATIO = "ratio"
    RATIO_FROM = "ratio_from_bytes"
    TEXT = "text_characters"
    KEY = "key_characters"
    NUMBER = "number_characters"


@cache
def limit(which: Limit) -> int:
    """How much of something a file may hold; the reason stands beside the number."""
    found: int = resources.roster_rules()["limits"][which]
    return found
