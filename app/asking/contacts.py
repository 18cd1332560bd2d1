"""When and how somebody was asked and reminded: pure functions over what was noted.

Forms that were issued and requests that were noted are both contacts. The first one that is
about what is still open is when somebody was asked; those after it are reminders. In which
order they were entered never matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.asking.needs import Cause

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from app.asking.needs import Need


@dataclass(frozen=True, slots=True, order=True)
class Contact:
    """Somebody was asked or reminded.

    Attributes:
        how: a `Way`.
        version: number of the form version that was put, 0 when none was.
        round_id: the round in which it was done, or "".
        id: of the issued form or the request.
        number: number of the form, or "".
    """

    day: date
    how: str
    version: int = 0
    round_id: str = ""
    id: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """When somebody was asked about what is still open, and reminded since.

    Attributes:
        first: the asking; reminders: what followed, in order.
    """

    first: Contact
    reminders: tuple[Contact, ...] = ()

    @property
    def last(self) -> Contact:
        """The newest contact."""
        return self.reminders[-1] if self.reminders else self.first


def asked(
    needs: tuple[Need, ...],
    contacts: Iterable[Contact],
    scopes: Mapping[int, Mapping[str, int]],
) -> Asked | None:
    """How somebody was asked about what is open, or None when that was not done yet.

    Args:
        needs: what is open.
        contacts: everything noted about this decider and subject, in any order.
        scopes: by number of a form version, the scope of each use in it.
    """
    found = []
    for contact in sorted(set(contacts)):
        put = scopes.get(contact.version, {}) if contact.version else None
        first = counts_from(needs, put)
        if first is not None and contact.day >= first:
            found.append(contact)
    return Asked(found[0], tuple(found[1:])) if found else None


def counts_from(needs: Iterable[Need], scopes: Mapping[str, int] | None) -> date | None:
    """The day from which a contact is about anything that is open, or None for never.

    What nobody could read comes first: until it was asked again, nothing counts as asked.

    Args:
        needs: what is open.
        scopes: scope of each use in the wording that was put; None when nothing was on paper,
            which is taken to be about everything.
    """
    known = tuple(needs)
    unclear = tuple(need for need in known if need.cause is Cause.UNCLEAR)
    days = (
        need.not_before
        for need in unclear or known
        if scopes is None or scopes.get(need.use, 0) >= need.scope
    )
    return min(days, default=None)
