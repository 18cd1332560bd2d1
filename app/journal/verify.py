"""Verifying every journal that a user can open, and putting the outcome on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from app.jobs import SILENT, Progress
from app.ports import Verification
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.ports import Session
    from app.text import Words

Verified: TypeAlias = Verification


def verify_all(session: Session, progress: Progress = SILENT) -> tuple[Verified, ...]:
    """Verify the journal of every compartment whose key the user holds."""
    parts = [part for part in Compartment if session.opens(part)]
    return tuple(session.verify(part, progress) for part in parts)


def written(found: Iterable[Verified], words: Words) -> bytes:
    """The outcome as plain text, for whoever looks into it; ids and kinds, no contents."""
    lines = [words("journal.report_title"), ""]
    for each in found:
        lines.append(
            words(
                "journal.report_line",
                compartment=words(f"journal.compartment_{each.compartment}"),
                stamp=each.head.stamp,
            )
        )
        if each.in_order:
            lines.append("  " + words("journal.in_order"))
        lines += [f"  - {words.of(finding)}" for finding in each.findings]
    return ("\n".join(lines) + "\n").encode("utf-8")
