"""How a use is called on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import resources
from app.consent.uses import split_use

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.consent.records import Channel


def use_name(use: str, channels: Mapping[str, Channel], language: str) -> str:
    """A use as it stands on paper, in a language: "Website · foto"."""
    medium, key = split_use(use)
    names = {row["key"]: row["name"] for row in resources.media()}[medium]
    name = names.get(language, names["nl"])
    channel = channels[key].short(language) if key in channels else key
    return f"{channel} · {name if language == 'de' else name.lower()}"
