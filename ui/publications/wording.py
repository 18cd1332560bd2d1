"""How publications, causes and steps are written on the screen."""

from collections.abc import Iterable

from app.consent.outcome import Outcome
from app.consent.records import Channel, Medium
from app.publications.board import BreachQuestion, PersonIn
from app.publications.records import BreachAnswer, Publication, PublicationStep
from app.publications.state import Stand, Standing
from app.publications.tasks import PublicationTasks
from app.publications.told import IN_CASE, ToldBreach
from resources import media
from ui.kit.mark import Mark
from ui.words import day, t, words

_MARKS = {
    Stand.PERMITTED: Mark.YES,
    Stand.OPEN: Mark.NO,
    Stand.ASKED: Mark.ASK,
}


def medium_words(medium: str) -> str:
    """A kind of recording."""
    language = words().language
    return next((str(m["name"][language]) for m in media() if m["key"] == medium), medium)


def medium_options() -> tuple[tuple[str, str], ...]:
    """The kinds of recording with their words."""
    return tuple((medium.value, medium_words(medium)) for medium in Medium)


def use_words(publication: Publication, channels: Iterable[Channel]) -> str:
    """What it was used for: the channel and the kind of recording."""
    key = publication.channel
    language = words().language
    name = next((each.name(language) for each in channels if each.key == key), key)
    return f"{name} · {medium_words(publication.medium)}"


def task_words(found: PublicationTasks) -> tuple[str, Mark]:
    """What is to be done about a publication, in a few words."""
    if found.question is not None:
        what = "question" if found.question.answer is None else "notice"
        return t(f"publications.state_{what}"), Mark.NO
    late = any(task.overdue for task in found.tasks)
    text = "publications.state_late" if late else "publications.state_open"
    return t(text, count=len(found.tasks)), Mark.NO if found.urgent else Mark.ASK


def stand_mark(person: PersonIn) -> Mark:
    """The mark of a person in a publication as it stands today."""
    if person.standing is None:
        return Mark.OPEN
    task = person.standing
    if task.stand is Stand.OPEN and not task.urgent:
        return Mark.ASK
    return _MARKS.get(task.stand, Mark.OPEN)


def stand_words(standing: Standing | None) -> str:
    """How somebody stands in a publication today: the cause, since when, until when."""
    if standing is None:
        return t("publications.person_gone")
    if standing.stand is Stand.PERMITTED:
        return t("publications.stand_permitted")
    parts = [cause_words(standing)]
    if standing.stand is not Stand.OPEN:
        said = standing.step.taken_on if standing.step else None
        parts.append(t(f"publications.stand_{standing.stand}", day=day(said) if said else ""))
    if standing.due is not None:
        late = "publications.due_passed" if standing.overdue else "publications.due"
        parts.append(t(late, day=day(standing.due)))
    return " ".join(parts)


def cause_words(standing: Standing) -> str:
    """Why it is not permitted any more, and since when; a safety flag gives no reason."""
    since = day(standing.since) if standing.since else ""
    return t(f"publications.cause_{standing.cause}", day=since)


def then_words(person: PersonIn) -> str:
    """What the verdict was for the day of use, as known then."""
    return t(f"publications.then_{Outcome(person.fact.outcome)}")


def question_words(question: BreachQuestion, hours: int) -> str:
    """The data-breach question, with its clock or its answer."""
    answer = question.answer
    if answer is not None:
        text = "publications.answered_yes" if answer.breach else "publications.answered_no"
        said = t(text, who=answer.noted_by, why=answer.reason)
        return f"{said} {_notice_words(answer, hours)}" if answer.breach else said
    if hours < 0:
        return t("publications.question_late", number=-hours)
    return t("publications.question_open", number=hours)


def _notice_words(answer: BreachAnswer, hours: int) -> str:
    """What became of telling the authority, or how long there is."""
    if answer.told_on is not None:
        return t("publications.notice_told", day=day(answer.told_on), how=answer.told_how)
    if answer.told_how:
        return t("publications.notice_none", why=answer.told_how)
    if hours < 0:
        return t("publications.notice_late", number=-hours)
    return t("publications.notice_open", number=hours)


def became_words(found: ToldBreach) -> str:
    """What became of a data breach that was told to the director."""
    if found.where != IN_CASE or found.duty is None:
        return t(f"publications.became_{found.where}", number=found.number)
    state = "open" if found.duty.is_open else "settled"
    return t(f"publications.became_in_case_{state}", number=found.number)


def step_words(step: PublicationStep) -> str:
    """What was done, on which day."""
    return t(f"publications.step_{step.kind}", day=day(step.taken_on))
