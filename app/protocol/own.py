"""A version of the school's own: its name and articles as typed, stored and used."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from app.data import DataError, Rows, Wording
from app.protocol.values import AUDIENCES, EVERYBODY, Article

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.protocol.records import ProtocolVersion
    from app.protocol.values import Protocol

EVALUATE = "evaluate"
"""Name of the day on which a version is looked at again; not a date on its cover."""

WHEN = ("always", "at_work", "outside_work")
CONCERNS = ("recording", "privacy", "conduct", "channel")
MEANT_FOR = (EVERYBODY, *AUDIENCES[:2])


@dataclass(frozen=True, slots=True)
class ArticleWords:
    """One article as typed.

    Attributes:
        id: short, such as "A5"; audience: a key of `MEANT_FOR`.
        heading_en, text_en: in English, or "" where the Dutch words serve.
        sure: the wording says what the rule is.
    """

    id: str
    heading: str
    text: str
    audience: str = EVERYBODY
    when: str = "always"
    concerns: str = "conduct"
    heading_en: str = ""
    text_en: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class SketchWords:
    """A version as typed.

    Attributes:
        base: the shipped protocol that it stands on.
        starts: the first day on which it is to count.
        change: what is different from the version before.
    """

    name: str
    articles: tuple[ArticleWords, ...]
    base: str
    name_en: str = ""
    starts: date | None = None
    change: str = ""


def words_of(protocol: Protocol, base: str) -> SketchWords:
    """A version as words to begin the next one from."""
    articles = tuple(
        ArticleWords(
            id=article.id,
            heading=article.heading.nl,
            text=article.text.nl,
            audience=article.audience,
            when=article.when,
            concerns=article.concerns,
            heading_en=article.heading.en,
            text_en=article.text.en,
            sure=article.complete,
        )
        for article in protocol.articles
    )
    return SketchWords(protocol.name.nl, articles, base, protocol.name.en)


def sketch_text(words: SketchWords) -> str:
    """What was typed as JSON; the same words give the same text."""
    content: dict[str, Any] = asdict(words)
    content["starts"] = words.starts.isoformat() if words.starts else ""
    return json.dumps(content, sort_keys=True, ensure_ascii=False)


def sketch_words(text: str) -> SketchWords:
    """What was typed, from JSON.

    Raises:
        DataError: when it says something else.
    """
    rows = _rows(text, "sketch")
    starts = rows.text("starts", "")
    return SketchWords(
        name=rows.text("name", ""),
        articles=tuple(_words(row) for row in rows.rows("articles", "id")),
        base=rows.text("base"),
        name_en=rows.text("name_en", ""),
        starts=_day(starts),
        change=rows.text("change", ""),
    )


def content_of(words: SketchWords) -> str:
    """What is frozen when a version is put in force, as JSON."""
    content = {
        "name": words.name,
        "name_en": words.name_en,
        "articles": [asdict(article) for article in words.articles],
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False)


def digest_of(content: str) -> str:
    """The SHA-256 under which a version's content is known, hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def own_protocol(version: ProtocolVersion, base: Protocol, follows: str) -> Protocol:
    """A stored version as a protocol: its own name and articles on the base's other rules.

    Raises:
        DataError: when the content is damaged or is not what the digest says.
    """
    if digest_of(version.content) != version.digest:
        raise DataError(version.key, "the content is not what was put in force")
    return own_content(
        base,
        version.content,
        key=version.key,
        version=version.number,
        starts=version.starts,
        follows=follows,
    )


def own_content(
    base: Protocol,
    content: str,
    *,
    key: str,
    version: int,
    starts: date | None,
    follows: str,
) -> Protocol:
    """A version out of its frozen content, on the other rules of a shipped protocol.

    Raises:
        DataError: when the content is damaged.
    """
    rows = _rows(content, key)
    began = {"in_force": starts}
    return replace(
        base,
        key=key,
        version=version,
        name=_both(rows, "name"),
        trail=tuple(replace(trail, on=began.get(trail.key)) for trail in base.trail),
        articles=tuple(_article(row) for row in rows.rows("articles", "id")),
        starts=starts,
        follows=follows,
        articles_known=True,
        evaluate_on=None,
        base=base.key,
    )


def with_days(protocol: Protocol, days: Mapping[str, date | None]) -> Protocol:
    """A protocol with the dates that the school noted in place of those that were shipped."""
    trail = tuple(
        replace(each, on=days[each.key]) if each.key in days else each
        for each in protocol.trail
    )
    evaluate = days.get(EVALUATE, protocol.evaluate_on)
    return replace(protocol, trail=trail, evaluate_on=evaluate)


def _article(row: Rows) -> Article:
    words = _words(row)
    return Article(
        id=words.id,
        heading=Wording(words.heading, words.heading_en or words.heading),
        text=Wording(words.text, words.text_en or words.text),
        audience=words.audience,
        when=words.when,
        concerns=words.concerns,
        complete=words.sure,
    )


def _words(row: Rows) -> ArticleWords:
    return ArticleWords(
        id=row.text("id", ""),
        heading=row.text("heading", ""),
        text=row.text("text", ""),
        audience=row.choice("audience", MEANT_FOR, EVERYBODY),
        when=row.choice("when", WHEN, "always"),
        concerns=row.choice("concerns", CONCERNS, "conduct"),
        heading_en=row.text("heading_en", ""),
        text_en=row.text("text_en", ""),
        sure=row.flag("sure", default=True),
    )


def _both(rows: Rows, key: str) -> Wording:
    dutch = rows.text(key)
    return Wording(dutch, rows.text(f"{key}_en", "") or dutch)


def _rows(text: str, where: str) -> Rows:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise DataError(where, "is damaged") from error
    if not isinstance(found, dict):
        raise DataError(where, "is damaged")
    return Rows(found, where)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
