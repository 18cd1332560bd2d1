"""A report in words, as facts to read."""

from app.breach.protocol import Protocol, load_protocol
from app.breach.report import MEDIA, SPREAD
from app.breach.sealed import Report
from ui.words import day, t, words

_MEGABYTE = 1024 * 1024
_KILOBYTE = 1024


def protocol_of(report: Report) -> Protocol | None:
    """The protocol of a report, or None when this program does not have it."""
    try:
        return load_protocol(report.protocol)
    except KeyError:
        return None


def actor_words(kind: str, name: str, protocol: Protocol | None) -> str:
    """Whom a report is about: "medewerker · K. Verbeek"."""
    actor = protocol.actor(kind) if protocol else None
    who = actor.name.said(words().language) if actor else kind
    return " · ".join(part for part in (who, name) if part)


def article_words(report: Report, protocol: Protocol | None) -> str:
    """The articles, one on a line, with what they are about."""
    lines = []
    for id in report.articles:
        article = protocol.article(id) if protocol else None
        heading = article.heading.said(words().language) if article else ""
        lines.append(f"{id} · {heading}" if heading else id)
    return "\n".join(lines)


def report_facts(report: Report) -> list[tuple[str, str]]:
    """Everything in a report but its files, each fact with its name."""
    protocol = protocol_of(report)
    language = words().language
    categories = [
        found.name.said(language)
        for found in (protocol.categories if protocol else ())
        if found.key in report.categories
    ]
    return [
        (t("breach.about"), actor_words(report.actor_kind, report.actor_name, protocol)),
        (t("breach.occurred_on"), day(report.occurred_on)),
        (t("breach.discovered_on"), day(report.discovered_on)),
        (t("breach.place"), report.place),
        (t("breach.facts"), report.facts),
        (t("breach.opinion"), report.opinion),
        (t("breach.medium"), t(MEDIA[report.medium]) if report.medium in MEDIA else ""),
        (t("breach.audience"), t(SPREAD[report.audience]) if report.audience in SPREAD else ""),
        (t("breach.done"), done_words(made=report.made, shared=report.shared)),
        (t("breach.articles"), article_words(report, protocol)),
        (t("breach.affected"), "\n".join(pupil.name for pupil in report.affected)),
        (t("breach.categories"), "\n".join(categories)),
    ]


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
