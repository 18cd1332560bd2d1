"""The harness for the Secret Service gives a real one, unlocked and empty."""

from __future__ import annotations

import keyring
import pytest
from keyring.backends.SecretService import Keyring

pytestmark = pytest.mark.secrets


def test_a_secret_can_be_kept_and_removed() -> None:
    assert isinstance(keyring.get_keyring(), Keyring)
    assert keyring.get_password("boordboek-tests", "anna") is None
    keyring.set_password("boordboek-tests", "anna", "a secret")
    assert keyring.get_password("boordboek-tests", "anna") == "a secret"
    keyring.delete_password("boordboek-tests", "anna")
    assert keyring.get_password("boordboek-tests", "anna") is None
