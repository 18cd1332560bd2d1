"""A data breach is told to who keeps the dossiers: sealed, so that whoever tells opens nothing.

The report says what was used where and since when the school knows; of people it names only the
pupils whose picture was used without consent, and nobody who did it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.breach import sealed
from app.breach.draft import BreachDraft
from app.breach.register import register_said
from app.breach.route import route
from app.breach.sealed import Affected, Report, tidy_line, tidy_text
from app.clock import local, school_day
from app.protocol.shelf import counting_on, shelf
from app.text import DEFAULT_LANGUAGE, Words

if TYPE_CHECKING:
    from app.ports import Session
    from app.publications.board import BreachQuestion, PublicationView

NOBODY = "other"
"""The report is about nobody: who made or published it is for the director to find out."""


def tell_director(
    session: Session, view: PublicationView, question: BreachQuestion, reason: str
) -> str:
    """Seal what is known of a data breach; returns the id under which it is received.

    Args:
        session: whose keys are used; it need not open any dossier.
        view: the publication as it stands now; its facts are frozen into the report.
        question: since when the time to tell the authority runs.
        reason: why it is a data breach, as answered.

    Raises:
        Trouble: it could be sealed nowhere.
    """
    one = view.publication
    people = [person for person in view.people if not person.permitted_then]
    pupils = [person for person in people if not person.staff and person.name]
    affected = tuple(Affected(tidy_line(person.name), person.id) for person in pupils)
    affected = affected[: sealed.MOST]
    protocol = counting_on(shelf(session), NOBODY, one.used_on).protocol
    way = route(session, BreachDraft(actor_kind=NOBODY, affected=affected), protocol)
    use = one.medium, one.channel
    report = Report(
        key=one.publication_id,
        publication=one.publication_id,
        protocol=protocol.key,
        protocol_version=protocol.version,
        protocol_digest=protocol.digest,
        actor_kind=NOBODY,
        occurred_on=one.used_on,
        discovered_on=school_day(question.found_at),
        facts=tidy_text(_facts(view, question, len(people), reason)),
        articles=(),
        medium=one.medium,
        audience="",
        channel=one.channel,
        made=True,
        shared=True,
        affected=affected,
        register=register_said(session, affected, use, one.used_on, DEFAULT_LANGUAGE),
    )
    return session.seal(way.compartment, sealed.to_bytes(report))


def _facts(view: PublicationView, question: BreachQuestion, people: int, reason: str) -> str:
    """What was used, where, for how many without consent, and until when it can be told."""
    one, words = view.publication, Words(DEFAULT_LANGUAGE)
    return words(
        "publications.report_facts",
        title=one.title,
        channel=view.channel.name(DEFAULT_LANGUAGE) if view.channel else one.channel,
        used=one.used_on,
        places=", ".join(one.places) or words("publications.report_no_place"),
        people=people,
        day=school_day(question.found_at),
        time=f"{local(question.found_at):%H:%M}",
        until_day=school_day(question.until),
        until_time=f"{local(question.until):%H:%M}",
        reason=reason,
    )
