"""Words for rounds, causes and ways of asking."""

from collections.abc import Iterable
from datetime import date

from app.asking.listing import AskingLine
from app.asking.needs import Cause
from app.asking.records import RoundKind
from app.asking.rounds import RoundLine
from app.asking.unread import Unread
from app.consent.records import Channel
from app.consent.said import use_name
from ui.words import day, t, words

_Paper = tuple[date, date, str]
"""The day on it, when it was entered, and by whom."""


def cause_words(causes: Iterable[Cause]) -> str:
    """Why somebody has to be asked, in a few words."""
    return ", ".join(t(f"asking.cause_{cause}") for cause in causes)


def kind_words(kind: RoundKind) -> str:
    """What a round is about."""
    return t(f"asking.kind_{kind}")


def round_title(line: RoundLine) -> str:
    """The name of a round: what it is about, and of which part of the school."""
    name = kind_words(line.kind)
    place = line.channel.name(words().language) if line.channel else line.place
    return t("asking.round_of", round=name, place=place) if place else name


def asked_words(line: AskingLine) -> str:
    """When and how somebody was asked, or that it was not done yet."""
    if line.asked_on is None:
        return t("asking.asked_not_yet") if line.causes else ""
    if line.number:
        return t("asking.asked_form", day=line.asked_on, number=line.number)
    return t("asking.asked_on", day=line.asked_on, how=t(f"asking.how_{line.how}"))


def waits_words(line: AskingLine) -> str:
    """How long an answer is being waited for and how often reminded, in a narrow column."""
    if line.waits is None:
        return t("asking.not_asked") if line.causes else t("asking.answered")
    waits = t("asking.waits", count=line.waits) if line.waits else t("asking.today")
    times = t("asking.times", number=line.reminders) if line.reminders else ""
    return " · ".join(part for part in (waits, times) if part)


def told(line: AskingLine) -> str:
    """Everything about one line in a few sentences."""
    parts = (
        decider_words(line),
        line.phone,
        cause_words(line.causes),
        t("asking.partly") if line.partly else "",
        asked_words(line),
        reminded_words(line),
    )
    return " · ".join(part for part in parts if part)


def unread_words(found: Iterable[Unread], channels: Iterable[Channel]) -> list[str]:
    """Per paper what nobody could read, with who entered it and when."""
    known = {channel.key: channel for channel in channels}
    papers: dict[_Paper, list[str]] = {}
    for one in found:
        said = use_name(one.use, known, words().language)
        papers.setdefault((one.signed_on, one.entered_on, one.by), []).append(said)
    return [
        t("asking.unread", day=signed, uses=", ".join(uses), entered=entered, name=by)
        for (signed, entered, by), uses in papers.items()
    ]


def reminded_words(line: AskingLine) -> str:
    """How often somebody was reminded, and when last."""
    if not line.reminders or line.last is None:
        return ""
    return t("asking.reminded", count=line.reminders, day=day(line.last))


def decider_words(line: AskingLine) -> str:
    """Who is asked, and what he or she is to the pupil."""
    if line.relation in ("self", "staff", "adult"):
        return t("asking.decides_alone")
    return t(
        "asking.decider", name=line.decider, relation=t(f"people.relation_{line.relation}")
    )
