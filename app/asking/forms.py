"""Forms for a round or as a reminder: only for who needs one, sorted for the envelopes."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from app.asking.household import home_of, households
from app.asking.listing import AskingFilter, Stand, find_asking, split
from app.asking.records import RoundKind
from app.asking.rounds import find_round, round_state, with_form
from app.errors import Refusal
from app.forms.issue import FormRequest, prepare_forms, prepare_one_off_forms
from app.jobs import SILENT, Progress
from app.people.questions import PupilIds, PupilOrder
from app.people.records import Guardian
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.asking.records import Round
    from app.forms.issue import PreparedForms
    from app.ports import Press, Reader, Session


class Sorting(StrEnum):
    """How the forms of one file are sorted."""

    HOUSEHOLD = "household"
    GROUP = "group"


def round_requests(
    session: Session, round_id: str, sorting: Sorting = Sorting.HOUSEHOLD
) -> tuple[FormRequest, ...]:
    """A form for each who belongs in a round and was not asked yet, adults last.

    Adults get none while the newest version of the form has no words for them.

    Raises:
        Refusal: `asking.round_over`, `asking.reminds_only` for a round that asks nobody.
    """
    with session.look(Compartment.CONSENT) as reader:
        today = session.clock.today()
        round_ = find_round(reader, round_id, today)
        _refuse_reminding(round_)
        state = round_state(reader, round_, today)
        return _sorted(session, reader, state.to_ask, sorting, round_)


def reminder_requests(
    session: Session, wanted: AskingFilter, sorting: Sorting = Sorting.HOUSEHOLD
) -> tuple[FormRequest, ...]:
    """A form for each whom a filter of the list shows; adults as in `round_requests`.

    Raises:
        Refusal: `asking.round_over`, `asking.reminds_only` for a round that asks nobody,
            `asking.nobody` for a list of who has answered.
    """
    if wanted.stand is Stand.DONE:
        raise Refusal("asking.nobody")
    pairs = tuple(split(id) for id in find_asking(session, wanted))
    with session.look(Compartment.CONSENT) as reader:
        round_ = None
        if wanted.round_id:
            round_ = find_round(reader, wanted.round_id, session.clock.today())
            _refuse_reminding(round_)
        return _sorted(session, reader, pairs, sorting, round_)


def prepare_asking(
    session: Session,
    press: Press,
    requests: tuple[FormRequest, ...],
    progress: Progress = SILENT,
) -> PreparedForms:
    """Draw the forms as one file, each in the language and print of its guardian.

    In a round about a one-off use they are its own small forms. Nothing is stored:
    `app.forms.issue.register_issue` notes them, and with them the asking.

    Raises:
        Refusal: `asking.nobody` without requests, `asking.round_over`, and those of
            `prepare_forms`.
    """
    if not requests:
        raise Refusal("asking.nobody")
    round_id = requests[0].round_id
    if round_id:
        with session.look(Compartment.CONSENT) as reader:
            channel = find_round(reader, round_id, session.clock.today()).channel
        if channel:
            return prepare_one_off_forms(session, press, requests, channel, progress)
    return prepare_forms(session, press, requests, "", progress)


def _refuse_reminding(round_: Round) -> None:
    if round_.kind is RoundKind.REMINDER:
        raise Refusal("asking.reminds_only")


def _sorted(
    session: Session,
    reader: Reader,
    pairs: Iterable[tuple[str, str]],
    sorting: Sorting,
    round_: Round | None,
) -> tuple[FormRequest, ...]:
    listed = with_form(reader, pairs, round_.channel if round_ else "")
    deciders = tuple({decider for _, decider in listed})
    homes = {one.id: home_of(one) for one in reader.all(Guardian, id=deciders)}
    numbers = households(listed, homes)
    place = {pair: number for number, pair in enumerate(listed)}
    if sorting is Sorting.GROUP:
        in_groups = PupilIds(on=session.clock.today(), order=PupilOrder.GROUP)
        rank = {id: number for number, id in enumerate(reader.ask(in_groups))}
        ordered = sorted(listed, key=lambda pair: (rank.get(pair[0], len(rank)), place[pair]))
    else:
        first: dict[str, int] = {}
        for pair in listed:
            first.setdefault(pair[1], place[pair])
        ordered = sorted(listed, key=lambda pair: (numbers[pair], first[pair[1]], place[pair]))
    id = round_.id if round_ else ""
    return tuple(FormRequest(subject, decider, id) for subject, decider in ordered)
