"""A letter in the making, over one consistent state of its dossier; nothing is stored here.

What a letter of a case and one of a dossier have in common stands in `Drafting`: its number,
the stamp of the journal, the frozen facts, the record and its entries.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING

from app.breach.sealed import tidy_text
from app.dossier.concern import is_concerned
from app.dossier.held import held_by
from app.dossier.numbers import next_number
from app.dossier.records import Entry, Letter, Step
from app.dossier.steps import CaseFile, next_step, read_case, standing
from app.duties.settle import duties_of
from app.duties.steps import NOTHING, Because, Beside, beside, faults, left_open
from app.errors import Refusal
from app.ids import new_id
from app.letters.claims import Surroundings, began_on, children_of, days_of, strangers
from app.letters.facts import (
    ADDRESS,
    LetterFacts,
    Occasion,
    from_json,
    gather,
    language_of,
    recipient_of,
    sender_of,
    to_json,
    with_address,
)
from app.letters.fill import paper_of, subject_line
from app.letters.lint import BLOCKS, Finding, findings, held_findings
from app.letters.mandates import ASKED, signing
from app.letters.own import template_for
from app.override import override
from app.procedures import answers as written
from app.procedures.answers import shown_day

if TYPE_CHECKING:
    from app.dossier.records import Dossier
    from app.letters.papers import LetterPaper
    from app.letters.requests import LetterRequest
    from app.letters.template import Template
    from app.paper import Pdf
    from app.ports import Reader, Session, Work
    from app.procedures.answers import Answers
    from app.procedures.procedure import Ask, ProcedureStep
    from app.record import Record


_OF_A_DAY = ("day", "moment")


class Drafting(ABC):
    """One letter in the making.

    Attributes:
        old: the letter that it corrects.
        asks: what has to be answered for it; answers: what is.
        dossiers: the dossiers it will stand in, its own first.
        beside: what is open beside the case that is closed with it.
    """

    template: Template
    facts: LetterFacts
    asks: tuple[Ask, ...]
    dossiers: tuple[Dossier, ...]
    beside: Beside = NOTHING

    def __init__(self, session: Session, reader: Reader, request: LetterRequest) -> None:
        self.session = session
        self.request = request
        self.old = reader.get(Letter, request.replaces) if request.replaces else None
        self.number = next_number(session, reader, request.compartment, "letter")
        self.stamp = reader.head().stamp
        self.sender = sender_of(session)

    @property
    @abstractmethod
    def answers(self) -> Answers:
        """What is answered now; for a correction over what the corrected letter said."""

    @property
    def proposed(self) -> Answers:
        """What was answered before to the very same questions, to begin with."""
        return {}

    @abstractmethod
    def findings(self) -> tuple[Finding, ...]:
        """Everything to be said about the letter as it would be now."""

    @abstractmethod
    def steps(self) -> tuple[Step, ...]:
        """What is recorded with the letter; checks what is answered.

        Raises:
            Refusals: answers that are not right.
        """

    @abstractmethod
    def about(self) -> tuple[str, str]:
        """Id and name of the person it is about, when that is not whose dossier it is."""

    def left_open(self, reader: Reader) -> tuple[Record, ...]:
        """What is recorded of what stays open when the case is closed with it."""
        del reader
        return ()

    def paper(self) -> LetterPaper:
        """What the press draws."""
        return paper_of(self.template, self.facts, self.stamp)

    def issued(self, work: Work, pdf: Pdf) -> tuple[Letter, tuple[Entry, ...]]:
        """The letter and its entry in each of its dossiers, the file attached."""
        letter = Letter(
            id=new_id(),
            number=self.number,
            dossier_id=self.dossiers[0].id,
            case_id=self.request.case_id,
            template=self.template.key,
            template_version=self.template.version,
            language=self.template.language,
            facts=to_json(self.facts, pdf.pages),
            addressee=self.facts.addressee[0] if self.facts.addressee else "",
            issued_on=self.session.clock.today(),
            signer=self.session.user.name,
            blob=work.attach(pdf.content),
            digest=pdf.digest,
            head=self.stamp,
            recorded_at=self.session.clock.now(),
            replaces=self.old.id if self.old else "",
        )
        entry = self._entry(letter)
        entries = tuple(
            replace(entry, id=new_id(), dossier_id=one.id, replaces=self._former(work, one.id))
            for one in self.dossiers
        )
        return letter, entries

    def _entry(self, letter: Letter) -> Entry:
        about_id, about_name = self.about()
        subject = subject_line(self.template, self.facts)
        return Entry(
            id=new_id(),
            dossier_id=letter.dossier_id,
            case_id=letter.case_id,
            kind="letter_out",
            happened_on=letter.issued_on,
            title=f"{letter.number} {subject}",
            body=tidy_text(self.request.reason) if self.old else "",
            about_id=about_id,
            about_name=about_name,
            author=letter.signer,
            blob=letter.blob,
            file_name=f"{letter.number}.pdf",
            digest=letter.digest,
            recorded_at=letter.recorded_at,
        )

    def _former(self, reader: Reader, dossier_id: str) -> str:
        """Id of the entry of the letter that is corrected, in one dossier."""
        if self.old is None:
            return ""
        entries = standing(reader.all(Entry, dossier_id=dossier_id))
        return next((entry.id for entry in entries if entry.blob == self.old.blob), "")


class CaseDrafting(Drafting):
    """A letter that a step of a case issues."""

    def __init__(self, session: Session, reader: Reader, request: LetterRequest) -> None:
        super().__init__(session, reader, request)
        self._file: CaseFile = read_case(reader, request.case_id)
        self._step = self._letter_step()
        self.asks = self._step.asks
        self.dossiers = self._file.dossiers
        breach = self._file.breach
        recipient = with_address(
            recipient_of(session, breach.actor_kind, breach.actor_id, breach.actor_name),
            self._typed_address(),
        )
        language = language_of(request.language, recipient, self.sender)
        self.template = template_for(reader, self._step.letter, language)
        self._signing = signing(session, self._step.letter, session.clock.today())
        self._held = held_by(session, reader, request.compartment, self._file)
        self.facts = gather(self.template, self._file, self._occasion(), self.sender, recipient)
        if self.old is None:
            self.beside = beside(duties_of(session, reader, self._file), self._step)

    def _typed_address(self) -> str:
        """An address that the register does not have: typed, or as the old letter had it."""
        typed = self.request.filled.get(ADDRESS, "")
        if self.old is None or tidy_text(typed):
            return typed
        stood = from_json(self.old.facts)[0].values.get(ADDRESS, ())
        return "\n".join(stood[1:]) if isinstance(stood, tuple) else ""

    @property
    @override
    def answers(self) -> Answers:
        return written.tidied(self.asks, self._answers())

    @property
    @override
    def proposed(self) -> Answers:
        # Days are those of the earlier letter, and what was weighed then is weighed anew.
        asked = {(ask.field, ask.name) for ask in self.asks if ask.kind not in _OF_A_DAY}
        found = {
            ask.field: taken.answers[ask.field]
            for taken in self._file.state.taken
            for ask in taken.step.asks
            if (ask.field, ask.name) in asked and ask.field in taken.answers
        }
        return written.tidied(self.asks, found)

    @override
    def findings(self) -> tuple[Finding, ...]:
        said = findings(self.template, self.facts, self._file.facts, self._around())
        open_ones = faults(self.beside, self._because())
        said = (*held_findings(self._held), *said)
        return (*(Finding(BLOCKS, one.message, one.field or "") for one in open_ones), *said)

    @override
    def left_open(self, reader: Reader) -> tuple[Record, ...]:
        left = left_open(self.session, reader, self._file, self.beside, self._because())
        return tuple(left)

    def _because(self) -> Because:
        return Because(self.request.why_open, self.template.language)

    @override
    def steps(self) -> tuple[Step, ...]:
        if self.old is None:
            request = self.request
            answers = self._answers()
            return (next_step(self.session, self._file, request.step_id, answers),)
        written.checked(self.asks, self._answers(), self.session.clock.today())
        return ()

    @override
    def about(self) -> tuple[str, str]:
        breach = self._file.breach
        of_staff = breach.actor_kind == "staff"
        return ("", "") if of_staff else (breach.actor_id, breach.actor_name)

    def _around(self) -> Surroundings:
        file, breach = self._file, self._file.breach
        stay = frozenset((breach.actor_id, *(one.subject_id for one in file.dossiers)))
        kept = (breach.actor_name, *self.facts.addressee[:1])
        if breach.actor_kind == "guardian":
            stay |= children_of(self.session, breach.actor_id)
            kept += tuple(one.subject_name for one in file.dossiers)
        return Surroundings(
            days=days_of(file),
            others=strangers(self.session, stay, kept, (breach.reported_by, *breach.affected)),
            may_sign=bool(set(self._step.by).intersection(self.session.user.roles)),
            signing=self._signing,
            began_on=began_on(file, self.template.key) if self.old is None else None,
            until=shown_day(file.state.answers.get("ends_on", "")),
        )

    def _letter_step(self) -> ProcedureStep:
        if self.old is None:
            # Whether the step can be taken now is looked at when the letter is issued.
            step = self._file.state.procedure.step(self.request.step_id)
            if step is None or not step.letter:
                raise Refusal("letters.no_letter")
            return step
        return self._corrected_step(self.old)

    def _corrected_step(self, old: Letter) -> ProcedureStep:
        later = [letter for letter in self._file.letters if letter.replaces == old.id]
        if later or old.case_id != self._file.case.id:
            raise Refusal("letters.replaced_already")
        if is_concerned(self.session, self.session.user, self._file.breach):
            raise Refusal("dossier.lacks_other_handler")
        for taken in self._file.state.taken:
            if taken.step.letter == old.template:
                if not set(taken.step.by).intersection(self.session.user.roles):
                    raise Refusal("dossier.lacks_role")
                return taken.step
        raise Refusal("dossier.step_not_now")

    def _answers(self) -> Answers:
        if self.old is None:
            return {**self._proposed(), **self.request.answers}
        said, _ = from_json(self.old.facts)
        texts = {
            key: value for key, value in said.values.items() if not isinstance(value, tuple)
        }
        stood = written.tidied(self.asks, self._file.state.answers)
        return {
            **stood,
            **written.tidied(self.asks, texts),
            **self._chosen(),
            **self.request.answers,
        }

    def _proposed(self) -> Answers:
        """What is known beforehand: what a recorded mandate rests on."""
        asked = any(ask.field == ASKED for ask in self.asks)
        return {ASKED: self._signing.basis} if asked and self._signing.basis else {}

    def _chosen(self) -> Answers:
        """What was chosen from lists for the letter that is corrected: it has but the words."""
        lists = {ask.field for ask in self.asks if ask.options}
        return {
            field: answer
            for taken in self._file.state.taken
            if taken.step == self._step
            for field, answer in taken.answers.items()
            if field in lists
        }

    def _occasion(self) -> Occasion:
        return Occasion(
            day=self.session.clock.today(),
            number=self.number,
            answers=self.answers,
            filled=self.request.filled,
            replaces=self.old.number if self.old else "",
            replaces_on=self.old.issued_on if self.old else None,
            asked=frozenset(ask.field for ask in self.asks),
        )
