"""A register on a machine with a real keyring: comfort and memory, never the only way in."""

from __future__ import annotations

import gc
import shutil
import warnings
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import keyring
import pytest
import secretstorage
from jeepney import DBusAddress, MessageType, new_method_call

from app.errors import BoordboekError, Refusal
from app.record import Compartment
from app.text import LANGUAGES, Words
from db.keys.derive import KdfCost
from db.keys.device import KeyringBox
from db.register.vault import LocalVault
from tests.journeys.families import add_family, settle
from tests.registers import DIRECTOR, TEACHER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from db.register.session import LocalSession
    from tests.registers import School

pytestmark = pytest.mark.secrets

PIN = "stuurboord7"
SECRETS = "org.freedesktop.Secret.Service"
INTERNAL = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"


def vault_of(school: School) -> LocalVault:
    """A vault that uses this machine's own keyring."""
    return LocalVault(school.clock, KdfCost.for_tests(), remembered=school.remembered)


def by_password(school: School) -> LocalSession:
    school.lock()
    return school.keep(vault_of(school).unlock(school.folder, TEACHER.name, TEACHER.password))


def by_pin(school: School, pin: str = PIN) -> LocalSession:
    school.lock()
    return school.keep(vault_of(school).unlock_on_device(school.folder, TEACHER.name, pin))


@contextmanager
def locked() -> Iterator[None]:
    """While this lasts the keyring is locked, as after a login without a password."""
    with closing(secretstorage.dbus_init()) as bus, warnings.catch_warnings():
        # The library does not close its own connection when the keyring is locked.
        warnings.simplefilter("ignore", ResourceWarning)
        collection = secretstorage.get_default_collection(bus)
        collection.lock()
        try:
            yield
        finally:
            unlock(bus, collection.collection_path)
            gc.collect()


def unlock(bus: Any, collection: str) -> None:
    """Unlock a collection with its password, as signing in to the machine does."""
    service = DBusAddress("/org/freedesktop/secrets", "org.freedesktop.secrets", SECRETS)
    asked = new_method_call(service, "OpenSession", "sv", ("plain", ("s", "")))
    session = bus.send_and_get_reply(asked).body[1]
    keeper = DBusAddress("/org/freedesktop/secrets", "org.freedesktop.secrets", INTERNAL)
    secret = (session, b"", b"only for tests", "text/plain")
    name = "UnlockWithMasterPassword"
    answer = bus.send_and_get_reply(
        new_method_call(keeper, name, "o(oayays)", (collection, secret))
    )
    assert answer.header.message_type is not MessageType.error, answer.body


def test_the_keyring_of_this_machine_is_trusted() -> None:
    assert KeyringBox.of_this_machine() is not None


def test_a_pin_opens_until_it_is_forgotten(school: School) -> None:
    by_password(school).remember_device(PIN)
    assert by_pin(school).user.name == TEACHER.name
    with pytest.raises(Refusal, match="wrong_name_or_pin"):
        by_pin(school, "stuurboord8")
    by_pin(school).forget_device()
    with pytest.raises(Refusal, match="device_not_known"):
        by_pin(school)
    assert by_password(school).user.name == TEACHER.name


def test_the_secret_is_short_and_in_the_keyring_alone(school: School) -> None:
    session = by_password(school)
    session.remember_device(PIN)
    service = f"Boordboek {session.register.id}"
    with closing(secretstorage.dbus_init()) as bus:
        found = [
            item.get_secret()
            for item in secretstorage.get_default_collection(bus).get_all_items()
            if session.user.id in str(item.get_attributes())
        ]
    assert len(found) == 1, service
    assert len(found[0]) < 1000
    files = [path.read_bytes() for path in school.folder.rglob("*") if path.is_file()]
    assert not any(found[0] in content for content in files)


def test_a_locked_keyring_is_told_and_the_password_works(school: School) -> None:
    by_password(school).remember_device(PIN)
    with locked():
        told(lambda: by_pin(school))
        session = by_password(school)
        told(lambda: session.remember_device(PIN))
        school.lock()
    assert by_pin(school).user.name == TEACHER.name


def told(act: Callable[[], object]) -> None:
    """The sentence names the way out, in both languages."""
    with pytest.raises(BoordboekError) as caught:
        act()
    for language in LANGUAGES:
        said = Words(language).of(caught.value.message)
        way_out = {"nl": "wachtzin", "en": "pass phrase"}[language]
        assert way_out in said, said


def test_an_older_copy_of_everything_is_told_by_the_keyring_alone(
    school: School, tmp_path: Path
) -> None:
    """The folder is put back, and the file that remembers heads is gone as well."""
    session = director(school)
    place = settle(session)
    school.lock()
    older = tmp_path / "older"
    shutil.copytree(school.folder, older)
    add_family(director(school), place)
    school.lock()
    shutil.rmtree(school.folder)
    shutil.rmtree(school.remembered)
    shutil.copytree(older, school.folder)
    session = director(school)
    found = [f.id for part in Compartment for f in session.verify(part).findings]
    assert "store.entries_gone" in found


def director(school: School) -> LocalSession:
    school.lock()
    return school.keep(vault_of(school).unlock(school.folder, DIRECTOR.name, DIRECTOR.password))


def test_heads_in_the_keyring_are_no_secrets(school: School) -> None:
    """Only numbers and hashes, under the id of the register."""
    session = director(school)
    settle(session)
    register = session.register.id
    school.lock()
    kept = keyring.get_password(f"Boordboek anchor {register}", "consent")
    assert kept
    number, digest = kept.split()
    assert int(number) > 0
    assert len(digest) == 64
