"""What a copy can be for, and the reasons for which a name is left out or stays; data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import resources
from app.data import Rows, Wording
from app.record import Compartment

STAFF = ("remove", "keep")


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a copy is for.

    Attributes:
        dossiers: where it can be chosen.
        to: who it can be for: pupil, guardian, staff, or typed.
        never: kinds of pieces that can never be in it; apart: left out at first.
        keeps_staff: names of staff are proposed to stay.
    """

    key: str
    name: Wording
    explain: Wording
    dossiers: tuple[Compartment, ...]
    to: tuple[str, ...]
    never: tuple[str, ...]
    apart: tuple[str, ...]
    keeps_staff: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a name is left out (`removes`) or stays."""

    key: str
    name: Wording
    removes: bool


@cache
def purposes() -> tuple[Purpose, ...]:
    """All purposes, in order.

    Raises:
        DataError: when the table does not say what it must.
    """
    found = enumerate(resources.compile_rules()["purposes"])
    return tuple(_purpose(Rows(row, f"compile: purpose {place}")) for place, row in found)


def purpose(key: str) -> Purpose:
    """The purpose with this key.

    Raises:
        KeyError: when there is none.
    """
    return {each.key: each for each in purposes()}[key]


@cache
def reasons() -> tuple[Reason, ...]:
    """All reasons, in order: those that remove a name first."""
    found = enumerate(resources.compile_rules()["reasons"])
    return tuple(_reason(Rows(row, f"compile: reason {place}")) for place, row in found)


def reason(key: str) -> Reason:
    """The reason with this key.

    Raises:
        KeyError: when there is none.
    """
    return {each.key: each for each in reasons()}[key]


def _purpose(row: Rows) -> Purpose:
    row.only("key", "order", "dossiers", "to", "never", "apart", "staff", "name", "explain")
    return Purpose(
        key=row.text("key"),
        name=row.words("name"),
        explain=row.words("explain"),
        dossiers=tuple(Compartment(name) for name in row.texts("dossiers")),
        to=row.texts("to"),
        never=row.texts("never"),
        apart=row.texts("apart"),
        keeps_staff=row.choice("staff", STAFF) == "keep",
    )


def _reason(row: Rows) -> Reason:
    row.only("key", "order", "removes", "name")
    return Reason(row.text("key"), row.words("name"), row.flag("removes"))
