"""Forms filled with names: who is asked about whom, in the words of one form version."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from app.consent.issued import form_number
from app.consent.questions import HighestForm
from app.consent.records import NAME, IssuedForm
from app.errors import Refusal
from app.forms.content import content_of, language_of
from app.forms.papers import ConsentForm, ConsentForms, FormPile, Signer
from app.ids import new_id
from app.names import full_name, name_line
from app.people.questions import PupilLine, PupilLines
from app.people.records import Guardian, Pupil, StaffMember
from app.register.letterhead import letterhead
from app.register.records import School
from app.text import DEFAULT_LANGUAGE, Words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.consent.records import FormVersion
    from app.forms.issue import FormRequest
    from app.ports import Reader, Session


@dataclass(frozen=True, slots=True)
class Print:
    """Which forms are printed, and how.

    Attributes:
        language: of all of them, or "" for everybody's own.
        large: all of them in large print.
        one_off: key of a one-off use, for its own form; "" for the form of the school.
        examples: with an example of each channel, even where that takes another sheet.
    """

    language: str = ""
    large: bool = False
    one_off: str = ""
    examples: bool = False


Kind = tuple[str, bool]


class _Subject(NamedTuple):
    """Whom a form is about; without a line an adult."""

    name: str
    line: PupilLine | None = None


class Filler:
    """Puts the forms of one file together."""

    def __init__(
        self, session: Session, reader: Reader, version: FormVersion, how: Print
    ) -> None:
        self._session = session
        self._reader = reader
        self._version = version
        self._content = content_of(version)
        self._how = how
        self._today = session.clock.today()
        self._school = reader.get(School, "school")
        self._stamp = reader.head().stamp

    def pile(
        self, requests: tuple[FormRequest, ...]
    ) -> tuple[tuple[IssuedForm, ...], ConsentForms | FormPile]:
        """The forms, numbered onwards from the highest number in the register."""
        number = self._reader.ask(HighestForm())
        subjects = tuple(dict.fromkeys(request.pupil_id for request in requests))
        about = self._subjects(subjects)
        issued: list[IssuedForm] = []
        forms: list[tuple[Kind, ConsentForm]] = []
        for request in requests:
            number += 1
            text = form_number(number)
            guardian = self._guardian(request)
            kind = self._kind(guardian)
            form = self._form(text, about[request.pupil_id], guardian)
            issued.append(self._issued(request, text, kind[0]))
            forms.append((kind, form))
        return tuple(issued), self._paper(forms)

    def specimen(self) -> ConsentForms | FormPile:
        """The form for nobody, to show what a version says."""
        words = Words(language_of(self._how.language))
        someone = words("paper.form_any_guardian")
        blank = ConsentForm(
            number=form_number(0),
            pupil=words("paper.form_any_pupil"),
            pupil_details="",
            guardian=someone,
            address=(someone,),
            code=f"{self._session.register.id[-8:]}:{form_number(0)}",
        )
        return self._paper([(self._kind(None), blank)])

    def _subjects(self, ids: tuple[str, ...]) -> dict[str, _Subject]:
        """Whom forms can be about: pupils, and adults where the wording speaks to them.

        Raises:
            Refusal: `forms.not_for_adults` when the version has no words for an adult.
        """
        lines = {line.id: line for line in self._reader.ask(PupilLines(ids, self._today))}
        found = {
            one.id: _Subject(full_name(one.first_name, one.prefix, one.surname), lines[one.id])
            for one in self._reader.all(Pupil, id=ids)
        }
        others = tuple(id for id in ids if id not in found)
        for one in self._reader.all(StaffMember, id=others) if others else ():
            found[one.id] = _Subject(full_name(one.first_name, one.prefix, one.surname))
            if not self._content.speaks_to_adults:
                raise Refusal("forms.not_for_adults", number=self._version.number)
        return found

    def _guardian(self, request: FormRequest) -> Guardian | None:
        if request.guardian_id == request.pupil_id:
            return None
        return self._reader.get(Guardian, request.guardian_id)

    def _kind(self, guardian: Guardian | None) -> Kind:
        """The language and size of print of a form."""
        own = guardian.language if guardian else DEFAULT_LANGUAGE
        large = self._how.large or (guardian is not None and guardian.large_print)
        return language_of(self._how.language or own), large

    def _paper(self, forms: list[tuple[Kind, ConsentForm]]) -> ConsentForms | FormPile:
        """One paper for each language and size; in a pile where there are several."""
        alike: dict[Kind, list[ConsentForm]] = {}
        for kind, form in forms:
            alike.setdefault(kind, []).append(form)
        papers = tuple(
            self._part(tuple(some), language, large=large)
            for (language, large), some in alike.items()
        )
        if len(papers) == 1:
            return papers[0]
        places = {kind: place for place, kind in enumerate(alike)}
        return FormPile(
            language=self._school.language,
            papers=papers,
            order=tuple(places[kind] for kind, _ in forms),
        )

    def _part(
        self, forms: tuple[ConsentForm, ...], language: str, *, large: bool
    ) -> ConsentForms:
        """Forms of one language; back within the days that the wording names."""
        words, content, school = Words(language), self._content, self._school
        wording = content.tables(language)
        reply_by = self._reply_by(wording["reply_within_days"])
        until, about = self._version.valid_until, self._version.channel
        return ConsentForms(
            language=language,
            letterhead=letterhead(school),
            window=school.window,
            wording=wording,
            reply_by=words.long_day(reply_by),
            version=self._version.number,
            version_day=words.long_day(self._version.frozen_on),
            date_line=", ".join(
                part for part in (school.town, words.long_day(self._today)) if part
            ),
            sections=content.sections(language),
            forms=forms,
            stamp=self._stamp,
            conditions=content.conditions(language),
            controller=content.controller("name"),
            controller_address=content.controller("address"),
            contact=content.controller("contact"),
            what=content.channel_text(about, NAME, language) if about else "",
            until=words.long_day(until) if until else "",
            large=large,
            examples=self._how.examples,
        )

    def _reply_by(self, within: int) -> date:
        """The day before which a form is wanted back: before a one-off use begins or ends."""
        days = [self._today + timedelta(days=within)]
        for one in self._content.asked():
            days += [day for day in (one.start, one.end) if day and day > self._today]
        return min(days)

    def _issued(self, request: FormRequest, number: str, language: str) -> IssuedForm:
        return IssuedForm(
            id=new_id(),
            number=number,
            pupil_id=request.pupil_id,
            guardian_id=request.guardian_id,
            form_version_id=self._version.id,
            language=language,
            issued_on=self._today,
            head="",
            digest="",
            round_id=request.round_id,
        )

    def _form(self, number: str, about: _Subject, guardian: Guardian | None) -> ConsentForm:
        """The form for a guardian, or without one for who decides about himself or herself."""
        name, line = about
        words = Words(self._kind(guardian)[0])
        return ConsentForm(
            number=number,
            pupil=name,
            group=line.group if line else "",
            pupil_details=_details(line, words) if line else words("paper.form_adult"),
            guardian=_name(guardian) if guardian else name,
            address=_address(guardian) if guardian else (name,),
            signer=_signer(about, guardian),
            code=f"{self._session.register.id[-8:]}:{number}",
        )


def _signer(about: _Subject, guardian: Guardian | None) -> Signer:
    if guardian is not None:
        return Signer.GUARDIAN
    return Signer.PUPIL if about.line else Signer.ADULT


def stamped(issued: Iterable[IssuedForm], head: str, digest: str) -> tuple[IssuedForm, ...]:
    """Issued forms with what is known once they are drawn."""
    return tuple(replace(form, head=head, digest=digest) for form in issued)


def _details(line: PupilLine, words: Words) -> str:
    born = words.long_day(line.birth_date) if line.birth_date else ""
    parts = (words("paper.form_born", day=born) if born else "", line.group, line.site)
    return " · ".join(part for part in parts if part)


def _name(guardian: Guardian) -> str:
    if guardian.institution and not guardian.surname:
        return guardian.institution
    return full_name(
        guardian.first_name or guardian.initials, guardian.prefix, guardian.surname
    )


def _address(guardian: Guardian) -> tuple[str, ...]:
    """Address lines as the post wants them: postcode, two spaces, town in capitals."""
    person = name_line(
        guardian.initials, guardian.first_name, guardian.prefix, guardian.surname
    )
    town = f"{guardian.postcode}  {guardian.town.upper()}".strip()
    lines = (guardian.institution, person, guardian.street, town, guardian.country.upper())
    return tuple(line for line in lines if line)
