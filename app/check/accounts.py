"""Which account is which member of staff on the check list: what a reporter's program needs.

Whoever writes a report about somebody has to know past whom it must go, also when he calls him
by another name than that of his account. The list is signed and everybody reads it; it says no
more than which account is which row, and only of accounts that open a dossier.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from app.check.records import CheckRow
from app.check.trust import Proof
from app.people.accounts import SAME, Accounts, accounts, recorded
from app.people.records import AccountSaid
from app.record import DOSSIERS, Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.ports import Reader, Session, UserCard

STAFF = "staff"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def opens_dossiers(user: UserCard) -> bool:
    """Whether somebody reads dossiers, so that a report about him must go past him."""
    return any(user.may(f"{compartment}.read") for compartment in DOSSIERS)


def accounts_for_all(consent: Reader, users: Iterable[UserCard]) -> dict[str, list[str]]:
    """The ids of the members of staff by the account that opens dossiers, as it is recorded."""
    readers = {user.id for user in users if opens_dossiers(user)}
    found: dict[str, list[str]] = {}
    for one in recorded(consent).said.values():
        if one.user_id in readers and one.kind == STAFF and one.said == SAME:
            found.setdefault(one.user_id, []).append(one.person_id)
    return {user: sorted(found[user]) for user in sorted(found)}


def signed_accounts(header: str) -> dict[str, list[str]]:
    """The same, as it stands in the header of a list."""
    content: dict[str, Any] = json.loads(header) if header else {}
    found: dict[str, list[str]] = content.get("accounts", {})
    return found


def who_is_who(session: Session, *people: str) -> Accounts:
    """What the user may know of accounts: what was recorded, or what the list says of it.

    A list that is not proven says nothing; then only the names of accounts are known.

    Args:
        session: whose keys are used.
        people: ids that will be asked about, see `app.people.accounts.accounts`.
    """
    if session.opens(Compartment.CONSENT):
        return accounts(session, *people)
    with session.look(Compartment.CHECK) as check:
        return _listed(session, check)


def _listed(session: Session, check: Reader) -> Accounts:
    proof = Proof(session, check)
    if proof.trouble is not None:
        return Accounts()
    said: dict[tuple[str, str], AccountSaid] = {}
    names: dict[str, tuple[str, ...]] = {}
    for user, members in signed_accounts(proof.header).items():
        for member in members:
            said[user, member] = _said(user, member)
            row = check.find(CheckRow, member)
            if row is not None and proof.covers(row):
                names[user] = (*names.get(user, ()), row.name)
    return Accounts(known=True, said=said, names=names)


def _said(user: str, member: str) -> AccountSaid:
    return AccountSaid(
        id="",
        user_id=user,
        kind=STAFF,
        person_id=member,
        said=SAME,
        said_by="",
        recorded_at=_LONG_AGO,
    )
