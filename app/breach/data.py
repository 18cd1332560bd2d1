"""The old name of `app.data`, while its readers move there."""

from app.data import EMPTY, DataError, Rows, Wording

__all__ = ["EMPTY", "DataError", "Rows", "Wording"]
