"""The keyring is used when it can be trusted, and never needed."""

from __future__ import annotations

from typing import Any

import keyring
import pytest
from keyring.backends.null import Keyring as NullKeyring

from app.errors import Trouble
from db.keys.device import LONGEST, KeyringBox
from tests.db.keys.keyrings import MemoryKeyring, box


def test_a_secret_is_kept_and_forgotten() -> None:
    keyring_box = box(MemoryKeyring())
    keyring_box.write("service", "anna", "secret")
    assert keyring_box.read("service", "anna") == "secret"
    assert keyring_box.read("service", "piet") is None
    keyring_box.forget("service", "anna")
    keyring_box.forget("service", "anna")
    assert keyring_box.read("service", "anna") is None


def test_a_keyring_that_keeps_nothing_is_found_out() -> None:
    null: Any = NullKeyring
    for backend in (MemoryKeyring(forgetful=True), null()):
        with pytest.raises(Trouble, match="no_keyring"):
            KeyringBox(backend).write("service", "anna", "secret")


def test_a_locked_keyring_is_a_trouble_when_writing_and_empty_when_reading() -> None:
    keyring_box = box(MemoryKeyring(locked=True))
    with pytest.raises(Trouble, match="no_keyring"):
        keyring_box.write("service", "anna", "secret")
    assert keyring_box.read("service", "anna") is None
    keyring_box.forget("service", "anna")


def test_a_locked_keyring_is_asked_once() -> None:
    """Each time it is asked, it puts a question on the screen."""
    backend = MemoryKeyring(locked=True)
    keyring_box = box(backend)
    assert keyring_box.read("service", "anna") is None
    assert keyring_box.is_shut
    backend.locked = False
    assert keyring_box.read("service", "anna") is None
    keyring_box.write("service", "anna", "secret")
    assert keyring_box.read("service", "anna") == "secret"


def test_what_windows_could_not_keep_is_never_tried() -> None:
    with pytest.raises(ValueError, match="too long"):
        box(MemoryKeyring()).write("service", "anna", "x" * (LONGEST + 1))


def test_the_environment_cannot_choose_another_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    keyring.core.init_backend()
    assert KeyringBox.of_this_machine() is None


@pytest.mark.secrets
def test_a_real_keyring_keeps_a_secret() -> None:
    keyring_box = KeyringBox.of_this_machine()
    assert keyring_box is not None
    keyring_box.write("boordboek-tests", "anna", "x" * LONGEST)
    assert keyring_box.read("boordboek-tests", "anna") == "x" * LONGEST
    keyring_box.forget("boordboek-tests", "anna")
    assert keyring_box.read("boordboek-tests", "anna") is None
