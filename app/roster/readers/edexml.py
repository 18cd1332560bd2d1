"""Reads EDEXML (1.0.3, 2.0, 2.1 and whatever comes after) and saved UWLR answers.

Read by its own rules and not by the published schemas: those list school years only up to their
own, and correct files of later years break them. Parents do not occur in it. Source: EDEXML 2.1
of Edustandaard (schema and example of February 2017), UWLR 2.2; checked 2026-11-22.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import resources
from app.errors import Message, Refusal
from app.names import tidy
from app.roster.readers.reading import Reading
from app.roster.roster import (
    RosterGroup,
    RosterPupil,
    RosterSite,
    RosterStaff,
    SourceKind,
    Where,
)
from app.roster.source import cells
from app.roster.source.elements import elements, first_names
from app.roster.source.kept_out import reason_to_drop
from app.roster.source.limits import Limit, limit
from app.roster.source.surnames import dotted, split_surname

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from app.jobs import Progress
    from app.roster.roster import Roster
    from app.roster.source.elements import Element
    from app.roster.source.files import Member

_WANTED = frozenset(
    {"school", "vestiging", "groep", "samengestelde_groep", "leerling", "leerkracht"}
)
_ANSWER = re.compile(r"leerlinggegevens(?!_verzoek)")
_ZONE = re.compile(r"(?<=\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)\Z", re.IGNORECASE)
_YEAR = re.compile(r"(\d{4})\s*[-/]\s*(\d{4})")
_LEVEL = re.compile(r"\d{1,2}")
_UNKNOWN = "?"
_SAYS_NOTHING = ("", _UNKNOWN)
_MAIN_SITE = "00"
_BOOK_OF_2003 = "workbook"


def kind_of(member: Member) -> SourceKind | None:
    """Whether an XML file is EDEXML or a UWLR answer, or None when it is neither.

    Raises:
        Refusal: it is no XML that can be read, or a workbook of Excel 2003.
    """
    names = first_names(member)
    if names[0] == _BOOK_OF_2003:
        raise Refusal("roster.kind_excel_other", file=member.name)
    if "edex" in names:
        return SourceKind.EDEXML
    return SourceKind.UWLR if any(_ANSWER.match(name) for name in names) else None


def read_edexml(members: Sequence[Member], kind: SourceKind, progress: Progress) -> Roster:
    """What one or more files of one school say.

    Raises:
        Refusal: a file is damaged or of another school, or there is nobody in it.
        CancelledError: the person stopped it.
    """
    reading = Reading(members[0].name)
    school = _School()
    for member in members:
        reader = _Reader(member.name, reading, school)
        findings = reading.findings(member.name)
        for element in elements(member, _WANTED, findings, progress):
            reading.count_row(member.name)
            reader.take(element)
        school.end_file(member.name)
    # An answer holds what the asker was allowed to see, which may be a few groups.
    whole = kind is SourceKind.EDEXML
    source = school.source or kind.value
    return reading.roster(
        kind, source, school_year=school.year, as_of=school.as_of, whole=whole
    )


class _School:
    """What the files say of the school itself; they have to agree."""

    def __init__(self) -> None:
        self.source = ""
        self.year = ""
        self.as_of: date | None = None
        self._named = ""

    def name(self, source: str) -> None:
        self._named = source

    def end_file(self, file: str) -> None:
        """Compare the school of a file with that of the files before.

        Raises:
            Refusal: `roster.two_schools`: keys of one school say nothing at another.
        """
        if self._named and self.source and self._named != self.source:
            raise Refusal("roster.two_schools", file=file)
        self.source = self.source or self._named
        self._named = ""


class _Reader:
    """Turns the elements of one file into people, groups and sites."""

    def __init__(self, file: str, reading: Reading, school: _School) -> None:
        self._file = file
        self._reading = reading
        self._school = school
        self._take = {
            "school": self._school_block,
            "vestiging": self._site,
            "groep": self._group,
            "samengestelde_groep": self._group,
            "leerling": self._pupil,
            "leerkracht": self._staff,
        }

    def take(self, element: Element) -> None:
        self._drop(element)
        self._take[element.name](element)

    def _school_block(self, element: Element) -> None:
        code = self._text(element, "brincode") or self._text(element, "instellingsnummer")
        branch = self._text(element, "dependancecode")
        code = code.upper()
        if code and branch and branch != _MAIN_SITE:
            code += branch
        self._school.name(code or self._text(element, "schoolkey"))
        year = _YEAR.fullmatch(self._text(element, "schooljaar"))
        if year:
            self._school.year = f"{year.group(1)}-{year.group(2)}"
        self._school.as_of = (
            self._day(element, "peildatum")
            or self._day(element, "aanmaakdatum")
            or self._school.as_of
        )

    def _site(self, element: Element) -> None:
        key, _ = self._own_key("site", element)
        name = self._text(element, "naam") or key
        self._reading.add_site(RosterSite(key=key, name=name, where=self._where(element)))

    def _group(self, element: Element) -> None:
        key, stable = self._own_key("group", element)
        level = _LEVEL.fullmatch(self._text(element, "jaargroep"))
        self._reading.add_group(
            RosterGroup(
                key=key,
                name=self._text(element, "naam") or key,
                stable=stable,
                merged=element.name == "samengestelde_groep",
                level=int(level.group()) if level else None,
                where=self._where(element),
            )
        )

    def _pupil(self, element: Element) -> None:
        historic = self._text(element, "jaargroep").upper() == _rules()["former_pupil"]
        left = self._day(element, "uitstroomdatum")
        if historic and left is None:  # a pupil of former days, of whom no last day is known
            self._reading.kept_out.drop(element.name, "roster.dropped_former_pupil")
            return
        named = self._named(element)
        if named is None:
            return
        first_name, prefix, surname = named
        key, stable = self._own_key("pupil", element)
        self._reading.add_pupil(
            RosterPupil(
                key=key,
                stable=stable,
                number=key if stable and len(key) <= limit(Limit.NUMBER) else "",
                first_name=first_name or dotted(self._text(element, "voorletters-1")),
                prefix=prefix,
                surname=surname,
                birth_date=self._day(element, "geboortedatum"),
                site_key=next(self._references(element, "vestiging", "site"), ""),
                group_keys=tuple(dict.fromkeys(self._groups(element))),
                entered=self._day(element, "instroomdatum"),
                left=left,
                where=self._where(element),
            )
        )

    def _staff(self, element: Element) -> None:
        codes, functions = self._roles(element)
        if codes and set(codes) == {_rules()["parent_helper"]} and not functions:
            self._reading.kept_out.drop(element.name, "roster.dropped_parent_helper")
            return
        named = self._named(element)
        if named is None:
            return
        first_name, prefix, surname = named
        key, stable = self._own_key("staff", element)
        email, fault = cells.email(self._text(element, "emailadres"))
        if fault:
            self._reading.fault(self._where(element, "emailadres"), fault)
        self._reading.add_staff(
            RosterStaff(
                key=key,
                stable=stable,
                first_name=first_name,
                initials=dotted(self._text(element, "voorletters-1")),
                prefix=prefix,
                surname=surname,
                function=self._function(element, codes, functions),
                email=email,
                where=self._where(element),
            )
        )

    # --- parts of a person -------------------------------------------------------------------

    def _named(self, element: Element) -> tuple[str, str, str] | None:
        """First name, prefix and surname; None, and told, for somebody without either name."""
        first_name = self._text(element, "roepnaam") or self._text(element, "voornamen")
        surname, given = self._text(element, "achternaam"), self._text(element, "voorvoegsel")
        prefix, surname = split_surname(surname, given)
        if not first_name and not surname:
            message = Message("roster.name_missing")
            self._reading.fault(self._where(element), message, left_out=True)
            return None
        return first_name, prefix, surname

    def _groups(self, element: Element) -> Iterator[str]:
        yield from self._references(element, "groep", "group")
        yield from self._references(element, "samengestelde_groep", "group")
        for child in element.children:
            if child.name in ("samengestelde_groepen", "groepen"):
                yield from self._references(child, "groep", "group")
                yield from self._references(child, "samengestelde_groep", "group")

    def _references(self, element: Element, name: str, what: str) -> Iterator[str]:
        for child in element.children:
            raw = tidy(child.attributes.get("key") or child.text) if child.name == name else ""
            if raw:
                yield self._reading.key(what, raw)[0]

    def _roles(self, element: Element) -> tuple[list[str], list[str]]:
        """Codes and own words for what somebody does, at school and in his groups."""
        codes: dict[str, None] = {}
        functions: dict[str, None] = {}
        held = [
            element,
            *(g for c in element.children if c.name == "groepen" for g in c.children),
        ]
        for child in (child for each in held for child in each.children):
            text = tidy(child.text)
            if child.name == "rol" and text:
                codes[text.upper()] = None
            elif child.name == "rolomschrijving" and text:
                functions[text] = None
        return list(codes), list(functions)

    def _function(self, element: Element, codes: list[str], functions: list[str]) -> str:
        known: dict[str, str] = _rules()["roles"]
        helper = _rules()["parent_helper"]
        words = [known.get(code, code) for code in codes if code != helper]
        text = ", ".join(words + functions)
        return self._reading.text(text, lambda: self._where(element, "rolomschrijving"))

    # --- fields ------------------------------------------------------------------------------

    def _own_key(self, what: str, element: Element) -> tuple[str, bool]:
        raw = element.attributes.get("key", "")
        return self._reading.own_key(what, raw, lambda: self._where(element, "key"))

    def _text(self, element: Element, name: str) -> str:
        for child in element.children:
            if child.name == name:
                text = self._reading.text(child.text, partial(self._where, child, name))
                return "" if text == _UNKNOWN else text
        return ""

    def _day(self, element: Element, name: str) -> date | None:
        for child in element.children:
            if child.name == name:
                written = _ZONE.sub("", tidy(child.text))
                day, fault = cells.day("" if written == _UNKNOWN else written)
                if fault:
                    self._reading.fault(Where(self._file, child.line, name), fault)
                return day
        return None

    def _drop(self, element: Element) -> None:
        """Count what may not be held; nothing below asks for it."""
        names = [each.name for each in element.children if tidy(each.text) not in _SAYS_NOTHING]
        for name in (*names, *element.attributes):
            reason = reason_to_drop(name)
            if reason:
                self._reading.kept_out.drop(name, reason)

    def _where(self, element: Element, column: str = "") -> Where:
        return Where(self._file, element.line, column)


@cache
def _rules() -> dict[str, Any]:
    found: dict[str, Any] = resources.roster_rules()["edexml"]
    return found
