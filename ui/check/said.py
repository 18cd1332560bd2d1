"""An answer in the words and marks of the screen."""

from collections.abc import Sequence

from app.breach.report import MyReport
from app.check.answer import CheckAnswer, CheckLine, Freshness
from app.clock import Clock, local, school_day
from app.consent.outcome import Outcome
from resources import conditions
from ui.kit.mark import Mark
from ui.words import day, say, t, words

MARKS = {
    Outcome.YES: Mark.YES,
    Outcome.YES_IF: Mark.YES,
    Outcome.NOT_NEEDED: Mark.YES,
    Outcome.NO: Mark.NO,
    Outcome.ASK: Mark.ASK,
}
_ANSWERS = {
    Outcome.YES: "check.yes",
    Outcome.YES_IF: "check.yes_if",
    Outcome.NOT_NEEDED: "check.not_needed",
    Outcome.NO: "check.no",
    Outcome.ASK: "check.ask",
}


def answer_of(line: CheckLine) -> str:
    """The large word of an answer, such as JA or NEE."""
    return t(_ANSWERS[line.outcome])


def provided(line: CheckLine) -> str:
    """The conditions of a "yes, if" in a few words each; nothing for other answers."""
    tiles = {item["key"]: item["tile"] for item in conditions()}
    language = words().language
    return " · ".join(tiles[key][language] if key in tiles else key for key in line.conditions)


def why(line: CheckLine, answer: CheckAnswer) -> str:
    """The reason; where nothing can be relied on, the band above says it for all."""
    return t("check.see_above") if answer.doubt is not None else say(line.why)


def freshness_words(freshness: Freshness, clock: Clock) -> str:
    """From when the data are, and who published them."""
    if freshness.published_at is None:
        return ""
    here = local(freshness.published_at)
    today = school_day(freshness.published_at) == clock.today()
    return t(
        "check.fresh_today" if today else "check.fresh",
        time=f"{here:%H:%M}",
        day=day(here.date()),
        publisher=freshness.publisher,
    )


def reports_words(found: Sequence[MyReport]) -> str:
    """How many reports somebody sent, and when the newest was received; "" for none."""
    if not found:
        return ""
    received = [report.received_at for report in found if report.received_at is not None]
    if not received:
        return t("check.reports_sent", count=len(found))
    on = school_day(max(received))
    return t("check.reports_received", count=len(found), day=on)
