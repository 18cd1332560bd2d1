"""What helps somebody who writes a report: which rules counted, and which may fit.

Everything here is a suggestion. Nothing is chosen for anybody, and nothing judges.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.breach.draft import report_draft
from app.breach.register import RECORDINGS
from app.breach.route import opens
from app.breach.rules import namesake, namesakes
from app.check.accounts import who_is_who
from app.check.answer import board
from app.errors import Message
from app.people.accounts import NOTHING_RECORDED
from app.protocol.known import knowledge
from app.protocol.shelf import counting_on, shelf

if TYPE_CHECKING:
    from datetime import date

    from app.breach.draft import BreachDraft, KeptDraft
    from app.check.answer import CheckChannel
    from app.people.accounts import Accounts
    from app.ports import Session, UserCard
    from app.protocol.known import Knowledge
    from app.protocol.shelf import Counting, Shelf
    from app.protocol.values import Article, Protocol

_FITS = {
    "recording": "breach.fits_recording",
    "privacy": "breach.fits_privacy",
    "channel": "breach.fits_channel",
}
_PLACES = {"staff": "breach.goes_staff", "guardian": "breach.goes_guardian"}


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a report begins with.

    Attributes:
        kept: what was typed before and not sent.
        users: those who work with the program; channels: of the check list.
        me: id of the user who writes.
        known: what may be known of accounts.
    """

    shelf: Shelf
    kept: KeptDraft
    users: tuple[UserCard, ...]
    channels: tuple[CheckChannel, ...]
    me: str
    known: Accounts = NOTHING_RECORDED


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known about a report as it is typed now.

    Attributes:
        counting: the version of the protocol that counts; known: to the audience on that day.
        user: the user whom it may be about, by a name that is the same or may be, or None;
            own: that is the one who writes.
        past: the report goes past this user, who opens the dossiers concerned.
        capacity: it is to be said in which capacity he acted.
    """

    counting: Counting
    known: Knowledge | None
    user: UserCard | None = None
    own: bool = False
    past: bool = False
    capacity: bool = False

    @property
    def protocol(self) -> Protocol:
        """The version that counts."""
        return self.counting.protocol


def begin_report(session: Session) -> Beginning:
    """Everything that the page of a report begins with."""
    users = tuple(user for user in session.users() if not user.revoked)
    channels = board(session).channels
    me, known = session.user.id, who_is_who(session)
    return Beginning(shelf(session), report_draft(session), users, channels, me, known)


def standing(beginning: Beginning, draft: BreachDraft, today: date) -> Standing:
    """Which rules count for a report, and whom it passes by."""
    day = draft.occurred_on or today
    counting = counting_on(beginning.shelf, draft.actor_kind, day)
    known = None
    if draft.actor_kind and counting.in_force:
        known = knowledge(counting.protocol, draft.actor_kind, day)
    compartment = counting.protocol.compartment(
        draft.actor_kind, pupil_affected=bool(draft.affected)
    )
    passed = [
        user
        for user in namesakes(draft, beginning.users, beginning.known)
        if compartment is not None and opens(user, compartment)
    ]
    user = namesake(draft, beginning.users, beginning.known)
    if user is None:
        return Standing(counting, known, next(iter(passed), None), past=bool(passed))
    return Standing(
        counting,
        known,
        user,
        own=user.id == beginning.me,
        past=user in passed,
        capacity=draft.actor_kind == "guardian",
    )


def fitting(protocol: Protocol, draft: BreachDraft) -> dict[str, Message]:
    """The articles that may fit what was made and shared, each with the reason."""
    concerns = _concerns(draft)
    return {
        article.id: Message(_FITS[article.concerns])
        for article in protocol.articles
        if article.concerns in concerns and _is_meant(article, draft)
    }


def place_words(kind: str) -> Message | None:
    """Where a report about this kind of person goes, or None while none is chosen."""
    if not kind:
        return None
    return Message(_PLACES.get(kind, "breach.goes_other"))


def _concerns(draft: BreachDraft) -> set[str]:
    found = set()
    if draft.made and draft.medium in RECORDINGS:
        found.add("recording")
    if draft.shared and draft.medium:
        found.add("privacy")
    if draft.shared and draft.audience == "public":
        found.add("channel")
    return found


def _is_meant(article: Article, draft: BreachDraft) -> bool:
    return draft.actor_kind not in ("staff", "guardian") or article.binds(draft.actor_kind)
