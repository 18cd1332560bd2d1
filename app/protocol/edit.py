"""Writing the school's own protocol: a sketch, versions put in force, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.bsn import holds_bsn
from app.data import DataError
from app.errors import Refusal, collect
from app.ids import new_id
from app.names import tidy
from app.protocol.own import (
    EVALUATE,
    MEANT_FOR,
    ArticleWords,
    SketchWords,
    content_of,
    digest_of,
    sketch_text,
    sketch_words,
    words_of,
)
from app.protocol.records import ProtocolCopy, ProtocolDay, ProtocolSketch, ProtocolVersion
from app.protocol.shelf import (
    COPY,
    DIRECTS,
    arranged,
    copy_content,
    held,
    proven,
    signed_content,
)
from app.record import Compartment
from app.register.records import School

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.ports import Committed, Session, UserCard, Work
    from app.protocol.shelf import Shelf
    from app.protocol.values import Protocol

SKETCH = "sketch"
MOST_ARTICLES = 60
LONGEST_ID = 8
LONGEST_HEADING = 120
LONGEST_ARTICLE = 1500
_ID = re.compile(r"[^\W_]([^\W_]|[.-])*")
_OWN = (School, ProtocolVersion, ProtocolDay)


@dataclass(frozen=True, slots=True)
class Sketch:
    """The version that is being written.

    Attributes:
        begun: somebody wrote in it; otherwise it is the present version to begin from.
        damaged: what was kept could not be read, and was left aside.
    """

    words: SketchWords
    begun: bool
    damaged: bool = False


def may_edit(user: UserCard) -> bool:
    """Whether somebody writes the school's protocol: a director."""
    return user.may(DIRECTS)


def sketch(session: Session) -> Sketch:
    """What is being written, or the present version to begin from."""
    with session.look(Compartment.CONSENT) as reader:
        kept = reader.find(ProtocolSketch, SKETCH)
        own = arranged(held(reader))
    fresh = words_of(own.current(session.clock.today()), _base(own))
    if kept is None or not kept.content:
        return Sketch(fresh, begun=False)
    try:
        return Sketch(sketch_words(kept.content), begun=True)
    except DataError:
        return Sketch(fresh, begun=False, damaged=True)


def keep_sketch(session: Session, words: SketchWords) -> None:
    """Keep what was typed so far; nothing of it counts yet.

    Raises:
        Refusal: `protocol.only_directors`.
        Refusals: a text that holds a citizen service number.
    """
    _check_user(session)
    collect(list(_number_faults(words)))
    _write_sketch(session, sketch_text(words))


def drop_sketch(session: Session) -> None:
    """Begin again from the present version; what was typed stays in the history.

    Raises:
        Refusal: `protocol.only_directors`.
    """
    _check_user(session)
    _write_sketch(session, "")


def put_in_force(session: Session, words: SketchWords) -> ProtocolVersion:
    """Freeze a version of the school's own; it counts from the day it names.

    Reports and cases of before keep the version that they name.

    Raises:
        Refusal: `protocol.only_directors`.
        Refusals: fields that are not right; nothing is put in force.
    """
    _check_user(session)
    clean = _tidied(words)
    with session.work(Compartment.CONSENT, "protocol_in_force") as work:
        own = arranged(held(work))
        collect([*_number_faults(clean), *_faults(clean, own)])
        version = _version(session, clean, own)
        work.add(version)
        _clear_sketch(session, work)
        work.commit()
    publish_copy(session)
    return version


def note_day(session: Session, protocol: str, name: str, on: date | None) -> ProtocolDay:
    """Note when a version was published, agreed or is to be evaluated; None takes it back.

    Raises:
        Refusal: `protocol.only_directors`, `protocol.unknown_day`, `protocol.day_ahead`.
    """
    _check_user(session)
    with session.work(Compartment.CONSENT, "protocol_day_noted", protocol) as work:
        own = arranged(held(work))
        version = own.named(protocol)
        if version is None or (name != EVALUATE and version.trail_date(name) is None):
            raise Refusal("protocol.unknown_day", field="on")
        if on is not None and name != EVALUATE and on > session.clock.today():
            raise Refusal("protocol.day_ahead", field="on")
        noted = ProtocolDay(
            id=new_id(),
            protocol=protocol,
            name=name,
            on=on,
            noted_by=session.user.name,
            recorded_at=session.clock.now(),
        )
        work.add(noted)
        work.commit()
    publish_copy(session)
    return noted


# -- the copy for everybody -------------------------------------------------------------------


def keep_copied(session: Session) -> None:
    """Let the copy for everybody follow what this director writes, and bring it up to date now.

    A copy that another director signed who has left since is signed anew. Does nothing for
    others.

    Raises:
        Trouble: the check file cannot be written; the versions themselves are untouched.
    """
    if not may_edit(session.user) or not session.opens(Compartment.CONSENT):
        return

    def follow(committed: Committed) -> None:
        if any(isinstance(record, _OWN) for record in committed.records):
            publish_copy(session)

    session.listen(follow)
    publish_copy(session)


def publish_copy(session: Session) -> None:
    """Sign what the school has of its own for everybody, unless that stands there already."""
    with session.look(Compartment.CONSENT) as reader:
        content, basis = copy_content(held(reader)), reader.head().number
    with session.look(Compartment.CHECK) as reader:
        before = reader.find(ProtocolCopy, COPY)
    if before is not None and before.content == content and proven(session, before):
        return
    signature = session.sign(signed_content(session.register.id, basis, content))
    with session.work(Compartment.CHECK, "protocol_published") as work:
        work.change(
            ProtocolCopy(
                id=COPY,
                content=content,
                basis=basis,
                user=signature.user,
                key=signature.key,
                signature=signature.value,
            )
        )
        work.commit()


# -- rules ------------------------------------------------------------------------------------


def _check_user(session: Session) -> None:
    if not may_edit(session.user):
        raise Refusal("protocol.only_directors")


def _faults(words: SketchWords, own: Shelf) -> Iterator[Refusal]:
    if not words.name:
        yield Refusal("protocol.name_missing", field="name")
    yield from _start_faults(words, own)
    if not words.articles:
        yield Refusal("protocol.no_articles", field="articles")
    if len(words.articles) > MOST_ARTICLES:
        yield Refusal("protocol.too_many_articles", field="articles", most=MOST_ARTICLES)
    ids = [article.id for article in words.articles]
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        yield Refusal("protocol.article_twice", field="articles", article=id)
    for article in words.articles:
        yield from _article_faults(article)


def _start_faults(words: SketchWords, own: Shelf) -> Iterator[Refusal]:
    if words.starts is None:
        yield Refusal("protocol.start_missing", field="starts")
        return
    last = own.protocols[-1]
    if last.starts is not None and words.starts <= last.starts:
        yield Refusal("protocol.starts_before", field="starts", day=last.starts)


def _article_faults(article: ArticleWords) -> Iterator[Refusal]:
    if len(article.id) > LONGEST_ID or not _ID.fullmatch(article.id):
        yield Refusal("protocol.article_id", field="articles", article=article.id)
    if not article.heading or not article.text:
        yield Refusal("protocol.article_empty", field="articles", article=article.id)
    if article.audience not in MEANT_FOR:
        yield Refusal("breach.choice_unknown", field="articles")
    texts = (
        (LONGEST_HEADING, (article.heading, article.heading_en)),
        (LONGEST_ARTICLE, (article.text, article.text_en)),
    )
    if any(len(text) > most for most, two in texts for text in two):
        yield Refusal("protocol.article_long", field="articles", article=article.id)


def _number_faults(words: SketchWords) -> Iterator[Refusal]:
    for field, text in (("name", f"{words.name} {words.name_en}"), ("change", words.change)):
        if holds_bsn(text):
            yield Refusal("people.bsn", field=field)
    texts = (
        text
        for article in words.articles
        for text in (article.heading, article.text, article.heading_en, article.text_en)
    )
    if any(map(holds_bsn, texts)):
        yield Refusal("people.bsn", field="articles")


def _tidied(words: SketchWords) -> SketchWords:
    articles = tuple(
        replace(
            article,
            id=tidy(article.id),
            heading=tidy(article.heading),
            text=tidy(article.text),
            heading_en=tidy(article.heading_en),
            text_en=tidy(article.text_en),
        )
        for article in words.articles
    )
    return replace(
        words,
        name=tidy(words.name),
        name_en=tidy(words.name_en),
        change=tidy(words.change),
        articles=articles,
    )


# -- values -----------------------------------------------------------------------------------


def _base(own: Shelf) -> str:
    """The shipped protocol that the newest version stands on."""
    if own.held.versions:
        return own.held.versions[-1].base
    return own.protocols[-1].key


def _version(session: Session, words: SketchWords, own: Shelf) -> ProtocolVersion:
    number = len(own.held.versions) + 1
    content = content_of(words)
    if words.starts is None:
        raise Refusal("protocol.start_missing", field="starts")
    return ProtocolVersion(
        id=new_id(),
        key=f"own-{number}",
        number=number,
        base=_base(own),
        content=content,
        digest=digest_of(content),
        starts=words.starts,
        change=words.change,
        issued_by=session.user.name,
        recorded_at=session.clock.now(),
    )


def _write_sketch(session: Session, content: str) -> None:
    with session.work(Compartment.CONSENT, "protocol_sketched") as work:
        _put_sketch(session, work, content)
        work.commit()


def _clear_sketch(session: Session, work: Work) -> None:
    if work.find(ProtocolSketch, SKETCH) is not None:
        _put_sketch(session, work, "")


def _put_sketch(session: Session, work: Work, content: str) -> None:
    row = ProtocolSketch(
        id=SKETCH,
        content=content,
        changed_by=session.user.name,
        changed_at=session.clock.now(),
    )
    if work.find(ProtocolSketch, SKETCH) is None:
        work.add(row)
    else:
        work.change(row)


def evaluation_due(protocol: Protocol, today: date, ahead: int) -> date | None:
    """The day of evaluation when it comes within so many days or has passed; else None."""
    on = protocol.evaluate_on
    return on if on is not None and (on - today).days <= ahead else None
