"""A report in words, as facts to read."""

from collections.abc import Iterable

from app.breach.rules import MEDIA, SPREAD
from app.breach.sealed import EvidenceNote, Involved, RegisterSaid, Report
from app.protocol.values import Protocol
from ui.words import day, moment, t, words

ROLE_WORDS = {
    "actor": "breach.role_actor",
    "affected": "breach.role_affected",
    "witness": "breach.role_witness",
    "reporter": "breach.role_reporter",
}
KIND_WORDS = {
    "pupil": "breach.kind_pupil",
    "staff": "breach.kind_staff",
    "guardian": "breach.kind_guardian",
    "other": "breach.kind_other",
}
_MEGABYTE = 1024 * 1024
_KILOBYTE = 1024


def actor_words(kind: str, name: str, protocol: Protocol | None) -> str:
    """Whom a report is about: "medewerker · K. Verbeek"."""
    actor = protocol.actor(kind) if protocol else None
    who = actor.name.said(words().language) if actor else kind
    return " · ".join(part for part in (who, name) if part)


def article_words(ids: Iterable[str], protocol: Protocol | None) -> str:
    """Articles, one on a line, with what they are about."""
    lines = []
    for id in ids:
        article = protocol.article(id) if protocol else None
        heading = article.heading.said(words().language) if article else ""
        lines.append(f"{id} · {heading}" if heading else id)
    return "\n".join(lines)


def report_facts(report: Report, protocol: Protocol | None) -> list[tuple[str, str]]:
    """Everything in a report but its files, each fact with its name."""
    language = words().language
    categories = [
        found.name.said(language)
        for found in (protocol.categories if protocol else ())
        if found.key in report.categories
    ]
    name = protocol.name.said(language) if protocol else report.protocol
    who = actor_words(report.actor_kind, report.actor_name, protocol)
    people = [f"{one.name} ({involved_words(one)})" for one in report.people]
    facts = [
        (t("breach.about"), who),
        (t("breach.capacity"), capacity_words(report)),
        (t("breach.occurred_on"), day(report.occurred_on)),
        (t("breach.discovered_on"), day(report.discovered_on)),
        (t("breach.place"), report.place),
        (t("breach.facts"), report.facts),
        (t("breach.opinion"), report.opinion),
        (t("breach.medium"), t(MEDIA[report.medium]) if report.medium in MEDIA else ""),
        (t("breach.audience"), t(SPREAD[report.audience]) if report.audience in SPREAD else ""),
        (t("breach.done"), done_words(made=report.made, shared=report.shared)),
        (t("breach.counted"), name),
        (t("breach.articles"), article_words(report.articles, protocol)),
        (t("breach.affected"), "\n".join(pupil.name for pupil in report.affected)),
        (t("breach.people"), "\n".join(people)),
        (t("breach.categories"), "\n".join(categories)),
        (t("breach.register_said"), register_words(report.register)),
    ]
    return [(label, said) for label, said in facts if said]


def capacity_words(report: Report) -> str:
    """In which capacity somebody acted, and whether he reports himself."""
    said = {"staff": "breach.as_staff", "guardian": "breach.as_guardian"}
    parts = [t(said[report.capacity])] if report.capacity in said else []
    if report.own:
        parts.append(t("breach.own_report"))
    return ", ".join(parts)


def involved_words(person: Involved) -> str:
    """What somebody has to do with it: "getuige · medewerker"."""
    return " · ".join((t(ROLE_WORDS[person.role]), t(KIND_WORDS[person.kind])))


def register_words(said: RegisterSaid | None) -> str:
    """What the register said, from where, and how fresh it was; one line for each answer."""
    if said is None:
        return ""
    if said.source == "register":
        head = t("breach.said_register", day=said.day)
    elif said.published_at is None:
        head = t("breach.said_no_list")
    else:
        head = t("breach.said_list", number=said.number, moment=said.published_at)
    lines = [
        f"{one.name} · {one.name_of_use}: {t(f'consent.outcome_{one.outcome}')} – {one.why}"
        for one in said.answers
    ]
    return "\n".join(line for line in (head, said.doubt, *lines) if line)


def note_words(note: EvidenceNote) -> str:
    """What is known of a file: how obtained, when it arrived, its size, and its hash."""
    arrived = t("breach.arrived", moment=moment(note.arrived_at)) if note.arrived_at else ""
    digest = t("breach.digest", digest=note.digest[:16])
    parts = (
        note.obtained,
        arrived,
        size_words(note.size),
        digest,
        *warning_words(note.warnings),
    )
    return " · ".join(part for part in parts if part)


def warning_words(keys: Iterable[str]) -> list[str]:
    """What a file can do by itself, each in a sentence."""
    return [t(f"breach.warns_{key}") for key in keys]


def done_words(*, made: bool, shared: bool) -> str:
    """What was done with the recording."""
    parts = ((made, "breach.made_word"), (shared, "breach.shared_word"))
    return ", ".join(t(text) for holds, text in parts if holds)


def size_words(size: int) -> str:
    """The size of a file: "340 kB" or "2,4 MB"."""
    if size < _MEGABYTE:
        return t("breach.size_kb", size=max(1, round(size / _KILOBYTE)))
    number = f"{size / _MEGABYTE:.1f}"
    return t("breach.size_mb", size=number.replace(".", ",") if _dutch() else number)


def _dutch() -> bool:
    return words().language == "nl"
