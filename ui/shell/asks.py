"""What a step asks, as fields of a form; what was filled in, as answers and in words."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from app.clock import SCHOOL_ZONE
from app.data import Wording
from app.dossier.case import TakenStep
from app.procedures.answers import Answer, as_read
from app.procedures.procedure import COURSE, ONE_OF, Ask
from ui.kit.form import Check, Choice, Day, Field, Line, Notes, Value
from ui.words import day, moment, t, words

_TIME = "__time"


def step_fields(asks: Sequence[Ask]) -> tuple[Field, ...]:
    """The fields of a form for what a step asks."""
    return tuple(field for ask in asks for field in _fields_of(ask))


def step_answers(asks: Sequence[Ask], values: Mapping[str, Value]) -> dict[str, Answer]:
    """What was filled in, as the answers of a step; what is empty is left out."""
    found: dict[str, Answer] = {}
    for each in asks:
        value = values.get(each.field)
        if each.kind == "moment":
            value = None if value is None else _moment(value, values.get(each.field + _TIME))
        if value not in (None, "") and not isinstance(value, tuple):
            found[each.field] = value
    return found


def step_values(asks: Sequence[Ask], answers: Mapping[str, Answer]) -> dict[str, Value]:
    """Answers that were given, as the values of the form's fields."""
    found: dict[str, Value] = {}
    for each in asks:
        answer = answers.get(each.field)
        if isinstance(answer, datetime):
            local = answer.astimezone(ZoneInfo(SCHOOL_ZONE))
            found[each.field], found[each.field + _TIME] = local.date(), f"{local:%H:%M}"
        elif answer is not None:
            found[each.field] = answer
    return found


def step_keys(asks: Sequence[Ask]) -> tuple[str, ...]:
    """The keys of all fields, for drafts."""
    return tuple(field.key for field in step_fields(asks))


def answers_of(taken: TakenStep) -> tuple[tuple[str, str], ...]:
    """What was asked and answered, in words."""
    return tuple((label, answer) for _, label, answer in answered(taken))


def answered(taken: TakenStep) -> tuple[tuple[str, str, str], ...]:
    """Per question its field, what was asked and what was answered, in words."""
    language = words().language
    return tuple(
        (
            ask.field,
            capital(ask.name.said(language)),
            answer_words(as_read(ask, taken.answers[ask.field])),
        )
        for ask in taken.step.asks
        if ask.field in taken.answers
    )


def capital(name: str) -> str:
    """A name as it stands at the beginning of a line."""
    return name[:1].upper() + name[1:]


def answer_words(answer: Answer | Wording) -> str:
    """An answer that was given to what a step asks."""
    if isinstance(answer, Wording):
        return answer.said(words().language)
    if isinstance(answer, bool):
        return t("dossier.answer_yes" if answer else "dossier.answer_no")
    if isinstance(answer, str):
        return answer
    return moment(answer) if isinstance(answer, datetime) else day(answer)


def _fields_of(ask: Ask) -> tuple[Field, ...]:
    label = ask.name.said(words().language)
    label, must = capital(label), ask.required
    if ask.kind in (ONE_OF, COURSE):
        options = tuple((each.key, each.name.said(words().language)) for each in ask.options)
        return (Choice(key=ask.field, label="", said=label, required=must, options=options),)
    if ask.kind == "day":
        return (Day(key=ask.field, label="", said=label, required=must),)
    if ask.kind == "text":
        return (Notes(key=ask.field, label="", said=label, required=must, lines=5),)
    if ask.kind == "yes_no":
        return (Check(key=ask.field, label="", said=label),)
    if ask.kind == "moment":
        at = t("shell.at_time", name=label)
        return (
            Day(key=ask.field, label="", said=label, required=must),
            Line(
                key=ask.field + _TIME, label="", said=at, required=must, hint="shell.time_hint"
            ),
        )
    return (Line(key=ask.field, label="", said=label, required=must),)


def _moment(value: Value, typed: Value) -> datetime | None:
    try:
        at = time.fromisoformat(str(typed or "").replace(".", ":"))
    except ValueError:
        return None
    if not isinstance(value, date):
        return None
    return datetime.combine(value, at, ZoneInfo(SCHOOL_ZONE))
