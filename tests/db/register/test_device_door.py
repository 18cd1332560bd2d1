"""This machine as a door: comfort, never the only way in, and of no use elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.errors import BoordboekError
from app.override import override
from app.record import Compartment
from db.keys.derive import KdfCost
from db.register.vault import LocalVault
from tests.db.keys.keyrings import MemoryKeyring, box
from tests.registers import DIRECTOR, TEACHER, School

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.keys.device import KeyringBox
    from db.register.session import LocalSession

PIN = "stuurboord7"


class VaultWithKeyring(LocalVault):
    """A vault on a machine with this keyring."""

    def __init__(self, school: School, keyring: MemoryKeyring) -> None:
        super().__init__(school.clock, KdfCost.for_tests(), remembered=school.remembered)
        self._keyring = keyring

    @override
    def _box(self) -> KeyringBox | None:
        return box(self._keyring)


@pytest.fixture
def keyring() -> MemoryKeyring:
    return MemoryKeyring()


def says(act: Callable[[], object]) -> str:
    with pytest.raises(BoordboekError) as caught:
        act()
    return caught.value.message.id.removeprefix("register.")


def remembered(school: School, keyring: MemoryKeyring) -> VaultWithKeyring:
    vault = VaultWithKeyring(school, keyring)
    session = vault.unlock(school.folder, TEACHER.name, TEACHER.password)
    session.remember_device(PIN)
    session.lock()
    return vault


def by_pin(school: School, vault: LocalVault, pin: str = PIN) -> LocalSession:
    return school.keep(vault.unlock_on_device(school.folder, TEACHER.name, pin))


def test_a_pin_opens_on_this_machine(school: School, keyring: MemoryKeyring) -> None:
    session = by_pin(school, remembered(school, keyring))
    assert session.user.name == TEACHER.name
    assert session.opens(Compartment.CHECK)


def test_a_wrong_pin_or_name_opens_nothing(school: School, keyring: MemoryKeyring) -> None:
    vault = remembered(school, keyring)
    assert says(lambda: by_pin(school, vault, "bakboord77")) == "wrong_name_or_pin"
    unlock = vault.unlock_on_device
    assert says(lambda: unlock(school.folder, "Niemand", PIN)) == "wrong_name_or_pin"
    assert says(lambda: unlock(school.folder, DIRECTOR.name, PIN)) == "device_not_known"


def test_the_password_always_works(school: School, keyring: MemoryKeyring) -> None:
    remembered(school, keyring)
    keyring.locked = True
    assert school.teacher().opens(Compartment.CHECK)


def test_a_keyring_that_lost_the_secret_is_told_kindly(
    school: School, keyring: MemoryKeyring
) -> None:
    vault = remembered(school, keyring)
    keyring.kept.clear()
    assert says(lambda: by_pin(school, vault)) == "device_not_known"


def test_the_secret_alone_opens_nothing(school: School, keyring: MemoryKeyring) -> None:
    """What any program of this session can read from the keyring is not enough."""
    vault = remembered(school, keyring)
    secrets = [text for (service, _), text in keyring.kept.items() if "anchor" not in service]
    assert len(secrets) == 1
    assert says(lambda: by_pin(school, vault, secrets[0])) == "wrong_name_or_pin"
    assert TEACHER.password not in str(keyring.kept)


def test_a_forgotten_device_is_forgotten(school: School, keyring: MemoryKeyring) -> None:
    vault = remembered(school, keyring)
    by_pin(school, vault).forget_device()
    school.lock()
    assert says(lambda: by_pin(school, vault)) == "device_not_known"
    assert school.teacher().opens(Compartment.CHECK)


def test_a_changed_password_leaves_the_pin(school: School, keyring: MemoryKeyring) -> None:
    vault = remembered(school, keyring)
    school.teacher().change_password(TEACHER.password, "een ander goed wachtwoord")
    school.lock()
    assert by_pin(school, vault).opens(Compartment.CHECK)


def test_access_issued_anew_ends_the_pin(school: School, keyring: MemoryKeyring) -> None:
    vault = remembered(school, keyring)
    session = school.director()
    session.reissue(next(user.id for user in session.users() if user.name == TEACHER.name))
    school.lock()
    assert says(lambda: by_pin(school, vault)) == "device_not_known"


def test_without_a_keyring_nothing_is_remembered(school: School) -> None:
    session = school.teacher()
    assert says(lambda: session.remember_device(PIN)) == "no_keyring"
    session.forget_device()


def test_a_guessable_pin_is_refused(school: School, keyring: MemoryKeyring) -> None:
    session = VaultWithKeyring(school, keyring).unlock(
        school.folder, TEACHER.name, TEACHER.password
    )
    school.keep(session)
    assert says(lambda: session.remember_device("1234")) == "pin_short"
    assert says(lambda: session.remember_device("123456")) == "pin_common"


@pytest.mark.secrets
def test_a_pin_opens_with_a_real_keyring(school: School) -> None:
    vault = LocalVault(school.clock, KdfCost.for_tests(), remembered=school.remembered)
    session = vault.unlock(school.folder, TEACHER.name, TEACHER.password)
    session.remember_device(PIN)
    session.lock()
    by_pin(school, vault).forget_device()
    school.lock()
    assert says(lambda: by_pin(school, vault)) == "device_not_known"
