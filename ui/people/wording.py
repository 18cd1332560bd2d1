"""How people, relations and authority are written on the screen."""

from collections.abc import Iterable

import resources
from app.people.authority import AuthorityState
from app.people.card import Tie
from app.people.records import Authority, Guardian
from app.text import PAPER_LANGUAGES
from ui.kit.mark import Mark
from ui.words import day, t, words

Options = tuple[tuple[str, str], ...]


def relation_options() -> Options:
    """The kinds of relation with their words."""
    return _options(resources.relations())


def authority_options() -> Options:
    """The kinds of authority with their words."""
    return _options(resources.authority_kinds())


def source_options() -> Options:
    """What authority can be seen in, with its words."""
    return _options(resources.authority_proofs())


def language_options() -> Options:
    """The languages of forms and letters with their words."""
    return tuple((language, t(f"people.language_{language}")) for language in PAPER_LANGUAGES)


def relation_words(kind: str) -> str:
    """What a guardian is to the pupil, such as "moeder"."""
    return dict(relation_options()).get(kind, kind)


def kind_words(kind: str) -> str:
    """A kind of authority, such as "gezamenlijk ouderlijk gezag"."""
    return dict(authority_options()).get(kind, kind)


def source_words(source: str) -> str:
    """What authority was seen in."""
    return dict(source_options()).get(source, source)


def authority_words(tie: Tie) -> str:
    """What is known of the authority, short: "gezamenlijk gezag", "gezag uitzoeken"."""
    if tie.state is AuthorityState.OPEN:
        return t("people.authority_open")
    fact = tie.authority
    return t(f"people.authority_short_{fact.kind}") if fact else t("people.authority_ended")


def authority_mark(tie: Tie) -> Mark:
    """The symbol for what is known of the authority; a question mark means work to do."""
    return Mark.ASK if tie.state is AuthorityState.OPEN else Mark.NONE


def seen_words(tie: Tie) -> str:
    """From or until when authority holds, or else when and where it was seen."""
    fact = tie.authority
    if fact is None:
        return _period_words(tie)
    if fact.end is not None:
        until = t("people.authority_until", day=day(fact.end))
        return joined((until, _later_words(tie.later) if tie.later else ""))
    if tie.later is not None:
        return _later_words(tie.later)
    if fact.investigated:
        return t("people.authority_investigated")
    return t("people.authority_seen", day=day(fact.seen_on)) if fact.seen_on else ""


def period_words(fact: Authority) -> str:
    """From and until when a fact about authority holds; "" for always."""
    if fact.start is None:
        return t("people.authority_until", day=day(fact.end)) if fact.end else ""
    if fact.end is None:
        return t("people.since", day=day(fact.start))
    return t("people.period", start=day(fact.start), end=day(fact.end))


def _period_words(tie: Tie) -> str:
    if tie.later is not None:
        return _later_words(tie.later)
    return t("people.authority_until", day=day(tie.over.end)) if tie.over else ""


def _later_words(fact: Authority) -> str:
    """What is known from a later day on: "vanaf 1 jan 2027: gezag"."""
    known = t(f"people.authority_short_{fact.kind}")
    return t("people.authority_from", day=day(fact.start), known=known)


def whereabouts(guardian: Guardian) -> str:
    """The ship, or the town where there is none."""
    return t("people.ship", name=guardian.ship) if guardian.ship else guardian.town


def joined(parts: Iterable[str]) -> str:
    """Words with dots between them; empty ones are left out."""
    return " · ".join(part for part in parts if part)


def _options(rows: list[dict[str, object]]) -> Options:
    return tuple((str(row["key"]), _name(row["name"])) for row in rows)


def _name(names: object) -> str:
    return str(names[words().language]) if isinstance(names, dict) else ""
