"""Consent forms: the wording as a frozen version, one form per guardian and pupil.

A form is prepared first (drawn, numbered, shown) and registered as issued when it is printed
or saved; what is printed are the bytes that were shown.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import resources
from app.consent.issued import form_number
from app.consent.questions import HighestForm
from app.consent.records import Channel, FormVersion, IssuedForm, Medium
from app.consent.uses import asked_uses, profile, use_key
from app.consent.verdict import birthday
from app.errors import Refusal
from app.forms.papers import (
    ConsentForm,
    ConsentForms,
    FormCondition,
    FormLine,
    FormPile,
    FormSection,
)
from app.ids import new_id
from app.jobs import SILENT, Progress
from app.names import full_name, name_line
from app.people.authority import current_authority
from app.people.questions import GroupPupils, GuardianOf, GuardiansOf, PupilLine, PupilLines
from app.people.records import AuthorityKind, Guardian, Pupil
from app.record import Compartment
from app.register.letterhead import letterhead
from app.register.records import School
from app.text import DEFAULT_LANGUAGE, Words

if TYPE_CHECKING:
    from datetime import date

    from app.paper import Pdf
    from app.ports import Press, Reader, Session

_NO_AUTHORITY = frozenset({AuthorityKind.NONE, AuthorityKind.TEMPORARILY_NONE})


@dataclass(frozen=True, slots=True)
class FormRequest:
    """Who a form is for; a pupil who decides alone is his own `guardian_id`.

    Attributes:
        round_id: the round of asking in which it is handed out, or "".
    """

    pupil_id: str
    guardian_id: str
    round_id: str = ""


@dataclass(frozen=True, slots=True)
class PreparedForms:
    """Forms as drawn, not yet registered.

    Attributes:
        pdf: the very bytes to show, print and save.
        version: the form version they carry; `fresh` when it is not stored yet.
        issued: what is stored once they leave the program.
    """

    pdf: Pdf
    version: FormVersion
    fresh: bool
    issued: tuple[IssuedForm, ...]


def requests_for_pupil(session: Session, pupil_id: str) -> tuple[FormRequest, ...]:
    """A request for each who decides about a pupil today: the guardians, or the pupil alone."""
    with session.look(Compartment.CONSENT) as reader:
        return _requests(reader, (pupil_id,), session.clock.today())


def requests_for_group(session: Session, group_id: str) -> tuple[FormRequest, ...]:
    """The requests for all pupils of a group, in the order of names."""
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        return _requests(reader, reader.ask(GroupPupils(group_id, today)), today)


def prepare_forms(
    session: Session,
    press: Press,
    requests: tuple[FormRequest, ...],
    language: str,
    progress: Progress = SILENT,
    *,
    large: bool = False,
) -> PreparedForms:
    """Draw forms as one file, in the order of the requests; nothing is stored yet.

    Without a language each is in that of its guardian, in Dutch where there is no form in it.
    Who wants large print gets it; with `large` everybody does.

    Raises:
        Refusal: `forms.nobody_to_ask` without requests, `forms.no_uses` when no channel asks
            consent, `paper.glyph` when a name cannot be set.
    """
    if not requests:
        raise Refusal("forms.nobody_to_ask")
    with session.look(Compartment.CONSENT) as reader:
        version, fresh = _version(reader, session)
        pile = _Pile(session, reader, version, language)
        issued, paper = pile.drawn(requests, large=large)
        head = reader.head().stamp
    pdf = press.draw(paper, progress)
    digest = pdf.digest
    stamped = tuple(replace(form, head=head, digest=digest) for form in issued)
    return PreparedForms(pdf, version, fresh, stamped)


def register_issue(session: Session, prepared: PreparedForms, *, saved: bool = False) -> None:
    """Note that prepared forms are printed or saved now; only now they exist for the register.

    To be called each time, before they leave: a number that left is never without its entry.

    Raises:
        Refusal: `forms.number_taken` when other forms were issued meanwhile: prepare them
            again.
    """
    act = "forms_saved" if saved else "forms_printed"
    ids = tuple(form.id for form in prepared.issued)
    with session.work(Compartment.CONSENT, act, prepared.issued[0].id) as work:
        if len(work.all(IssuedForm, id=ids)) == len(ids):
            work.commit()  # they left before, and leave again
            return
        highest = work.ask(HighestForm())
        if any(int(form.number) <= highest for form in prepared.issued):
            raise Refusal("forms.number_taken")
        if prepared.fresh and work.find(FormVersion, prepared.version.id) is None:
            work.add(prepared.version)
        work.add(*prepared.issued)
        work.commit()


def current_version(reader: Reader) -> FormVersion | None:
    """The newest form version, or None when no form was issued yet."""
    return max(reader.all(FormVersion), key=lambda version: version.number, default=None)


def _requests(reader: Reader, pupils: tuple[str, ...], day: date) -> tuple[FormRequest, ...]:
    of_age = {pupil.id for pupil in reader.all(Pupil, id=pupils) if _decides(pupil, day)}
    found: list[FormRequest] = []
    for pupil_id in pupils:
        if pupil_id in of_age:
            found.append(FormRequest(pupil_id, pupil_id))
            continue
        found += (
            FormRequest(pupil_id, item.guardian.id)
            for item in reader.ask(GuardiansOf(pupil_id))
            if _may_decide(item, day)
        )
    return tuple(found)


def _decides(pupil: Pupil, day: date) -> bool:
    """Whether a pupil decides alone about his or her own recordings on a day."""
    born = pupil.birth_date
    return born is not None and birthday(born, profile().decides_from) <= day


def _may_decide(item: GuardianOf, day: date) -> bool:
    known = current_authority(item.authority, day)
    return known is None or known.kind not in _NO_AUTHORITY


def _version(reader: Reader, session: Session) -> tuple[FormVersion, bool]:
    """The newest version if it says what would be asked today, else a new one."""
    uses = _uses(reader)
    texts = {language: resources.form_text(language) for language in ("nl", "en")}
    wording = json.dumps(
        {**texts, "asked": _asked(reader), "conditions": resources.conditions()},
        default=str,
        ensure_ascii=False,
        sort_keys=True,
    )
    digest = hashlib.sha256(json.dumps([uses, wording]).encode()).hexdigest()
    latest = current_version(reader)
    if latest is not None and latest.digest == digest:
        return latest, False
    fresh = FormVersion(
        id=new_id(),
        number=latest.number + 1 if latest else 1,
        frozen_on=session.clock.today(),
        uses=uses,
        wording=wording,
        digest=digest,
        recorded_at=session.clock.now(),
    )
    return fresh, True


def _uses(reader: Reader) -> tuple[str, ...]:
    asked = asked_uses(reader.all(Channel))
    if not asked:
        raise Refusal("forms.no_uses")
    return tuple(f"{use_key(medium, channel.key)}:{channel.scope}" for medium, channel in asked)


def _asked(reader: Reader) -> list[dict[str, object]]:
    """Everything about the channels that a parent reads, in the order of the form."""
    channels = dict.fromkeys(channel for _, channel in asked_uses(reader.all(Channel)))
    return [
        {"key": one.key, "audience": one.audience, "texts": one.texts.plain()}
        for one in channels
    ]


class _Pile:
    """The forms of one file, whatever their languages and sizes of print."""

    def __init__(
        self, session: Session, reader: Reader, version: FormVersion, language: str
    ) -> None:
        self._session, self._reader, self._version = session, reader, version
        self._language = language
        self._drafts: dict[str, _Draft] = {}
        self._spoken = frozenset(json.loads(version.wording))

    def drawn(
        self, requests: tuple[FormRequest, ...], *, large: bool
    ) -> tuple[tuple[IssuedForm, ...], ConsentForms | FormPile]:
        """The forms, numbered onwards from the highest number in the register."""
        number = self._reader.ask(HighestForm())
        pupils = tuple(dict.fromkeys(request.pupil_id for request in requests))
        day = self._session.clock.today()
        lines = {line.id: line for line in self._reader.ask(PupilLines(pupils, day))}
        issued: list[IssuedForm] = []
        papers: dict[tuple[str, bool], list[ConsentForm]] = {}
        order: list[tuple[str, bool]] = []
        for request in requests:
            number += 1
            guardian = self._guardian(request)
            draft = self._draft(guardian)
            kind = (draft.language, large or bool(guardian and guardian.large_print))
            form = draft.form(form_number(number), request, lines, guardian)
            issued.append(draft.issued(request, form.number))
            papers.setdefault(kind, []).append(form)
            order.append(kind)
        return tuple(issued), self._paper(papers, order)

    def _paper(
        self, papers: dict[tuple[str, bool], list[ConsentForm]], order: list[tuple[str, bool]]
    ) -> ConsentForms | FormPile:
        drawn = tuple(
            self._drafts[language].paper(tuple(forms), large=large)
            for (language, large), forms in papers.items()
        )
        if len(drawn) == 1:
            return drawn[0]
        places = {kind: place for place, kind in enumerate(papers)}
        language = self._reader.get(School, "school").language
        return FormPile(
            language=language, papers=drawn, order=tuple(places[kind] for kind in order)
        )

    def _guardian(self, request: FormRequest) -> Guardian | None:
        if request.guardian_id == request.pupil_id:
            return None
        return self._reader.get(Guardian, request.guardian_id)

    def _draft(self, guardian: Guardian | None) -> _Draft:
        wanted = self._language or (guardian.language if guardian else "")
        language = wanted if wanted in self._spoken else DEFAULT_LANGUAGE
        if language not in self._drafts:
            self._drafts[language] = _Draft(
                self._session, self._reader, self._version, language
            )
        return self._drafts[language]


class _Draft:
    """What the forms of one language share while they are put together."""

    def __init__(
        self, session: Session, reader: Reader, version: FormVersion, language: str
    ) -> None:
        self._session = session
        self._reader = reader
        self._version = version
        self._words = Words(language)
        self._today = session.clock.today()
        self._school = reader.get(School, "school")

    @property
    def language(self) -> str:
        """The language of these forms."""
        return self._words.language

    def form(
        self,
        number: str,
        request: FormRequest,
        lines: dict[str, PupilLine],
        guardian: Guardian | None,
    ) -> ConsentForm:
        """One form as values."""
        pupil = self._reader.get(Pupil, request.pupil_id)
        return self._form(number, pupil, lines[request.pupil_id], guardian)

    def paper(self, forms: tuple[ConsentForm, ...], *, large: bool) -> ConsentForms:
        """All forms as one paper; back within the days that the wording names."""
        language = self._words.language
        wording = self._wording(language)
        within = wording.get("reply_within_days")
        reply_by = self._today + timedelta(days=within) if isinstance(within, int) else None
        return ConsentForms(
            language=language,
            letterhead=letterhead(self._school),
            window=self._school.window,
            wording=wording,
            reply_by=self._words.long_day(reply_by) if reply_by else "",
            version=self._version.number,
            version_day=self._words.long_day(self._version.frozen_on),
            date_line=", ".join(
                part for part in (self._school.town, self._words.long_day(self._today)) if part
            ),
            sections=self._sections(language),
            forms=forms,
            stamp=self._reader.head().stamp,
            conditions=tuple(
                FormCondition(key=item["key"], name=item["name"][language])
                for item in resources.conditions()
            ),
            controller=self._school.board or self._school.name,
            controller_address=_one_line(self._school),
            contact=self._school.privacy_contact or self._school.email or self._school.phone,
            large=large,
        )

    def _wording(self, language: str) -> dict[str, object]:
        """The frozen wording, without what is said of platforms when none of them is asked."""
        wording: dict[str, object] = json.loads(self._version.wording)[language]
        asked = asked_uses(self._reader.all(Channel))
        if not any(channel.outside_eea for _, channel in asked):
            wording.pop("social", None)
        return wording

    def _sections(self, language: str) -> tuple[FormSection, ...]:
        asked = asked_uses(self._reader.all(Channel))
        media = {item["key"]: item for item in resources.media()}
        sections = []
        for medium in Medium:
            lines = tuple(
                FormLine(
                    use=use_key(medium, channel.key),
                    name=channel.name(language),
                    explanation=channel.explanation(language),
                )
                for asked_medium, channel in asked
                if asked_medium is medium
            )
            if lines:
                words = media[medium]
                title, explanation = words["name"][language], words["explain"][language]
                sections.append(
                    FormSection(
                        medium=medium, title=title, explanation=explanation, lines=lines
                    )
                )
        return tuple(sections)

    def issued(self, request: FormRequest, number: str) -> IssuedForm:
        """What is stored of one form once it leaves the program."""
        return IssuedForm(
            id=new_id(),
            number=number,
            pupil_id=request.pupil_id,
            guardian_id=request.guardian_id,
            form_version_id=self._version.id,
            language=self._words.language,
            issued_on=self._today,
            head="",
            digest="",
            round_id=request.round_id,
        )

    def _form(
        self, number: str, pupil: Pupil, line: PupilLine, guardian: Guardian | None
    ) -> ConsentForm:
        """The form for a guardian, or without one for the pupil himself or herself."""
        name = full_name(pupil.first_name, pupil.prefix, pupil.surname)
        return ConsentForm(
            number=number,
            pupil=name,
            group=line.group,
            pupil_details=self._details(line),
            guardian=_name(guardian) if guardian else name,
            address=_address(guardian) if guardian else (name,),
            pupil_signs=guardian is None,
            code=f"{self._session.register.id[-8:]}:{number}",
        )

    def _details(self, line: PupilLine) -> str:
        born = self._words.long_day(line.birth_date) if line.birth_date else ""
        parts = (self._words("forms.born", day=born) if born else "", line.group, line.site)
        return " · ".join(part for part in parts if part)


def _one_line(school: School) -> str:
    town = f"{school.postcode} {school.town}".strip()
    return ", ".join(part for part in (school.street, town) if part)


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
