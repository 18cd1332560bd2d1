"""What stands here is what the domain asks for; the type checker reads this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.register.preferences import LocalPreferences

if TYPE_CHECKING:
    from pathlib import Path

    from app.ports import Preferences, Session, Vault
    from tests.registers import School


def test_vault_session_and_preferences_fulfil_their_ports(
    school: School, tmp_path: Path
) -> None:
    vault: Vault = school.vault
    session: Session = school.director()
    preferences: Preferences = LocalPreferences(tmp_path)
    assert all(isinstance(one, object) for one in (vault, session, preferences))
