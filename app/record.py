"""What a stored fact looks like to the domain, and how the domain asks for facts.

A *record* is a frozen dataclass with an `id`; the store keeps it as one row. A *question* is a
frozen dataclass naming what is asked and the type of its answer; the store knows how to answer
it quickly.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Compartment(StrEnum):
    """A part of the register with a file and a key of its own."""

    CHECK = "check"
    CONSENT = "consent"
    PUPIL_DOSSIER = "pupil_dossier"
    STAFF_DOSSIER = "staff_dossier"


DOSSIERS = (Compartment.PUPIL_DOSSIER, Compartment.STAFF_DOSSIER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A stored fact or thing; `id` is a UUIDv7 as 32 hexadecimal characters."""

    id: str


@dataclass(frozen=True, slots=True)
class Question(Generic[T_co]):
    """Something that only the store can answer quickly; `T_co` is the type of the answer."""
