"""The check list as it is stored: rewritten by publishing, never edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow(Record):
    """One pupil on the check list; the id is the pupil's.

    Attributes:
        name: name as shown.
        sort_key: place in the Dutch order of names.
        folded: name folded for search.
        group_id: group of the pupil now, or "".
        bucket: part of the list that is hashed together, from the id.
        verdicts: the answers per use, as compact JSON (see `app.check.listing`).
        until: last day on which the answers hold.
    """

    name: str
    sort_key: str
    folded: str
    group_id: str
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
