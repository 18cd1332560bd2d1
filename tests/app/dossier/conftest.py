"""The practice procedure, for every test of dossiers."""

from tests.app.dossier.hearing import hearing

__all__ = ["hearing"]
