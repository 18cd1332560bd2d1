"""The check list as it is stored: rewritten by publishing, never edited."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime


class RowKind(StrEnum):
    """Who a row is about: a pupil, a member of staff, or another adult at the school."""

    PUPIL = "pupil"
    STAFF = "staff"
    OTHER = "other"

    @property
    def adult(self) -> bool:
        """Whether it is somebody who is no pupil."""
        return self is not RowKind.PUPIL


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow(Record):
    """One pupil or adult on the check list; the id is that person's.

    Attributes:
        name: name as shown.
        sort_key: place in the Dutch order of names.
        folded: name folded for search.
        kind: a child and an adult of one name are never taken for each other.
        group_id: group of the pupil now, or ""; of an adult "".
        site: name of the site of an adult, where known; of a pupil it stands with the group.
        bucket: part of the list that is hashed together, from the id.
        verdicts: the answers per use, as compact JSON (see `app.check.listing`).
        until: last day on which the answers hold.
    """

    name: str
    sort_key: str
    folded: str
    kind: RowKind = RowKind.PUPIL
    group_id: str
    site: str = ""
    bucket: int
    verdicts: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckHeader(Record):
    """Groups, channels and school name, as JSON; one row with the id "header"."""

    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckBranch(Record):
    """Hashes of 32 neighbouring buckets, concatenated; the id is the number, "0" to "31"."""

    digests: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Record):
    """A signed publication of the check list.

    Attributes:
        number: 1, 2, …
        basis: number of the consent journal's head whose facts it shows.
        root: hash over header and branches.
        previous: root of the publication before.
        user, key, signature: who signed it.
        publisher: his name, as shown.
    """

    number: int
    published_at: datetime
    publisher: str
    basis: int
    root: str
    previous: str
    user: str
    key: str
    signature: str
