"""Figures are counted with the verdict everybody uses, and leave without names."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import pytest

from app.check.publish import keep_published, publish_all
from app.consent.decide import raise_flag
from app.consent.grid import group_verdicts
from app.consent.outcome import Outcome
from app.consent.records import SafetyFlag
from app.figures.collect import collect, is_current
from app.figures.counts import together
from app.figures.send import prepare_figures
from app.figures.trend import month_ends, trend
from app.ids import new_id
from app.jobs import CancelledError
from app.override import override
from app.people.people import PupilDraft, save_pupil
from app.people.questions import PupilIds
from app.people.records import Pupil
from app.record import Compartment
from app.slices import InOne
from reports.press import PaperPress

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ports import Session
    from tests.sample import Sample


T = TypeVar("T")


@pytest.fixture
def session(sample: Sample) -> Session:
    """The office of the sample school."""
    return sample.administrator()


def test_every_pupil_is_counted_once_and_as_the_verdict_says(session: Session) -> None:
    figures = collect(InOne(session))
    with session.look(Compartment.CONSENT) as reader:
        ids = reader.ask(PupilIds(on=figures.day))
        found = dict(group_verdicts(reader, ids, figures.day))
    for use in figures.uses:
        whole = figures.whole(use.key)
        assert whole.total == len(ids)
        assert whole == together(figures.of(group.id, use.key) for group in figures.groups)
        outcomes = [v.outcome for some in found.values() for v in some if v.use == use.key]
        assert whole.waiting == outcomes.count(Outcome.ASK)
        assert whole.no == outcomes.count(Outcome.NO)


def test_what_was_published_is_counted_as_what_is_worked_out_anew(session: Session) -> None:
    keep_published(session)
    read: list[str] = []

    class Watched(InOne):
        @override
        def read(self, part: Callable[[Session], T]) -> T:
            read.append(part.func.__name__ if isinstance(part, partial) else "")
            return super().read(part)

    found = collect(Watched(session))
    assert "_rows" in read
    assert "_facts" not in read
    assert found.counts == collect(InOne(session), anew=True).counts


def test_a_list_that_lags_is_not_counted_from(session: Session) -> None:
    publish_all(session)
    before = collect(InOne(session))
    with session.look(Compartment.CONSENT) as reader:
        some = reader.ask(PupilIds(on=session.clock.today()))[:5]
        flags = [
            SafetyFlag(
                id=new_id(), pupil_id=one, start=before.day, recorded_at=session.clock.now()
            )
            for one in some
        ]
    with session.work(Compartment.CONSENT, "test") as work:
        work.add(*flags)
        work.commit()
    assert (
        collect(InOne(session)).counts
        == collect(InOne(session), anew=True).counts
        != before.counts
    )


def test_figures_are_kept_until_something_is_written(session: Session) -> None:
    figures = collect(InOne(session))
    assert is_current(session, figures)
    save_pupil(session, PupilDraft("Noor", "", "Visser"))
    assert not is_current(session, figures)


def test_the_trend_is_as_it_was_known(sample: Sample, session: Session) -> None:
    sample.clock.move(timedelta(days=40))
    points = trend(InOne(session))
    assert [point.day for point in points] == list(month_ends(session.clock.today()))
    assert points[0].counts == {}
    first = next(iter(collect(InOne(session)).uses)).key
    assert points[-1].counts[first].yes > 0
    with session.look(Compartment.CONSENT) as reader:
        ids = reader.ask(PupilIds(on=session.clock.today()))
    for pupil_id in ids[:20]:
        raise_flag(session, pupil_id)
    assert collect(InOne(session)).whole(first) != points[-1].counts[first]
    assert trend(InOne(session)) == points


def test_counting_can_be_stopped(session: Session) -> None:
    class Stop:
        def step(self, done: int, total: int) -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        collect(InOne(session), Stop())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_leaves_names_nobody(session: Session, language: str) -> None:
    figures = collect(InOne(session))
    found = prepare_figures(session, PaperPress(), figures, language)
    table = found.csv.decode("utf-8-sig")
    assert table.count("\r\n") > len(figures.uses)
    assert found.pdf.pages > 0
    assert found.leaving(saved=True).act == "figures_saved"
    with session.look(Compartment.CONSENT) as reader:
        names = {pupil.surname for pupil in reader.all(Pupil)} - {""}
    assert not [name for name in names if f'"{name}"' in table]
