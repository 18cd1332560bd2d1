"""The practice procedure, for every test of procedures."""

from tests.app.dossier.hearing import hearing

__all__ = ["hearing"]
