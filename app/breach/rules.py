"""What a report must say before it can be sealed: little, so that nobody waits with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.breach import sealed
from app.breach.evidence import file_faults
from app.breach.sealed import tidy_line, tidy_text
from app.breach.texts import line_faults, text_faults
from app.errors import Refusal
from app.names import fold
from app.people.accounts import NOTHING_RECORDED, OTHER, SAME, alike
from app.protocol.values import AUDIENCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from app.breach.draft import BreachDraft
    from app.people.accounts import Accounts
    from app.ports import UserCard
    from app.protocol.values import Protocol

MEDIA = {
    "photo": "breach.medium_photo",
    "film": "breach.medium_film",
    "audio": "breach.medium_audio",
    "text": "breach.medium_text",
}
"""What can have been made or shared, with the text that names it."""

SPREAD = {
    "public": "breach.audience_public",
    "closed_group": "breach.audience_closed_group",
    "private_message": "breach.audience_private_message",
    "not_known": "breach.audience_not_known",
}
"""Who could see it, with the text that names it."""


def faults(
    draft: BreachDraft,
    protocol: Protocol,
    today: date,
    users: Sequence[UserCard] = (),
    known: Accounts = NOTHING_RECORDED,
) -> list[Refusal]:
    """What is not right in a draft, field by field; empty when it can be sent.

    Args:
        draft: what was typed.
        protocol: the version that counts for it.
        today: the present day.
        users: those who work with the program, to tell who is known in two capacities.
        known: what may be known of their accounts.
    """
    return [
        *_actor_faults(draft, users, known),
        *_day_faults(draft, today),
        *_article_faults(draft, protocol),
        *_choice_faults(draft, protocol),
        *_people_faults(draft),
        *_text_faults(draft),
        *file_faults(draft.files),
    ]


def namesakes(
    draft: BreachDraft, users: Sequence[UserCard], known: Accounts = NOTHING_RECORDED
) -> tuple[UserCard, ...]:
    """Every user whom a report may be about: the one who was chosen, or all of a like name.

    The name of an account counts, and those that the register has for whom it is.
    """
    if draft.actor_user:
        return tuple(user for user in users if user.id == draft.actor_user)
    return tuple(user for user in users if _may_be(user, draft, known))


def namesake(
    draft: BreachDraft, users: Sequence[UserCard], known: Accounts = NOTHING_RECORDED
) -> UserCard | None:
    """The user whom a report may be about: the one who was chosen, or one of that name."""
    chosen = (draft.actor_user,) if draft.actor_user else known.users(draft.actor_id)
    if chosen:
        return next((user for user in users if user.id in chosen), None)
    if not _is_named(draft):
        return None
    return next(
        (
            user
            for user in users
            if is_called(user, draft.actor_name, known)
            and known.word(user.id, draft.actor_id) != OTHER
        ),
        None,
    )


def _may_be(user: UserCard, draft: BreachDraft, known: Accounts) -> bool:
    """Whether a report may be about a user: as recorded, else by a name that is like one."""
    word = known.word(user.id, draft.actor_id)
    if word in (SAME, OTHER):
        return word == SAME
    typed = tidy_line(draft.actor_name)
    names = known.called(user.id, user.name)
    return _is_named(draft) and any(alike(name, typed) for name in names)


def is_called(user: UserCard, name: str, known: Accounts) -> bool:
    """Whether this is the very name of a user: of his account, or in the register."""
    wanted = fold(tidy_line(name))
    names = known.called(user.id, user.name)
    return bool(wanted) and any(fold(each) == wanted for each in names)


def _is_named(draft: BreachDraft) -> bool:
    """Whether the name alone tells who it may be."""
    typed = fold(tidy_line(draft.actor_name))
    return bool(typed) and not draft.actor_other and draft.actor_kind in ("staff", "guardian")


def _actor_faults(
    draft: BreachDraft, users: Sequence[UserCard], known: Accounts
) -> Iterator[Refusal]:
    if draft.actor_kind not in AUDIENCES:
        yield Refusal("breach.actor_kind_missing", field="actor_kind")
    user = namesake(draft, users, known)
    if user is None:
        return
    if draft.actor_kind == "guardian" and not draft.capacity:
        yield Refusal("breach.capacity_missing", field="capacity", name=user.name)
    elif draft.capacity and draft.capacity != draft.actor_kind:
        yield Refusal("breach.capacity_other", field="actor_kind")


def _day_faults(draft: BreachDraft, today: date) -> Iterator[Refusal]:
    if draft.occurred_on is None:
        yield Refusal("breach.day_missing", field="occurred_on")
    days = (("occurred_on", draft.occurred_on), ("discovered_on", draft.discovered_on))
    for field, day in days:
        if day is not None and day > today:
            yield Refusal("breach.day_ahead", field=field, today=today)
    if draft.occurred_on and draft.discovered_on and draft.discovered_on < draft.occurred_on:
        yield Refusal("breach.found_before", field="discovered_on", day=draft.occurred_on)


def _article_faults(draft: BreachDraft, protocol: Protocol) -> Iterator[Refusal]:
    for id in dict.fromkeys(draft.articles):
        article = protocol.article(id)
        if article is None:
            yield Refusal("breach.article_unknown", field="articles", article=id)
        elif draft.actor_kind in ("staff", "guardian") and not article.binds(draft.actor_kind):
            yield Refusal("breach.article_not_meant", field="articles", article=id)


def _choice_faults(draft: BreachDraft, protocol: Protocol) -> Iterator[Refusal]:
    if draft.medium not in (*MEDIA, ""):
        yield Refusal("breach.choice_unknown", field="medium")
    if draft.audience not in (*SPREAD, ""):
        yield Refusal("breach.choice_unknown", field="audience")
    if draft.capacity not in ("", "staff", "guardian"):
        yield Refusal("breach.choice_unknown", field="capacity")
    if not set(draft.categories) <= {category.key for category in protocol.categories}:
        yield Refusal("breach.choice_unknown", field="categories")


def _people_faults(draft: BreachDraft) -> Iterator[Refusal]:
    if len(draft.affected) > sealed.MOST:
        yield Refusal("breach.too_many_affected", field="affected", most=sealed.MOST)
    if any(not tidy_line(pupil.name) for pupil in draft.affected):
        yield Refusal("breach.affected_unnamed", field="affected")
    yield from line_faults(("affected", pupil.name) for pupil in draft.affected)
    if len(draft.people) > sealed.MOST:
        yield Refusal("breach.too_many_affected", field="people", most=sealed.MOST)
    for person in draft.people:
        if person.role not in sealed.ROLES or person.kind not in sealed.KINDS:
            yield Refusal("breach.choice_unknown", field="people")
    if any(not tidy_line(person.name) for person in draft.people):
        yield Refusal("breach.affected_unnamed", field="people")
    yield from line_faults(("people", person.name) for person in draft.people)


def _text_faults(draft: BreachDraft) -> Iterator[Refusal]:
    if not tidy_text(draft.facts):
        yield Refusal("breach.facts_missing", field="facts")
    lines = (("actor_name", draft.actor_name), ("place", draft.place))
    yield from line_faults(lines)
    yield from text_faults((("facts", draft.facts), ("opinion", draft.opinion)))
