"""Consent forms as handed to the press."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.paper import Letterhead, Paper


class Signer(StrEnum):
    """Who signs a form: for a child, or a pupil or adult about himself or herself."""

    GUARDIAN = "guardian"
    PUPIL = "pupil"
    ADULT = "adult"

    @property
    def own(self) -> bool:
        """Whether the form is about who signs it."""
        return self is not Signer.GUARDIAN

    @property
    def overlays(self) -> tuple[str, ...]:
        """Blocks of the wording that take the place of what is usual, one after the other."""
        if self is Signer.ADULT:
            return ("pupil_signs", "adult_signs")
        return ("pupil_signs",) if self.own else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """One question: a use, with its name and explanation in the language of the form."""

    use: str
    name: str
    explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSection:
    """The questions about one kind of recording."""

    medium: str
    title: str
    explanation: str
    lines: tuple[FormLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCondition:
    """A condition that can be ticked; it then holds for every yes on the form."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentForm:
    """One form, for one guardian and one pupil, or for who decides about himself or herself.

    Attributes:
        number: short number of the form, printed and coded.
        pupil: name of the child or adult; pupil_details: birth date and group, one line.
        guardian: name of the guardian, or of who signs about himself or herself; address:
            address lines for the window.
        code: page code without the page part (see `app.forms.codes`).
        group: name of the child's group, for the words of the form.
        signer: a guardian, the pupil who is 16 or older, or the adult.
    """

    number: str
    pupil: str
    pupil_details: str
    guardian: str
    address: tuple[str, ...]
    code: str
    group: str = ""
    signer: Signer = Signer.GUARDIAN


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentForms(Paper):
    """One or more forms of one form version and language, in one file.

    Attributes:
        wording: texts of the form by name, see `resources/forms/consent/<language>.toml`.
        version: number of the form version; version_day: the day it was frozen, written out.
        date_line: place and date of printing, written out.
        stamp: stamp of the journal head, for the footer.
        what, until: what a one-off use is about, and the last day of a yes, written out, or "".
        conditions: what can be ticked, in order; none leaves the part out.
        controller, controller_address, contact: who is responsible, and whom to ask.
        reply_by: last day to send back, written out, or "".
        large: large print (18 pt).
        examples: the examples of the wording stand there whatever paper they take.
    """

    letterhead: Letterhead
    window: str
    wording: dict[str, object]
    version: int
    version_day: str
    date_line: str
    sections: tuple[FormSection, ...]
    forms: tuple[ConsentForm, ...]
    stamp: str
    conditions: tuple[FormCondition, ...] = ()
    controller: str = ""
    controller_address: str = ""
    contact: str = ""
    reply_by: str = ""
    what: str = ""
    until: str = ""
    large: bool = False
    examples: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPile(Paper):
    """Forms in several languages or sizes of print, in one file.

    Attributes:
        papers: one for each language and size, with its forms in the order of the file.
        order: for each form of the file, the place of its paper in `papers`.
    """

    papers: tuple[ConsentForms, ...]
    order: tuple[int, ...]
