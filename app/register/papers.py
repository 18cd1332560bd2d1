"""Sheets about access, as handed to the press. They hold secrets: nothing of them is stored."""

from __future__ import annotations

from dataclasses import dataclass

from app.paper import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheet(Paper):
    """The sheet for the school's safe.

    Attributes:
        code: the recovery code in its groups; fingerprint: root fingerprint of the register.
        made_on: day of making, written out.
    """

    school: str
    director: str
    code: str
    fingerprint: str
    made_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessSheet(Paper):
    """A new user's name and one-time code, to be handed over in person."""

    school: str
    user: str
    roles: str
    code: str
    made_on: str
