"""Destroying kept files for good, once their time is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.errors import Refusal
from app.ids import new_id
from app.names import tidy
from app.retention.records import FileDestroyed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.ports import Reader, Session
    from app.record import Compartment

LONGEST_REASON = 400


class Kept(NamedTuple):
    """A file that is kept, as `FileDestroyed` has it."""

    about_id: str
    blob: str
    digest: str
    kept_until: date


class Destruction(NamedTuple):
    """What is to be destroyed.

    Attributes:
        act: what the journal calls it; reason: why, in words.
    """

    act: str
    files: Sequence[Kept]
    reason: str


def destroy_files(
    session: Session, compartment: Compartment, wanted: Destruction
) -> tuple[FileDestroyed, ...]:
    """Destroy kept files for good; nobody can undo it.

    What they held, when and by whom it went stays known, without the content. All go or none.

    Raises:
        Refusal: `retention.nothing`, `retention.no_reason`, `retention.reason_long`,
            `retention.still_kept` for a file whose last day has not passed,
            `retention.destroyed` for one that is gone already.
    """
    files, reason = tuple(wanted.files), tidy(wanted.reason)
    _refuse(files, reason, session.clock.today())
    now = session.clock.now()
    with session.work(compartment, wanted.act, files[0].about_id) as work:
        if work.all(FileDestroyed, blob=tuple(one.blob for one in files)):
            raise Refusal("retention.destroyed")
        facts = tuple(
            FileDestroyed(
                id=new_id(),
                about_id=one.about_id,
                blob=one.blob,
                digest=one.digest,
                kept_until=one.kept_until,
                reason=reason,
                destroyed_by=session.user.name,
                recorded_at=now,
            )
            for one in files
        )
        work.add(*facts)
        work.commit()
    return facts


def destroyed(reader: Reader, about_ids: tuple[str, ...]) -> dict[str, FileDestroyed]:
    """What was destroyed of some records, by the id of the record."""
    found = reader.all(FileDestroyed, about_id=about_ids) if about_ids else ()
    return {one.about_id: one for one in found}


def _refuse(files: Sequence[Kept], reason: str, today: date) -> None:
    if not files:
        raise Refusal("retention.nothing")
    if not reason:
        raise Refusal("retention.no_reason", field="reason")
    if len(reason) > LONGEST_REASON:
        raise Refusal("retention.reason_long", field="reason", longest=LONGEST_REASON)
    last = max(one.kept_until for one in files)
    if last >= today:
        raise Refusal("retention.still_kept", day=last)
