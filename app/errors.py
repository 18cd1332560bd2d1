"""The two expected ways in which a request can end badly; anything else is a defect.

A *refusal* means that a rule says no or that the input is not right. A *trouble* means that the
world is in the way: a full disk, a locked file, a closed keyring. Both carry a text id and
values, never a finished sentence, so that every floor can show them in the reader's language.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Message(NamedTuple):
    """One sentence for the user: a text id and the values that fill it."""

    id: str
    values: Mapping[str, object] = MappingProxyType({})


class BoordboekError(Exception):
    """What refusals and troubles share: a message and no personal data in its repr."""

    def __init__(self, text_id: str, **values: object) -> None:
        super().__init__(text_id)
        self.message = Message(text_id, values)


class Refusal(BoordboekError):  # noqa: N818 - the house word for it
    """A rule says no, or the input is not right.

    Attributes:
        message: what happened, what it means and what to do.
        field: name of the input concerned, or None when the whole request is refused.
    """

    def __init__(self, text_id: str, *, field: str | None = None, **values: object) -> None:
        super().__init__(text_id, **values)
        self.field = field


class Refusals(Refusal):
    """Several refusals at once, one for each field that is not right."""

    def __init__(self, found: tuple[Refusal, ...]) -> None:
        first = found[0]
        super().__init__(first.message.id, field=first.field, **first.message.values)
        self.found = found


class Trouble(BoordboekError):  # noqa: N818 - the house word for it
    """The world is in the way: trying again later, or elsewhere, may help.

    Attributes:
        done: the deed itself was stored and only what follows from it failed, so that doing it
            again would store it twice.
    """

    def __init__(self, text_id: str, *, done: bool = False, **values: object) -> None:
        super().__init__(text_id, **values)
        self.done = done


def collect(found: list[Refusal]) -> None:
    """Refuse with everything that was found, or return when nothing was.

    Raises:
        Refusals: when the list holds at least one refusal.
    """
    if found:
        raise Refusals(tuple(found))
