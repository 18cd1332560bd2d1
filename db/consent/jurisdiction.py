"""Whose rules hold in a file, for tables that follow from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.consent.profiles import DEFAULT, profile
from app.register.records import School
from db.store.derived import Derived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.consent.profiles import Profile
    from app.record import Record
    from db.store.engine import Raw

_SCHOOL = "SELECT jurisdiction FROM school"
_MADE = "SELECT name FROM derived WHERE name GLOB ?"
_FORGET = "DELETE FROM derived WHERE name GLOB ?"
_NOTE = "INSERT INTO derived (name, version) VALUES (?, 1)"


def profile_in(raw: Raw) -> Profile:
    """What the jurisdiction of the school in a file lays down."""
    found = raw.execute(_SCHOOL).fetchone()
    return profile(found[0] if found else DEFAULT)


def following(name: str, rebuild: Callable[[Raw], None]) -> Derived:
    """Makes a derived table anew when the school comes under other rules.

    Under which rules it was made is noted beside its version; nothing noted means the first.
    """
    prefix = f"{name}_under_"

    def refresh(raw: Raw, _ids: Iterable[str]) -> None:
        made = raw.execute(_MADE, (prefix + "*",)).fetchone()
        now = prefix + profile_in(raw).key
        if now != (made[0] if made else prefix + DEFAULT):
            rebuild(raw)
            _note(raw, prefix, now)

    def made(raw: Raw) -> None:
        """The table itself was just made, by the rules of today."""
        _note(raw, prefix, prefix + profile_in(raw).key)

    return Derived(
        name=f"{name}_follows",
        version=1,
        touched_by={"school": _of_school},
        refresh=refresh,
        rebuild=made,
    )


def _note(raw: Raw, prefix: str, name: str) -> None:
    raw.execute(_FORGET, (prefix + "*",))
    raw.execute(_NOTE, (name,))


def _of_school(record: Record) -> str:
    return record.id if isinstance(record, School) else ""
