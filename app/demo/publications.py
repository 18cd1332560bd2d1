"""What the sample school used: a page from which somebody must go by now, and a paper."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from app.consent.records import Answer, Decision
from app.ids import new_id
from app.people.questions import PupilIds
from app.publications.now import verdict_then
from app.publications.record import PublicationDraft, Source, add_publication
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.ports import Reader, Session

_USED = timedelta(days=30)
_LOOKED, _MOST = 40, 6
WEBSITE, GUIDE = "photo:website", "photo:school_guide"


def publish_some(session: Session) -> None:
    """Record a page with somebody whose mother withdrew since, and a school guide."""
    day = session.clock.today() - _USED
    with session.work(Compartment.CONSENT, "publication_recorded") as work:
        withdrew = {said.subject_id for said in work.all(Decision, answer=Answer.WITHDRAWN)}
        some = (*sorted(withdrew), *work.ask(PupilIds(on=day))[:_LOOKED])
        page = PublicationDraft(
            title="Intocht in de haven",
            medium="photo",
            channel="website",
            used_on=day,
            subjects=_permitted(work, some, WEBSITE, session),
            places=("https://dewalvis.example/nieuws/intocht",),
            made_by="J. de Boer",
        )
        guide = PublicationDraft(
            title="Schoolgids, bladzijde 12",
            medium="photo",
            channel="school_guide",
            used_on=day,
            subjects=_permitted(work, some, GUIDE, session),
            places=("bladzijde 12",),
            made_by="J. de Boer",
            handed_out=True,
        )
        for draft in (page, guide):
            if draft.subjects:
                source = Source(new_id(), session.user.name)
                add_publication(session, work, draft, source)
        work.commit()


def _permitted(
    reader: Reader, ids: Iterable[str], use: str, session: Session
) -> tuple[str, ...]:
    """The first few who were permitted on the day of use."""
    today = session.clock.today()
    days = (today - _USED, today)
    every = (id for id in ids if verdict_then(reader, id, use, days).permits)
    return tuple(dict.fromkeys(islice(every, _MOST)))
