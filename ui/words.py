"""The words of `app.text` for widgets, in the language the window speaks."""

from datetime import date, datetime

from app.errors import Message
from app.text import Words


class _Voice:
    """Holds the language of the window; one window, one language."""

    words = Words()


def speak(language: str) -> None:
    """Use another language from now on; widgets that exist keep the words they have."""
    _Voice.words = Words(language)


def words() -> Words:
    """The words of the present language."""
    return _Voice.words


def t(text_id: str, /, **values: object) -> str:
    """The sentence for an id in the present language, its named values filled in."""
    return _Voice.words(text_id, **values)


def say(message: Message) -> str:
    """The sentence of a refusal or a trouble."""
    return _Voice.words.of(message)


def day(value: date | None) -> str:
    """A day as "3 nov 2026"; nothing for no day."""
    return "" if value is None else _Voice.words.day(value)


def moment(value: datetime | None) -> str:
    """An instant as "3 nov 2026, 14:05"; nothing for no instant."""
    return "" if value is None else _Voice.words.moment(value)
