"""Texts that exist in several languages at once, such as the name of a channel.

Stored as one JSON text, `{"nl": {"name": "Website", …}, "de": {…}}`, without what is empty.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from resources import PAPER_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Spoken = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Texts:
    """Named texts in several languages; equal when they say the same.

    Attributes:
        written: the JSON that is stored; make values with `texts_of`, never by hand.
    """

    written: str = ""

    def exactly(self, name: str, language: str) -> str:
        """A text in this very language, or ""."""
        return _spoken(self.written).get(language, {}).get(name, "")

    def said(self, name: str, language: str) -> str:
        """A text in a language, or in the first of `PAPER_LANGUAGES` that has it, or ""."""
        spoken = _spoken(self.written)
        for one in (language, *PAPER_LANGUAGES):
            found = spoken.get(one, {}).get(name, "")
            if found:
                return found
        return ""

    def by_language(self, name: str) -> dict[str, str]:
        """A text by language, only the languages that have it."""
        spoken = _spoken(self.written)
        return {one: held[name] for one, held in spoken.items() if name in held}

    def missing(self, names: Iterable[str], language: str) -> tuple[str, ...]:
        """Which of these texts a language does not have."""
        return tuple(name for name in names if not self.exactly(name, language))

    def put(self, name: str, **texts: str) -> Texts:
        """The same with other words for one text, by language; "" takes a text away."""
        spoken = self.plain()
        for language, text in texts.items():
            spoken.setdefault(language, {})[name] = text
        return texts_of(spoken)

    def without(self, *names: str) -> Texts:
        """The same without these texts, in any language."""
        kept = self.plain()
        return texts_of(
            {
                language: {name: text for name, text in held.items() if name not in names}
                for language, held in kept.items()
            }
        )

    def plain(self) -> Spoken:
        """All texts by language and name, to read or to change freely."""
        return {language: dict(held) for language, held in _spoken(self.written).items()}

    def all(self) -> tuple[str, ...]:
        """Every text, whatever it is called."""
        return tuple(text for held in _spoken(self.written).values() for text in held.values())


NOTHING = Texts()


def texts_of(spoken: Mapping[str, Mapping[str, str]]) -> Texts:
    """Texts by language and name; what is empty is left out."""
    kept: Spoken = {}
    for language, held in spoken.items():
        texts = {name: text for name, text in held.items() if text}
        if texts:
            kept[language] = texts
    if not kept:
        return NOTHING
    return Texts(json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def turned(by_name: Mapping[str, Mapping[str, str]]) -> Texts:
    """Texts that stand by name and then by language, as in the lists of `resources`."""
    spoken: Spoken = {}
    for name, texts in by_name.items():
        for language, text in texts.items():
            spoken.setdefault(language, {})[name] = text
    return texts_of(spoken)


@lru_cache(maxsize=512)
def _spoken(written: str) -> Spoken:
    found: Spoken = json.loads(written) if written else {}
    return found
