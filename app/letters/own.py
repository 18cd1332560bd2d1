"""A school's own text of a letter: kept as a draft, put in force, given up again.

The text that comes with the program can always be reached. Every state is added and nothing is
changed, so an issued letter's text can be shown and proven later. A text stands in the files
of the compartments in which its letter can stand: whoever issues the letter reads it there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import resources
from app.breach.sealed import tidy_line
from app.breach.texts import line_faults, text_faults
from app.errors import Refusal, collect
from app.ids import new_id
from app.letters.parsing import join_subject, split_subject
from app.letters.records import LetterText
from app.letters.template import digest_of, load_template, with_text
from app.protocol.edit import may_edit
from app.text import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.letters.parsing import Flaw
    from app.letters.template import Template
    from app.ports import Reader, Session

DRAFT, IN_FORCE, SHIPPED = "draft", "in_force", "shipped"
"""What a state of a text is: see `LetterText`."""

OLDER, UNFIT = "older", "unfit"
"""The program's text changed since the own one was written; the own one no longer fits."""

SAME, GONE, NEW = "same", "gone", "new"
"""How a block stands in a comparison of two texts."""


@dataclass(frozen=True, slots=True)
class TextShelf:
    """What there is of one letter in one language.

    Attributes:
        shipped: the text that comes with the program.
        standing: the school's own text in force, or None.
        draft: an own text that is being written, or None.
        versions: every own text that was ever in force, the newest first.
        state: `OLDER`, `UNFIT` or "" for the own text in force.
    """

    template: Template
    shipped: str
    standing: LetterText | None
    draft: LetterText | None
    versions: tuple[LetterText, ...]
    state: str = ""

    @property
    def begins(self) -> str:
        """The text to go on with, with its subject: the draft, else what is in force."""
        newest = self.draft or self.standing
        return newest.text if newest else self.shipped

    @property
    def shipped_subject(self) -> str:
        """The subject that comes with the program."""
        return self.template.subject.said(self.template.language)

    @property
    def subject(self) -> str:
        """The subject to go on with."""
        own = split_subject(self.begins)[0]
        return self.shipped_subject if own is None else own

    @property
    def body(self) -> str:
        """The text to go on with, without its subject."""
        return split_subject(self.begins)[1]

    def whole(self, subject: str, body: str) -> str:
        """A text as it is kept: with its subject where that is not the program's."""
        subject = tidy_line(subject)
        return body if subject == self.shipped_subject else join_subject(subject, body)


@dataclass(frozen=True, slots=True)
class TextLine:
    """One letter in a list of texts.

    Attributes:
        own: number of the own version in force, 0 for none; drafted: there is a draft.
    """

    template: Template
    own: int
    drafted: bool
    state: str


@dataclass(frozen=True, slots=True)
class Change:
    """One block of two texts that are compared.

    Attributes:
        kind: `SAME`, `GONE` (only in the first) or `NEW` (only in the second).
    """

    kind: str
    text: str


def template_for(reader: Reader, key: str, language: str) -> Template:
    """The template that counts: with the school's own text where one is in force and fits."""
    return _counting(load_template(key, language), _states(reader, key, language))


def every_template() -> tuple[Template, ...]:
    """Every letter as it comes with the program, in their order."""
    every = (load_template(key, DEFAULT_LANGUAGE) for key in resources.letters())
    return tuple(sorted(every, key=lambda one: one.order))


def letter_texts(session: Session, language: str) -> tuple[TextLine, ...]:
    """Every letter with its text, in the order of the letters, as far as the user opens it."""
    found = []
    for key in resources.letters():
        if language in resources.letter_languages(key):
            shelf = text_shelf(session, key, language)
            own = shelf.standing.number if shelf.standing else 0
            found.append(TextLine(shelf.template, own, shelf.draft is not None, shelf.state))
    return tuple(sorted(found, key=lambda line: line.template.order))


def text_shelf(session: Session, key: str, language: str) -> TextShelf:
    """What there is of a letter's text in a language; not recorded: it names nobody."""
    shipped = load_template(key, language)
    states: tuple[LetterText, ...] = ()
    for compartment in shipped.compartments:
        if session.opens(compartment):
            with session.look(compartment) as reader:
                states = max(states, _states(reader, key, language), key=len)
    last = states[-1] if states else None
    standing = _standing(states)
    _, text = resources.letter(key, language)
    return TextShelf(
        template=shipped,
        shipped=text,
        standing=standing,
        draft=last if last and last.state == DRAFT else None,
        versions=tuple(one for one in reversed(states) if one.state == IN_FORCE),
        state=_counting(shipped, states).own_state,
    )


def flaws_of(key: str, language: str, text: str) -> tuple[Flaw, ...]:
    """Everything that is not right with a text, in the order of its lines."""
    return with_text(load_template(key, language), text)[1]


def keep_text(session: Session, key: str, language: str, text: str, change: str = "") -> None:
    """Keep a draft of an own text; it need not be right yet.

    Raises:
        Refusal: `letters.text_director`, or a text that holds a number like a BSN.
    """
    collect([*_faults(text, change)])
    _add(session, key, language, _Change(DRAFT, text, change))


def put_text_in_force(
    session: Session, key: str, language: str, text: str, change: str
) -> None:
    """Put an own text in force for every letter that is issued from now on.

    Raises:
        Refusals: what is not right with the text, each naming its line.
        Refusal: `letters.text_director`, `letters.text_same`.
    """
    found = [*_faults(text, change)]
    if not tidy_line(change):
        found.append(Refusal("letters.change_missing", field="change"))
    found += [refusal_of(flaw) for flaw in flaws_of(key, language, text)]
    collect(found)
    if _normal(text) == _normal(resources.letter(key, language)[1]):
        raise Refusal("letters.text_same", field="text")
    _add(session, key, language, _Change(IN_FORCE, text, change))


def go_back_to_shipped(session: Session, key: str, language: str) -> None:
    """Use the text that comes with the program again; own versions stay where they are.

    Raises:
        Refusal: `letters.text_director`.
    """
    _add(session, key, language, _Change(SHIPPED, "", ""))


def refusal_of(flaw: Flaw) -> Refusal:
    """A flaw of a text as a sentence for whoever writes it, with the line where it stands."""
    line = flaw.line or 1
    field = "subject" if flaw.kind.startswith("subject_") else "text"
    return Refusal(f"letters.flaw_{flaw.kind}", field=field, line=line, **flaw.values)


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Two texts block by block."""
    return tuple(_changes(_blocks(before), _blocks(after)))


@dataclass(frozen=True, slots=True)
class _Change:
    state: str
    text: str
    change: str


def _add(session: Session, key: str, language: str, made: _Change) -> None:
    if not may_edit(session.user):
        raise Refusal("letters.text_director")
    shipped = load_template(key, language)
    shelf, text = text_shelf(session, key, language), _normal(made.text)
    number = (shelf.versions[0].number if shelf.versions else 0) + (made.state != SHIPPED)
    record = LetterText(
        id=new_id(),
        key=key,
        language=language,
        state=made.state,
        number=number,
        text=text,
        digest=digest_of(text),
        base_version=shipped.version,
        base_digest=shipped.digest,
        change=tidy_line(made.change),
        author=session.user.name,
        recorded_at=session.clock.now(),
    )
    for compartment in shipped.compartments:
        with session.work(compartment, f"letter_text_{made.state}", key) as work:
            work.add(record)
            work.commit()


def _normal(text: str) -> str:
    """A text as it is kept: one line end, no spaces and signs that cannot be seen."""
    lines = "\n".join(tidy_line(line) for line in text.splitlines()).strip()
    return f"{lines}\n" if lines else ""


def _faults(text: str, change: str) -> Iterator[Refusal]:
    yield from text_faults([("text", text)])
    yield from line_faults([("change", change)])


def _states(reader: Reader, key: str, language: str) -> tuple[LetterText, ...]:
    """Every state of a text, oldest first."""
    found = reader.all(LetterText, key=key, language=language)
    return tuple(sorted(found, key=lambda one: (one.recorded_at, one.id)))


def _standing(states: tuple[LetterText, ...]) -> LetterText | None:
    settled = [one for one in states if one.state != DRAFT]
    return settled[-1] if settled and settled[-1].state == IN_FORCE else None


def _counting(shipped: Template, states: tuple[LetterText, ...]) -> Template:
    standing = _standing(states)
    if standing is None:
        return shipped
    template, flaws = with_text(shipped, standing.text)
    if flaws:
        return replace(shipped, own_state=UNFIT)
    older = OLDER if standing.base_digest != shipped.digest else ""
    return replace(template, own=standing.number, own_state=older)


def _blocks(text: str) -> list[str]:
    lines = "\n".join(line.strip() for line in text.splitlines())
    return [block for block in lines.split("\n\n") if block.strip()]


def _changes(before: list[str], after: list[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            yield from (Change(SAME, block) for block in before[first:last])
        else:
            yield from (Change(GONE, block) for block in before[first:last])
            yield from (Change(NEW, block) for block in after[begin:end])
