"""A version as it was when a breach was filed, for a dossier that refers to no other file."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import resources
from app.data import DataError, Rows
from app.protocol.load import load_protocol
from app.protocol.own import EVALUATE, content_of, own_content, with_days, words_of

if TYPE_CHECKING:
    from app.protocol.values import Protocol


def frozen(protocol: Protocol) -> str:
    """A version as text; "" for one that is shipped and has nothing noted by the school."""
    shipped = protocol.key in resources.protocols()
    if shipped and load_protocol(protocol.key) == protocol:
        return ""
    base = protocol.key if shipped else protocol.base
    content = "" if shipped else content_of(words_of(protocol, base))
    days = {trail.key: _iso(trail.on) for trail in protocol.trail}
    said = {
        "key": protocol.key,
        "version": protocol.version,
        "base": base,
        "content": content,
        "starts": _iso(protocol.starts),
        "follows": protocol.follows,
        "days": {**days, EVALUATE: _iso(protocol.evaluate_on)},
    }
    return json.dumps(said, sort_keys=True, ensure_ascii=False)


def thawed(key: str, text: str) -> Protocol:
    """The version that was frozen; the shipped one when there is no text.

    Raises:
        KeyError: when no such protocol is shipped.
        DataError: when the text is damaged.
    """
    if not text:
        return load_protocol(key)
    try:
        rows = Rows(json.loads(text), key)
        found = _own(rows) if rows.text("content", "") else load_protocol(rows.text("base"))
        named = rows.inner("days")
        known = (EVALUATE, *(trail.key for trail in found.trail))
        return with_days(found, {name: _day(named.text(name, "")) for name in known})
    except (ValueError, AttributeError, TypeError) as error:
        raise DataError(key, "is damaged") from error


def _own(rows: Rows) -> Protocol:
    base = load_protocol(rows.text("base"))
    return own_content(
        base,
        rows.text("content"),
        key=rows.text("key"),
        version=rows.whole("version"),
        starts=_day(rows.text("starts", "")),
        follows=rows.text("follows", ""),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
