"""For how long the paper of a list is kept, and destroying what was kept for long enough."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import resources
from app.clock import school_day
from app.errors import Refusal
from app.letters.facts import Recipient
from app.letters.requests import OfficeRequest
from app.lists.questions import PapersOver
from app.lists.records import PrintedList
from app.record import Compartment
from app.register.school import school_of
from app.retention.destroy import Destruction, Kept, destroy_files
from app.retention.records import FileDestroyed
from app.text import Words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.ports import Session

ACT = "list_papers_destroyed"
CERTIFICATE = "papers_destroyed"


def kept_until(printed: PrintedList) -> date:
    """The last day on which the stored paper of a list should be kept, by the school's rule."""
    return printed.valid_until + _kept_for()


def is_kept_too_long(printed: PrintedList, today: date) -> bool:
    """Whether the paper of a list was stored and its last day of keeping has passed."""
    return bool(printed.blob) and today > kept_until(printed)


def papers_over(session: Session) -> tuple[PrintedList, ...]:
    """The lists of which the paper is still stored and need not be any more, oldest first."""
    last = session.clock.today() - _kept_for() - timedelta(days=1)
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(PapersOver(last))


def papers_gone(session: Session) -> dict[str, FileDestroyed]:
    """What was destroyed of the stored papers of lists, by the id of the list."""
    with session.look(Compartment.CONSENT) as reader:
        return {one.about_id: one for one in reader.all(FileDestroyed)}


def destroy_papers(session: Session, ids: Iterable[str]) -> OfficeRequest:
    """Destroy the stored papers of lists for good; what the lists are stays known.

    Returns:
        The certificate, to be shown and printed; it can be asked for again at any time.

    Raises:
        Refusal: as `app.retention.destroy.destroy_files`.
    """
    with session.look(Compartment.CONSENT) as reader:
        lists = reader.all(PrintedList, id=tuple(ids))
        words = Words(school_of(reader).language)
    reason = words("lists.destroy_reason", number=_kept_for().days)
    files = [Kept(one.id, one.blob, one.digest, kept_until(one)) for one in lists if one.blob]
    gone = destroy_files(session, Compartment.CONSENT, Destruction(ACT, files, reason))
    return certificate(session, gone[0].about_id)


def certificate(session: Session, list_id: str) -> OfficeRequest:
    """The letter that says what was destroyed together with the paper of one list.

    When, by whom and why; with a number and a hash for each paper, and no name of a child.

    Raises:
        Refusal: `retention.nothing` when the paper of the list was not destroyed.
    """
    with session.look(Compartment.CONSENT) as reader:
        gone = reader.all(FileDestroyed, about_id=list_id)
        if not gone:
            raise Refusal("retention.nothing")
        deed = gone[0]
        facts = {one.about_id: one for one in reader.all(FileDestroyed) if _with(one, deed)}
        lists = reader.all(PrintedList, id=tuple(facts))
        school = school_of(reader)
    words = Words(school.language)
    lines = (
        words(
            "lists.destroyed_line",
            number=one.number,
            groups=one.title,
            day=words.long_day(one.valid_until),
            digest=one.digest,
        )
        for one in sorted(lists, key=_by_day)
    )
    town = f"{school.postcode}  {school.town}".strip()
    address = tuple(part for part in (school.name, school.street, town) if part)
    return OfficeRequest(
        template=CERTIFICATE,
        recipient=Recipient(words("lists.certificate_to"), address, postal=len(address) > 1),
        subject_id=min(facts),
        values={
            "amount": str(len(lists)),
            "reason": deed.reason,
            "destroyed_on": school_day(deed.recorded_at),
            "destroyed_by": deed.destroyed_by,
            "papers": tuple(lines),
        },
        language=school.language,
    )


def _with(one: FileDestroyed, deed: FileDestroyed) -> bool:
    """Whether two files went in one deed."""
    return (one.recorded_at, one.destroyed_by) == (deed.recorded_at, deed.destroyed_by)


def _by_day(printed: PrintedList) -> tuple[date, str]:
    return printed.valid_until, printed.number


def _kept_for() -> timedelta:
    return timedelta(days=int(resources.list_rules()["keep_paper"]))
