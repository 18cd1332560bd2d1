"""Who took what was said: asked where there is no paper, and kept in the note."""

from ui.kit.form import Line
from ui.words import t

TOLD = ("conversation", "phone")
"""The ways in which something is said to somebody of the school."""


def told_note(how: str, taken_by: str, note: str) -> str:
    """The note of a decision, with who took it where it was said."""
    if how not in TOLD or not taken_by:
        return note
    taken = t("consent.taken_by_note", name=taken_by)
    return " · ".join(part for part in (taken, note) if part)


def taken_by() -> Line:
    """The field that asks who took it."""
    return Line(
        key="taken_by", label="consent.taken_by", help="consent.taken_by_help", required=True
    )
