"""Consent forms: one per guardian and pupil, or per adult, in the words of a form version.

A form is prepared first (drawn, numbered, shown) and registered as issued when it is printed
or saved; what is printed are the bytes that were shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.consent.periods import birthday
from app.consent.profiles import profile_of
from app.consent.questions import HighestForm
from app.consent.records import FormVersion, IssuedForm
from app.errors import Refusal
from app.forms.content import draft_content
from app.forms.fill import Filler, Print
from app.forms.versions import current_version, find_one_off, fresh_version
from app.jobs import SILENT, Progress
from app.people.authority import current_authority
from app.people.questions import GroupPupils, GuardianOf, GuardiansOf
from app.people.records import AuthorityKind, Pupil, StaffMember
from app.record import Compartment

if TYPE_CHECKING:
    from datetime import date

    from app.paper import Pdf
    from app.ports import Press, Reader, Session

_NO_AUTHORITY = frozenset({AuthorityKind.NONE, AuthorityKind.TEMPORARILY_NONE})


@dataclass(frozen=True, slots=True)
class FormRequest:
    """Who a form is for; who decides alone, a pupil or an adult, is his own `guardian_id`.

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
        differs: by now the settings or texts say something else, which is not frozen.
    """

    pdf: Pdf
    version: FormVersion
    fresh: bool
    issued: tuple[IssuedForm, ...]
    differs: bool = False


def requests_for_pupil(session: Session, pupil_id: str) -> tuple[FormRequest, ...]:
    """A request for each who decides about a pupil today: the guardians, or the pupil alone."""
    with session.look(Compartment.CONSENT) as reader:
        return _requests(reader, (pupil_id,), session.clock.today())


def requests_for_group(session: Session, group_id: str) -> tuple[FormRequest, ...]:
    """The requests for all pupils of a group, in the order of names."""
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        return _requests(reader, reader.ask(GroupPupils(group_id, today)), today)


def request_for_adult(session: Session, staff_id: str) -> FormRequest:
    """The request for a member of staff or another adult, who decides alone.

    Raises:
        Refusal: `register.not_found`, `forms.adult_left` for who is not here any more.
    """
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        member = reader.get(StaffMember, staff_id)
    if member.left or (member.end is not None and member.end < today):
        raise Refusal("forms.adult_left")
    return FormRequest(staff_id, staff_id)


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
    Who wants large print gets it; with `large` everybody does. They are made with the newest
    version of the form of the school.

    Raises:
        Refusal: `forms.nobody_to_ask` without requests, `forms.no_uses` when no channel asks
            consent, `paper.glyph` when a name cannot be set.
        Refusals: there is no version yet, and something is missing that a form must say.
    """
    return prepare_as(session, press, requests, Print(language, large), progress)


def prepare_one_off_forms(
    session: Session,
    press: Press,
    requests: tuple[FormRequest, ...],
    one_off: str,
    progress: Progress = SILENT,
) -> PreparedForms:
    """As `prepare_forms`, the small form of a one-off use; each as its guardian wants it.

    Raises:
        Refusal: also `forms.no_one_off` for a key that is not one of a one-off use.
    """
    return prepare_as(session, press, requests, Print(one_off=one_off), progress)


def prepare_as(
    session: Session,
    press: Press,
    requests: tuple[FormRequest, ...],
    how: Print,
    progress: Progress = SILENT,
) -> PreparedForms:
    """As `prepare_forms`, or as `prepare_one_off_forms`, printed as is said.

    Raises:
        Refusal: as these two.
    """
    if not requests:
        raise Refusal("forms.nobody_to_ask")
    with session.look(Compartment.CONSENT) as reader:
        version, fresh, differs = _version(reader, session, how.one_off)
        filler = Filler(session, reader, version, how)
        issued, paper = filler.pile(requests)
        head = reader.head().stamp
    pdf = press.draw(paper, progress)
    digest = pdf.digest
    stamped = tuple(replace(form, head=head, digest=digest) for form in issued)
    return PreparedForms(pdf, version, fresh, stamped, differs)


def draw_specimen(
    session: Session, press: Press, version_id: str, language: str, *, large: bool = False
) -> Pdf:
    """The form of a version as it is printed, for nobody: it has no number and is not issued.

    Raises:
        Refusal: `register.not_found`.
    """
    with session.look(Compartment.CONSENT) as reader:
        version = reader.get(FormVersion, version_id)
        paper = Filler(session, reader, version, Print(language, large=large)).specimen()
    return press.draw(paper)


def draw_draft(session: Session, press: Press, language: str, one_off: str = "") -> Pdf:
    """The form as it would be printed by the settings of now.

    Raises:
        Refusals: something is missing that a form must say.
        Refusal: `forms.no_uses`.
    """
    with session.look(Compartment.CONSENT) as reader:
        version = fresh_version(reader, session, draft_content(reader, one_off))
        paper = Filler(session, reader, version, Print(language)).specimen()
    return press.draw(paper)


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
            if current_version(work, prepared.version.channel) is not None:
                raise Refusal("forms.number_taken")
            work.add(prepared.version)
        work.add(*prepared.issued)
        work.commit()


def _requests(reader: Reader, pupils: tuple[str, ...], day: date) -> tuple[FormRequest, ...]:
    profile = profile_of(reader)
    known = reader.all(Pupil, id=pupils)
    alone = {pupil.id for pupil in known if _is_of(pupil, profile.decides_from, day)}
    beside = {pupil.id for pupil in known if _is_of(pupil, profile.own_from, day)}
    found: list[FormRequest] = []
    for pupil_id in pupils:
        if pupil_id in beside:
            found.append(FormRequest(pupil_id, pupil_id))
        if pupil_id in alone:
            continue
        found += (
            FormRequest(pupil_id, item.guardian.id)
            for item in reader.ask(GuardiansOf(pupil_id))
            if _may_decide(item, day)
        )
    return tuple(found)


def _is_of(pupil: Pupil, age: int, day: date) -> bool:
    """Whether a pupil has reached an age on a day."""
    born = pupil.birth_date
    return born is not None and birthday(born, age) <= day


def _may_decide(item: GuardianOf, day: date) -> bool:
    known = current_authority(item.authority, day)
    return known is None or known.kind not in _NO_AUTHORITY


def _version(reader: Reader, session: Session, one_off: str) -> tuple[FormVersion, bool, bool]:
    """The version that forms are made with, whether it is new, and whether a draft differs.

    The first form that is made freezes the first version; after that the office does.
    """
    find_one_off(reader, one_off)
    draft = draft_content(reader, one_off)
    latest = current_version(reader, one_off)
    if latest is not None:
        return latest, False, latest.digest != draft.digest
    return fresh_version(reader, session, draft), True, False
