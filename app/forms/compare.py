"""What changed from one form version to another, use by use and text by text.

Pure functions. A use is *widened* when a yes to the old wording does not cover the new one: its
scope was raised, everybody can see it now, it can be kept outside the EEA, or a one-off use
lasts longer. It is *narrower* when it only became less; *reworded* when only its words changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from app.forms.content import OWN_SIGNERS, SHOWN, content_of
from app.text import PAPER_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from app.consent.records import FormVersion
    from app.forms.content import AskedUse, Content


class Kind(StrEnum):
    """What happened to a use or a text."""

    ADDED = "added"
    REMOVED = "removed"
    WIDENED = "widened"
    NARROWED = "narrowed"
    REWORDED = "reworded"


ASKS_AGAIN = frozenset({Kind.ADDED, Kind.WIDENED})


@dataclass(frozen=True, slots=True)
class UseChange:
    """What changed about one use.

    Attributes:
        languages: languages in which its words changed.
    """

    use: str
    kind: Kind
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextChange:
    """What changed about one block of text in one language.

    Attributes:
        block: name of the block, such as "rights", or "controller" of who asks.
        before, after: the block as lines; () where it was not there.
    """

    block: str
    language: str
    kind: Kind
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes, in the order of the form.

    Attributes:
        period: how the period changed in which a yes holds, or None.
    """

    uses: tuple[UseChange, ...] = ()
    texts: tuple[TextChange, ...] = ()
    period: Kind | None = None

    def __bool__(self) -> bool:
        return bool(self.uses or self.texts or self.period)

    @property
    def asked_again(self) -> tuple[str, ...]:
        """The uses that a yes to the old version does not cover."""
        return tuple(change.use for change in self.uses if change.kind in ASKS_AGAIN)


@dataclass(frozen=True, slots=True)
class Reask:
    """A use that is asked again.

    Attributes:
        since: number of the version that widened it, or asked it for the first time.
        new: it was not asked before at all.
    """

    use: str
    since: int
    new: bool = False


def compare(old: Content, new: Content) -> Comparison:
    """What changed from one content to another; nothing from a content to itself."""
    return Comparison(
        uses=tuple(_uses(old, new)),
        texts=tuple(_texts(old, new)),
        period=_longer(old.valid_until, new.valid_until),
    )


def widened_since(versions: Sequence[FormVersion]) -> tuple[Reask, ...]:
    """Which uses of the newest version were widened or added since the first, and when last.

    Args:
        versions: the versions of one form, in order.
    """
    found: dict[str, Reask] = {}
    for old, new in pairwise(versions):
        for change in compare(content_of(old), content_of(new)).uses:
            if change.kind is Kind.REMOVED:
                found.pop(change.use, None)
            elif change.kind in ASKS_AGAIN:
                added = change.kind is Kind.ADDED
                found[change.use] = Reask(change.use, new.number, new=added)
    asked = [one.use for one in content_of(versions[-1]).asked()] if versions else []
    return tuple(found[use] for use in asked if use in found)


# -- uses -----------------------------------------------------------------------------------


def _uses(old: Content, new: Content) -> Iterator[UseChange]:
    before = {one.use: one for one in old.asked()}
    after = {one.use: one for one in new.asked()}
    for use, one in after.items():
        if use not in before:
            yield UseChange(use, Kind.ADDED)
            continue
        kind = _width(before[use], one)
        languages = _reworded(old, new, one.channel)
        if kind or languages:
            yield UseChange(use, kind or Kind.REWORDED, languages)
    for use in before:
        if use not in after:
            yield UseChange(use, Kind.REMOVED)


def _width(before: AskedUse, after: AskedUse) -> Kind | None:
    """Whether a use became more, or only less."""
    pairs = list(zip(_measure(before), _measure(after), strict=True))
    if any(new > old for old, new in pairs):
        return Kind.WIDENED
    return Kind.NARROWED if any(new < old for old, new in pairs) else None


def _measure(one: AskedUse) -> tuple[int, ...]:
    """How wide a use is, in every direction in which it can be wide."""
    start = one.start.toordinal() if one.start else 0
    end = (one.end or date.max).toordinal()
    return one.scope, int(one.public), int(one.outside_eea), -start, end


def _reworded(old: Content, new: Content, channel: str) -> tuple[str, ...]:
    before, after = (one.channels()[channel]["texts"] for one in (old, new))

    def said(texts: Mapping[str, Mapping[str, str]], language: str) -> list[str]:
        return [texts.get(language, {}).get(name, "") for name in SHOWN]

    return tuple(one for one in PAPER_LANGUAGES if said(before, one) != said(after, one))


def _longer(before: date | None, after: date | None) -> Kind | None:
    if before == after:
        return None
    return Kind.WIDENED if (after or date.max) > (before or date.max) else Kind.NARROWED


# -- texts ----------------------------------------------------------------------------------


def _texts(old: Content, new: Content) -> Iterator[TextChange]:
    for language in PAPER_LANGUAGES:
        before, after = blocks(old, language), blocks(new, language)
        for block in dict.fromkeys((*after, *before)):
            was, now = before.get(block, ()), after.get(block, ())
            if was != now:
                kind = Kind.REWORDED if was and now else Kind.ADDED if now else Kind.REMOVED
                yield TextChange(block, language, kind, was, now)


def blocks(content: Content, language: str) -> dict[str, tuple[str, ...]]:
    """Every block of text of a form, as lines, by name; without the uses themselves.

    The blocks of a pupil who signs are named `pupil_signs.rights` and so on; so of an adult.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, value in content.plain["languages"].get(language, {}).items():
        if name in OWN_SIGNERS:
            found |= {f"{name}.{inner}": tuple(_lines(held)) for inner, held in value.items()}
        else:
            found[name] = tuple(_lines(value))
    conditions = (item["name"].get(language, "") for item in content.plain["conditions"])
    found["conditions"] = (*found.get("conditions", ()), *conditions)
    media = content.plain["media"]
    titles = (item[name].get(language, "") for item in media for name in _OF_MEDIA)
    found["media"] = (*found.get("media", ()), *titles)
    found["asked_by"] = tuple(filter(None, content.plain["controller"].values()))
    return found


_OF_MEDIA = ("name", "explain")


def _lines(value: object) -> Iterator[str]:
    """The texts of a block, in their order."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _lines(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _lines(inner)
    else:
        yield str(value)


def by_block(changes: Iterable[TextChange], language: str) -> tuple[TextChange, ...]:
    """The changes in one language."""
    return tuple(change for change in changes if change.language == language)
