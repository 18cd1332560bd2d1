"""Commands about a register as a whole: making one, the sample school, users, verifying."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import resources
from app.cli.console import Console, Shown
from app.demo.school import demo_users, make_demo
from app.errors import Refusal, Trouble
from app.export import check_place, save_to
from app.journal.leaving import Leaving, note_leaving
from app.journal.verify import verify_all
from app.start.begin import NewRegister, begin_register, draw_recovery, make_ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.cli.arguments import Given
    from app.cli.tools import Tools
    from app.ports import RecoveryCode, RegisterCard, Session, UserCard, Verification

FINE, FINDINGS, TROUBLE = 0, 1, 3


@contextmanager
def signed_in(tools: Tools, console: Console, given: Given) -> Iterator[Session]:
    """A session for the user who was named; locked again at the end."""
    phrase = console.secret(console.words("cli.phrase_of", user=given.text("user")))
    session = tools.vault().unlock(given.path("dir"), given.text("user"), phrase)
    try:
        make_ready(session)
        if (failed := session.failed_attempts()) is not None:
            console.warn(
                console.words("cli.failed_attempts", count=failed.count, since=failed.since)
            )
        yield session
    finally:
        session.lock()


def new_register(tools: Tools, console: Console, given: Given) -> int:
    """Make a register; its recovery code is shown once."""
    words = console.words
    phrase = console.secret(words("cli.phrase_of", user=given.text("director")))
    new = NewRegister(
        folder=given.path("dir"),
        school=given.text("school"),
        director=given.text("director"),
        password=phrase,
        town=given.text("town"),
        group=given.text("group"),
        language=words.language,
    )
    if given.text("sheet"):
        check_place(given.path("sheet"))
    session, code = begin_register(tools.vault(), new)
    try:
        _tell_register(console, session.register, code)
        if given.text("sheet"):
            return _save_sheet(tools, console, given, session, code)
    finally:
        session.lock()
    return FINE


def _tell_register(console: Console, card: RegisterCard, code: RecoveryCode) -> None:
    words = console.words
    console.say(words("cli.register_made", school=card.school, folder=str(card.folder)))
    console.say(words("cli.recovery_code", code=code.text))
    console.say(words("cli.recovery_next"))
    console.give(
        {
            "folder": card.folder,
            "register": card.id,
            "school": card.school,
            "fingerprint": code.fingerprint,
            "recovery_code": code.text,
        }
    )


def _save_sheet(
    tools: Tools, console: Console, given: Given, session: Session, code: RecoveryCode
) -> int:
    """Save the recovery sheet, after its code was said; says so when that does not work."""
    words = console.words
    sheet = draw_recovery(session, tools.press, code, words.language)
    try:
        if sheet is not None:
            note_leaving(session, Leaving("recovery_sheet_saved"))
            save_to(given.path("sheet"), sheet.content)
            return FINE
    except Trouble as trouble:
        console.warn(words.of(trouble.message))
    console.warn(words("cli.sheet_failed"))
    return TROUBLE


def demo_register(tools: Tools, console: Console, given: Given) -> int:
    """Make the sample school, with its documented users."""
    words = console.words
    progress = Shown(console, words("cli.making_sample"))
    folder, pupils = given.path("dir"), given.number("pupils")
    vault, seed = tools.vault(), given.number("seed")
    session = make_demo(vault, folder, pupils, seed, progress, cases=True)
    session.lock()
    console.say(words("cli.sample_made", folder=str(folder), count=pupils))
    for user in demo_users():
        role = _role(user.role)
        console.say(
            "  " + words("cli.sample_user", name=user.name, role=role, phrase=user.phrase)
        )
    users = [{"name": u.name, "role": u.role, "phrase": u.phrase} for u in demo_users()]
    console.give({"folder": folder, "pupils": pupils, "users": users})
    return FINE


def users(tools: Tools, console: Console, given: Given) -> int:
    """List the users, or add, renew or revoke one."""
    with signed_in(tools, console, given) as session:
        if given.text("add"):
            code = session.add_user(given.text("add"), _roles_of(given))
            return _tell_code(console, given.text("add"), code)
        if given.text("reissue"):
            user = _user(session, given.text("reissue"))
            return _tell_code(console, user.name, session.reissue(user.id))
        if given.text("revoke"):
            user = _user(session, given.text("revoke"))
            session.revoke_user(user.id, Shown(console, console.words("cli.revoking")))
            console.say(console.words("cli.revoked", name=user.name))
        return _list_users(console, session.users())


def verify(tools: Tools, console: Console, given: Given) -> int:
    """Verify every journal that the user can open."""
    with signed_in(tools, console, given) as session:
        found = verify_all(session, Shown(console, console.words("cli.verifying")))
    return tell_verified(console, found)


def tell_verified(console: Console, found: tuple[Verification, ...]) -> int:
    """Say what came out of verifying."""
    words = console.words
    for each in found:
        name = words(f"journal.compartment_{each.compartment}")
        text = "cli.verified" if each.in_order else "cli.not_verified"
        console.say(words(text, compartment=name, stamp=each.head.stamp))
        for finding in each.findings:
            console.say("  " + words.of(finding))
    console.give(
        {
            "in_order": all(each.in_order for each in found),
            "journals": [
                {
                    "compartment": each.compartment,
                    "entries": each.head.number,
                    "stamp": each.head.stamp,
                    "findings": [finding.id for finding in each.findings],
                }
                for each in found
            ],
        }
    )
    return FINE if all(each.in_order for each in found) else FINDINGS


def _list_users(console: Console, found: tuple[UserCard, ...]) -> int:
    words = console.words
    for user in found:
        state = "revoked" if user.revoked else "pending" if user.pending else "active"
        roles = ", ".join(_role(role)[words.language] for role in user.roles)
        console.say(words(f"cli.user_{state}", name=user.name, roles=roles))
    rows = [
        {"name": u.name, "roles": u.roles, "pending": u.pending, "revoked": u.revoked}
        for u in found
    ]
    console.give({"users": rows})
    return FINE


def _tell_code(console: Console, name: str, code: str) -> int:
    console.say(console.words("cli.one_time_code", name=name, code=code))
    console.give({"name": name, "one_time_code": code})
    return FINE


def _roles_of(given: Given) -> tuple[str, ...]:
    return tuple(part.strip() for part in given.text("role").split(",") if part.strip())


def _user(session: Session, name: str) -> UserCard:
    for user in session.users():
        if user.name == name and not user.revoked:
            return user
    raise Refusal("cli.no_user", name=name)


def _role(key: str) -> dict[str, str]:
    named = (role["name"] for role in resources.roles() if role["key"] == key)
    return next(named, {"nl": key, "en": key})
