"""Drafts: what somebody was typing, kept encrypted with his own key until it is finished."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.ports import Session

KIND = "draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """Something unfinished.

    Attributes:
        page: id of the page that can go on with it.
        title: what it is, in words, for whoever comes back: "Melding over protocol 4.2".
        values: what was filled in; texts, days as ISO text, lists of texts.
        what: the values with which the page must be opened, as for `Desk.goto`.
    """

    page: str
    title: str
    values: dict[str, object] = field(default_factory=dict)
    what: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """A page has one draft for each thing it can be opened with."""
        return ":".join((self.page, *(f"{k}={v}" for k, v in sorted(self.what.items()))))


def keep(draft: Draft, session: Session) -> None:
    """Keep a draft, replacing the one for the same page and thing."""
    content = {
        "page": draft.page,
        "title": draft.title,
        "values": draft.values,
        "what": draft.what,
    }
    session.keep(KIND, draft.key, json.dumps(content, ensure_ascii=False).encode())


def kept(session: Session) -> tuple[Draft, ...]:
    """All drafts of the user who is signed in, oldest first; those that can be read."""
    found = (_read(item.content) for item in session.kept(KIND))
    return tuple(draft for draft in found if draft is not None)


def unreadable(session: Session) -> int:
    """How many things that were kept for the user cannot be read any more."""
    return len(_broken(session)) + session.lost()


def drop_unreadable(session: Session) -> None:
    """Forget what cannot be read any more."""
    for key in _broken(session):
        session.drop(KIND, key)
    session.lost(drop=True)


def drop(draft: Draft, session: Session) -> None:
    """Forget a draft: it was finished, or is not wanted any more."""
    session.drop(KIND, draft.key)


def find(page: str, what: Mapping[str, str], session: Session) -> Draft | None:
    """The draft for a page and a thing, or None."""
    wanted = Draft(page, "", {}, dict(what)).key
    return next((draft for draft in kept(session) if draft.key == wanted), None)


def _broken(session: Session) -> list[str]:
    return [item.key for item in session.kept(KIND) if _read(item.content) is None]


def _read(content: bytes) -> Draft | None:
    try:
        found = json.loads(content)
        return Draft(
            str(found["page"]), str(found["title"]), dict(found["values"]), dict(found["what"])
        )
    except (ValueError, KeyError, TypeError):
        return None
