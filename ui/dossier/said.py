"""Dossiers in words: names of compartments, terms with the days that are left."""

from collections.abc import Sequence
from datetime import date

from app.data import Wording
from app.dossier.facts import CaseFacts
from app.dossier.records import Breach
from app.procedures.terms import time_left
from app.protocol.known import why_of
from app.protocol.values import Protocol
from app.publications.told import ToldPublication
from app.record import Compartment
from ui.words import day, say, t, words

NAMES = {
    Compartment.PUPIL_DOSSIER: "dossier.pupil",
    Compartment.STAFF_DOSSIER: "dossier.staff",
}
_LONGEST, _ENDING = 40, 12
PLURALS = {
    Compartment.PUPIL_DOSSIER: "dossier.pupils",
    Compartment.STAFF_DOSSIER: "dossier.staff_members",
}


def short_name(name: str) -> str:
    """A file name that fits on a button: its beginning and its ending."""
    if len(name) <= _LONGEST:
        return name
    return f"{name[: _LONGEST - _ENDING - 1]}…{name[-_ENDING:]}"


def wording(found: Wording) -> str:
    """Words out of the data, in the language of the window."""
    return found.said(words().language)


def due_words(due: date | None, today: date, *, theirs: bool = False) -> str:
    """A term: "uiterlijk 4 dec 2026 · nog 12 dagen"."""
    if due is None:
        return ""
    return t("dossier.due", day=due, left=time_left(due, today, theirs=theirs))


def article_words(protocol: Protocol, ids: Sequence[str]) -> str:
    """Articles with their number and their heading, one on a line."""
    found = [(id, protocol.article(id)) for id in ids]
    return "\n".join(f"{id} · {wording(one.heading)}" if one else id for id, one in found)


def as_reported(facts: CaseFacts) -> tuple[tuple[str, str], ...]:
    """What the reporter wrote where the dossier has it otherwise, and why, as named facts."""
    breach, protocol = facts.breach, facts.protocol
    found: list[tuple[str, str]] = []
    if breach.reported_actor_name != breach.actor_name or _other_kind(breach):
        actor = protocol.actor(breach.reported_actor_kind)
        parts = (wording(actor.name) if actor else "", breach.reported_actor_name)
        about = " · ".join(part for part in parts if part)
        found.append((t("dossier.reported_about"), about))
    if breach.reported_categories or breach.categories:
        reported = _categories(protocol, breach.reported_categories)
        found.append((t("dossier.reported_categories"), reported))
        found.append((t("dossier.filed_categories"), _categories(protocol, breach.categories)))
    found.append((t("dossier.filing_reason"), breach.filing_reason))
    if breach.reported_articles and breach.reported_articles != breach.articles:
        found.append((t("dossier.reported_articles"), ", ".join(breach.reported_articles)))
    if breach.known:
        found.append((t("dossier.rules_known"), _known_words(breach)))
    if breach.own_report:
        found.append((t("dossier.own_report"), t("dossier.answer_yes")))
    return tuple(found)


def _known_words(breach: Breach) -> str:
    """Whether the person could know the rules on that day, and why; else since when."""
    why = why_of(breach.known_why)
    since = t("dossier.known_since", day=breach.known_from) if breach.known_from else ""
    reason = say(why) if why else since
    return " · ".join(part for part in (t(f"dossier.known_{breach.known}"), reason) if part)


def _other_kind(breach: Breach) -> bool:
    return breach.reported_actor_kind != breach.actor_kind


def _categories(protocol: Protocol, keys: Sequence[str]) -> str:
    named = [wording(found.name) for found in protocol.categories if found.key in keys]
    return ", ".join(named) or t("dossier.no_category")


def publication_words(found: ToldPublication) -> str:
    """What is answered at a publication about its data breach, and what became of telling."""
    of = t("dossier.publication", title=found.title, day=day(found.used_on))
    if found.breach is None:
        return f"{of} {t('dossier.publication_open')}"
    text = "dossier.publication_yes" if found.breach else "dossier.publication_no"
    said = f"{of} {t(text, who=found.by, why=found.reason)}"
    if not found.breach or not found.told_how:
        return said
    if found.told_on is None:
        return f"{said} {t('dossier.publication_not_told', why=found.told_how)}"
    return f"{said} {t('dossier.publication_told', day=day(found.told_on), how=found.told_how)}"
