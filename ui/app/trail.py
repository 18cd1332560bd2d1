"""The way back: through which pages somebody came to the one that is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Stop:
    """A page that somebody was on.

    Attributes:
        page: its id; what: the thing that it showed.
        words: what it is called where the way back to it is offered.
    """

    page: str
    what: Mapping[str, str] = field(default_factory=dict)
    words: str = ""

    def is_at(self, page: str, what: Mapping[str, str]) -> bool:
        """Whether this is that page with that thing."""
        return self.page == page and dict(self.what) == dict(what)


class Trail:
    """The pages one after the other; who comes to one of them again is not led in circles."""

    def __init__(self) -> None:
        self._stops: list[Stop] = []

    @property
    def last(self) -> Stop | None:
        """Where the way back leads, or None."""
        return self._stops[-1] if self._stops else None

    def clear(self) -> None:
        """Somebody went to a place of the navigation: nothing lies before it."""
        self._stops.clear()

    def go(self, here: Stop, page: str, what: Mapping[str, str]) -> None:
        """Somebody goes on from `here` to a page."""
        if here.is_at(page, what):
            return
        for place, stop in enumerate(self._stops):
            if stop.is_at(page, what):
                del self._stops[place:]
                return
        self._stops.append(here)

    def back(self) -> Stop | None:
        """Go one stop back; the stop, or None where there is none."""
        return self._stops.pop() if self._stops else None
