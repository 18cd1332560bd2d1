"""A directory with three users, without a folder: quick to make, free to be tampered with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.keys.codes import ONE_TIME
from db.keys.derive import KdfCost
from db.register import access
from db.register.access import Newcomer, Password
from tests.registers import ADMINISTRATOR, DIRECTOR, NOW, SCHOOL, TEACHER, Login

if TYPE_CHECKING:
    from db.register.directory import Directory
    from db.register.holder import Holder
    from db.register.members import Member

CHEAP = KdfCost.for_tests()


@dataclass(slots=True)
class Staffed:
    """A directory and the keys of everybody in it."""

    directory: Directory
    director: Holder
    administrator: Holder
    teacher: Holder
    recovery_code: str

    def member(self, holder: Holder) -> Member:
        return self.directory.members.users[holder.user]


def password(login: Login) -> Password:
    return Password(login.password, CHEAP)


def staffed() -> Staffed:
    directory, director, code = access.begin(SCHOOL, DIRECTOR.name, password(DIRECTOR), NOW)
    access.confirm_recovery(directory, director, NOW)
    others = [enrolled(directory, director, login) for login in (ADMINISTRATOR, TEACHER)]
    return Staffed(directory, director, others[0], others[1], code)


def enrolled(directory: Directory, director: Holder, login: Login) -> Holder:
    code = access.add(directory, director, Newcomer(login.name, login.roles), NOW)
    user = newest(directory)
    return access.enrol(directory, user, ONE_TIME.read(code), password(login), NOW)


def newest(directory: Directory) -> str:
    return list(directory.members.users)[-1]
