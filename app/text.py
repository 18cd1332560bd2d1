"""Words for screens, paper and command line, in the reader's language.

Texts have symbolic ids such as `consent.withdrawn`; the part before the first dot names the
room and with it the catalogue `resources/locale/<language>/<room>.po`. Values are named:
`{name}`. A missing text shows its id, so that nothing fails in front of a user; a test finds
it first.
"""

from __future__ import annotations

import gettext
import io
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

import resources
from app.clock import local
from app.errors import Message

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES = ("nl", "en")
"""Languages of screens, and of every text."""

PAPER_LANGUAGES = resources.PAPER_LANGUAGES
"""Languages of paper for parents; a text that has none in one of them is said in Dutch."""

DEFAULT_LANGUAGE = "nl"

_MONTHS = {
    "nl": ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
_LONG_MONTHS = {
    "nl": [
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ],
    "en": [
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ],
    "de": [
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ],
    "fr": [
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ],
    "pl": [
        *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
        *("lipca", "sierpnia", "września", "października", "listopada", "grudnia"),
    ],
}
_ORDINAL = {"de": "{}.".format, "fr": lambda day: "1er" if day == 1 else str(day)}
"""How a day of the month is written where it is more than its number."""

_WEEKDAYS = {
    "nl": ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


@cache
def _catalogue(language: str, room: str) -> gettext.NullTranslations:
    content = resources.catalogue(language, room)
    if content is None:
        return gettext.NullTranslations()
    return gettext.GNUTranslations(io.BytesIO(content))


class Words:
    """All texts in one language.

    Attributes:
        language: one of `PAPER_LANGUAGES`.
    """

    def __init__(self, language: str = DEFAULT_LANGUAGE) -> None:
        self.language = language if language in PAPER_LANGUAGES else DEFAULT_LANGUAGE

    def __call__(self, text_id: str, /, **values: object) -> str:
        """The sentence for an id, its named values filled in.

        Days and instants among the values are written the way people read them. A value named
        `count` chooses between singular and plural.
        """
        found = self._find(text_id, values.get("count"))
        return found.format_map(_Shown(values, self)) if values else found

    def of(self, message: Message) -> str:
        """The sentence of a refusal or trouble."""
        return self(message.id, **message.values)

    def has(self, text_id: str) -> bool:
        """Whether the catalogue of this language knows the id."""
        return self._find(text_id, None) != text_id

    def day(self, day: date) -> str:
        """A day as "3 nov 2026"; written out where the language is one of paper only."""
        if self.language not in _MONTHS:
            return self.long_day(day)
        return f"{day.day} {_MONTHS[self.language][day.month - 1]} {day.year}"

    def long_day(self, day: date) -> str:
        """A day as "3 november 2026", for letters."""
        number = _ORDINAL.get(self.language, str)(day.day)
        return f"{number} {_LONG_MONTHS[self.language][day.month - 1]} {day.year}"

    def weekday(self, day: date) -> str:
        """A day as "zondag 22 november 2026", for screens."""
        names = _WEEKDAYS.get(self.language, _WEEKDAYS[DEFAULT_LANGUAGE])
        return f"{names[day.weekday()]} {self.long_day(day)}"

    def moment(self, instant: datetime) -> str:
        """An instant as "3 nov 2026, 14:05" in the school's time zone."""
        here = local(instant)
        return f"{self.day(here.date())}, {here:%H:%M}"

    def number(self, count: int) -> str:
        """A whole number with thin groups of three, as "1 284"."""
        return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")

    def _find(self, text_id: str, count: object) -> str:
        found = self._found(self.language, text_id, count)
        if found == text_id and self.language not in LANGUAGES:
            return self._found(DEFAULT_LANGUAGE, text_id, count)
        return found

    def _found(self, language: str, text_id: str, count: object) -> str:
        catalogue = _catalogue(language, text_id.partition(".")[0])
        if isinstance(count, int):
            found = catalogue.ngettext(text_id, text_id, count)
            if found != text_id:
                return found
        return catalogue.gettext(text_id)  # also for a count of which there is one form


class _Shown(dict[str, object]):
    """Values on their way into a sentence."""

    def __init__(self, values: dict[str, object], words: Words) -> None:
        shown = {
            name: _SHOW.get(type(value), _plain)(words, value) for name, value in values.items()
        }
        super().__init__(shown)

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


def _plain(words: Words, value: object) -> object:
    return words.of(value) if isinstance(value, Message) else value


def _day(words: Words, value: object) -> object:
    return words.day(value) if isinstance(value, date) else value


def _moment(words: Words, value: object) -> object:
    return words.moment(value) if isinstance(value, datetime) else value


def _local(words: Words, value: object) -> object:
    """A value that comes with its own words per language, such as the name of a channel."""
    return value.get(words.language, "") if isinstance(value, dict) else value


_SHOW: dict[type, Callable[[Words, object], object]] = {
    date: _day,
    datetime: _moment,
    dict: _local,
}
