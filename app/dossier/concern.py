"""Whether somebody is the one whom a report or a case is about, who may not deal with it.

What was recorded of his account decides; then the account that the report or its filing named;
without either his name, which errs to the safe side: one that may be the same person's holds
him until somebody else records that it is a namesake (`app.people.accounts`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from app.dossier.records import Breach, Case, Entry
from app.errors import Refusal
from app.names import fold
from app.people.accounts import KINDS, OTHER, SAME, Kinship, accounts, alike

if TYPE_CHECKING:
    from app.breach.sealed import Report
    from app.dossier.filer import Person
    from app.people.accounts import Accounts
    from app.ports import Reader, Session, UserCard


class Concern(StrEnum):
    """Why somebody counts as the one whom it is about.

    ACCOUNT: his account was named; RECORDED: his account was recorded as that person; NAMED:
    the name is, or may be, the same; NONE: he does not.
    """

    ACCOUNT = "account"
    RECORDED = "recorded"
    NAMED = "named"
    NONE = "none"


def concern(
    session: Session, user: UserCard, breach: Breach, known: Accounts | None = None
) -> Concern:
    """Whether a case is about a user, and why.

    Args:
        session: reads what was recorded, unless `known` holds it.
        user: who wants to deal with it.
        breach: what the case is about.
        known: what was recorded of accounts, read before.
    """
    found = accounts(session, breach.actor_id) if known is None else known
    word = found.word(user.id, breach.actor_id) if breach.actor_id else ""
    if word in (SAME, OTHER):
        return Concern.RECORDED if word == SAME else Concern.NONE
    if breach.actor_user == user.id:
        return Concern.ACCOUNT
    if breach.actor_kind not in KINDS or _works_here(session, breach.actor_user):
        return Concern.NONE
    kin = found.kinship(user.id, user.name, breach.actor_id, breach.actor_name)
    return Concern.NAMED if kin is not Kinship.NONE else Concern.NONE


def is_concerned(
    session: Session, user: UserCard, breach: Breach, known: Accounts | None = None
) -> bool:
    """Whether a case is about a user; he may look and not act."""
    return concern(session, user, breach, known) is not Concern.NONE


def refuse_concerned(session: Session, reader: Reader, dossier_id: str) -> None:
    """Refuse somebody who would write in a dossier that holds something about himself.

    Raises:
        Refusal: `dossier.lacks_other_handler`.
    """
    entries = reader.all(Entry, dossier_id=dossier_id)
    cases = {entry.case_id for entry in entries if entry.case_id}
    found = {one.breach_id for one in reader.all(Case, id=tuple(cases))}
    own = (one.id for one in reader.all(Breach, dossier_id=dossier_id))
    for breach in reader.all(Breach, id=tuple({*found, *own})):
        if is_concerned(session, session.user, breach):
            raise Refusal("dossier.lacks_other_handler")


def is_reported(session: Session, report: Report) -> bool:
    """Whether a report may be about the user who is signed in, as far as it says."""
    user = session.user
    if report.actor_user == user.id:
        return True
    if report.actor_kind not in KINDS:
        return False
    known = accounts(session, report.actor_id)
    if report.actor_id and (word := known.word(user.id, report.actor_id)) in (SAME, OTHER):
        return word == SAME
    if report.actor_other or _works_here(session, report.actor_user):
        return False
    names = known.called(user.id, user.name)
    return any(alike(name, report.actor_name) for name in names)


def refuse_filing(session: Session, person: Person, *, other: bool) -> None:
    """Refuse somebody who would file a report about himself, or about who may be himself.

    Raises:
        Refusal: `dossier.concerns_you`, or `dossier.concerns_name` where only the name says so
            and `other`, somebody else who works here, was not named.
    """
    user = session.user
    kin = accounts(session, person.id).kinship(user.id, user.name, person.id, person.name)
    if kin is Kinship.RECORDED:
        raise Refusal("dossier.concerns_you")
    if kin is Kinship.NAMED and not other:
        raise Refusal("dossier.concerns_name", field="subjects", name=person.name)


def account_of(session: Session, person: Person, report: Report) -> str:
    """The account of a person: as recorded, as reported, or of the same name; or ""."""
    known = accounts(session, person.id)
    recorded = known.users(person.id) if person.id else ()
    if recorded:
        return recorded[0]
    reported = report.actor_user
    if reported and known.word(reported, person.id) != OTHER:
        return reported
    if report.actor_other:
        return ""
    same = [
        user.id
        for user in session.users()
        if fold(user.name) == fold(person.name) and known.word(user.id, person.id) != OTHER
    ]
    return same[0] if len(same) == 1 else ""


def _works_here(session: Session, user_id: str) -> bool:
    """Whether an account is of somebody who is let in now, so that a name need not tell."""
    return bool(user_id) and any(
        user.id == user_id and not user.revoked for user in session.users()
    )
