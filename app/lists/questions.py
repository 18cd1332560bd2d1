"""What is asked about printed lists, answered by the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.lists.records import ListEnd, PrintedList
from app.record import Question

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class OpenLists(Question[tuple[PrintedList, ...]]):
    """The lists that are out there, newest first.

    Attributes:
        since: only those that may be used on this day or later.
    """

    since: date


@dataclass(frozen=True, slots=True)
class NewestLists(Question[tuple[tuple[PrintedList, ListEnd | None], ...]]):
    """Lists with the end that stands, newest first.

    Attributes:
        number: the one list with this number only, or "" for all.
    """

    number: str = ""
    limit: int = 500


@dataclass(frozen=True, slots=True)
class PapersOver(Question[tuple[PrintedList, ...]]):
    """The lists of which the paper is stored and not destroyed yet, oldest last day first.

    Attributes:
        until: only those that could be used on this day at the latest.
    """

    until: date


@dataclass(frozen=True, slots=True)
class NumberTaken(Question[bool]):
    """Whether another list carries this number already."""

    number: str
    id: str


@dataclass(frozen=True, slots=True)
class SettingsWritten:
    """What was written of the settings.

    Attributes:
        channels: keys of channels; school: the school itself, with its jurisdiction.
        making: a channel that asks whether recordings may be made at all.
    """

    channels: frozenset[str]
    school: bool
    making: bool


@dataclass(frozen=True, slots=True)
class SettingsSince(Question[SettingsWritten]):
    """What journal entries with a higher number than this one wrote of the settings."""

    number: int
