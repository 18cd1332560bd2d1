"""The documented users of the sample school, for a lock screen that offers them."""

from __future__ import annotations

from dataclasses import dataclass

import resources


@dataclass(frozen=True, slots=True)
class DemoUser:
    """A user of the sample school; the phrase is public and for trying out only."""

    name: str
    role: str
    phrase: str


def demo_users() -> tuple[DemoUser, ...]:
    """The documented users of the sample school, the director first."""
    found = resources.sample_school()["users"]
    return tuple(DemoUser(user["name"], user["roles"][0], user["passphrase"]) for user in found)
