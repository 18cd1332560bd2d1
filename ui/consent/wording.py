"""How uses, answers and verdicts are written on the screen."""

from collections.abc import Iterable, Sequence

import resources
from app.consent.decide import WAYS
from app.consent.facts import DecisionFact
from app.consent.grid import Decider, Grid, GridLine
from app.consent.outcome import Outcome, Reason
from app.consent.overview import PupilConsent
from app.consent.records import Answer, Channel
from app.consent.uses import split_use, use_key
from ui.kit.mark import Mark
from ui.words import say, t, words

Options = tuple[tuple[str, str], ...]

_MARKS = {Answer.YES: Mark.YES, Answer.NO: Mark.NO, Answer.WITHDRAWN: Mark.NO}
_OUTCOMES = {
    Outcome.YES: Mark.YES,
    Outcome.YES_IF: Mark.YES,
    Outcome.NOT_NEEDED: Mark.NONE,
    Outcome.NO: Mark.NO,
    Outcome.ASK: Mark.ASK,
}
MEDIA = ("photo", "film", "audio")


def medium_words(medium: str) -> str:
    """A kind of recording, such as "Foto"."""
    return t(f"consent.medium_{medium}")


def channel_words(channel: Channel) -> str:
    """The short name of a channel."""
    return channel.short(words().language)


def use_words(use: str, channels: Iterable[Channel]) -> str:
    """A use as "Website · foto"."""
    medium, key = split_use(use)
    name = next((channel_words(c) for c in channels if c.key == key), key)
    return t("consent.use", channel=name, medium=medium_words(medium).lower())


def relation_name(kind: str) -> str:
    """What a decider is to the pupil, with a capital: "Moeder"."""
    name = t(f"people.relation_{kind}")
    return name[:1].upper() + name[1:]


def decider_titles(deciders: Sequence[Decider]) -> list[str]:
    """The headers of the grid: the relation, with a name where two are the same."""
    kinds = [decider.relation for decider in deciders]
    return [
        t("consent.decider_named", relation=relation_name(d.relation), name=d.name)
        if kinds.count(d.relation) > 1
        else relation_name(d.relation)
        for d in deciders
    ]


def decider_words(decider: Decider) -> str:
    """A decider in a choice: "Marijke van der Wal (moeder)"."""
    return t(
        "consent.decider", name=decider.name, relation=t(f"people.relation_{decider.relation}")
    )


def answer_words(
    voice: DecisionFact | None, decider: Decider, *, asked: bool = True
) -> tuple[str, Mark]:
    """What one decider said, with its symbol; nothing where nobody is asked."""
    if voice is None:
        if not asked:
            return "", Mark.NONE
        if not decider.holds:
            return t("consent.decides_not"), Mark.NONE
        return t("consent.answer_none"), Mark.OPEN
    if voice.conditions:
        return t("consent.answer_yes_if"), Mark.YES
    return t(f"consent.answer_{voice.answer}"), _MARKS[voice.answer]


def verdict_words(line: GridLine) -> tuple[str, Mark]:
    """The verdict, with its symbol."""
    return outcome_words(line.verdict.outcome)


def outcome_words(outcome: Outcome) -> tuple[str, Mark]:
    """An answer, with its symbol."""
    return t(f"consent.outcome_{outcome}"), _OUTCOMES[outcome]


def why_words(line: GridLine) -> str:
    """Why the verdict is what it is; a ground or conditions come first."""
    verdict = line.verdict
    if verdict.reason is Reason.GROUND:
        return line.channel.ground(words().language)
    why = say(line.why)
    if verdict.outcome is Outcome.YES_IF:
        return t("consent.why_if", conditions=condition_words(verdict.conditions), why=why)
    return why


def condition_words(conditions: Iterable[str]) -> str:
    """Conditions as a list in words."""
    return ", ".join(t(f"consent.condition_{key}") for key in conditions)


def condition_options() -> Options:
    """The conditions that can be put to a yes, with their words."""
    language = words().language
    return tuple((row["key"], row["name"][language]) for row in resources.conditions())


def way_options() -> Options:
    """The ways in which an answer comes in, with their words."""
    return tuple((way, t(f"consent.way_{way}")) for way in WAYS)


def unclear_pairs(found: PupilConsent) -> frozenset[tuple[str, str]]:
    """Use and decider of everything that nobody could read."""
    return frozenset((use_key(u.medium, u.channel), u.decider_id) for u in found.unclear)


def shown_lines(grid: Grid, medium: str) -> list[GridLine]:
    """The lines of one kind of recording: what is asked, needs no asking, or was answered."""
    return [
        line
        for line in grid.lines
        if line.medium == medium and (medium in line.channel.media or any(line.voices))
    ]
