"""The wording that a decision was given to, exactly as it was put."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.consent.records import Decision, FormVersion, IssuedForm
from app.consent.uses import use_key
from app.forms.content import content_of, language_of
from app.forms.papers import Signer
from app.names import full_name
from app.people.card import guardian_name
from app.people.records import Guardian, Pupil, StaffMember
from app.record import Compartment
from app.text import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from app.forms.content import Content
    from app.ports import Reader, Session


@dataclass(frozen=True, slots=True)
class SignedWording:
    """A decision with the form that it was given on.

    Attributes:
        subject, decider: names of whom it is about and of who decided.
        version: the form version, or None when the answer came without a form.
        language: in which the form was made, as far as is known.
        form_number: number of the form that was issued to this person, or "".
        early: the decision is dated before the version was frozen.
        signer: in whose words the form was.
    """

    decision: Decision
    subject: str
    decider: str
    version: FormVersion | None
    language: str = DEFAULT_LANGUAGE
    form_number: str = ""
    signer: Signer = Signer.GUARDIAN

    @property
    def use(self) -> str:
        """What was decided about, `medium:channel`."""
        return use_key(self.decision.medium, self.decision.channel)

    @property
    def content(self) -> Content | None:
        """What the form said."""
        return content_of(self.version) if self.version else None

    @property
    def early(self) -> bool:
        """Whether the decision is dated before there was such a form."""
        return self.version is not None and self.decision.signed_on < self.version.frozen_on

    @property
    def asked(self) -> bool:
        """Whether the form asked for this use at all."""
        content = self.content
        return content is not None and self.use in {one.use for one in content.asked()}


def signed_wording(session: Session, decision_id: str) -> SignedWording:
    """The wording of one decision.

    Raises:
        Refusal: `register.not_found`.
    """
    with session.look(Compartment.CONSENT) as reader:
        decision = reader.get(Decision, decision_id)
        version = None
        if decision.form_version_id:
            version = reader.get(FormVersion, decision.form_version_id)
        form = _form(reader, decision)
        guardian = reader.find(Guardian, decision.decider_id)
        own = guardian.language if guardian else DEFAULT_LANGUAGE
        return SignedWording(
            decision=decision,
            subject=_name(reader, decision.subject_id),
            decider=guardian_name(guardian) if guardian else _name(reader, decision.decider_id),
            version=version,
            language=language_of(form.language if form else own),
            form_number=form.number if form else "",
            signer=_signer(reader, decision),
        )


def _signer(reader: Reader, decision: Decision) -> Signer:
    if decision.decider_id != decision.subject_id:
        return Signer.GUARDIAN
    return Signer.PUPIL if reader.find(Pupil, decision.subject_id) else Signer.ADULT


def _form(reader: Reader, decision: Decision) -> IssuedForm | None:
    """The form that was filled in: the last one issued to this person by that day."""
    found = [
        form
        for form in reader.all(IssuedForm, pupil_id=decision.subject_id)
        if form.guardian_id == decision.decider_id
        and form.form_version_id == decision.form_version_id
        and form.issued_on <= decision.received_on
    ]
    return max(found, key=lambda form: form.number, default=None)


def _name(reader: Reader, id: str) -> str:
    person = reader.find(Pupil, id) or reader.find(StaffMember, id)
    if person is None:
        return ""
    return full_name(person.first_name, person.prefix, person.surname)
