"""Drafting, issuing and reprinting letters. An issued letter never changes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.breach.report import text_faults
from app.breach.sealed import tidy_text
from app.dossier import answers as written
from app.dossier.numbers import next_number
from app.dossier.records import Entry, Letter, Step
from app.dossier.steps import CaseFile, next_step, read_case
from app.errors import Refusal, Trouble, collect
from app.ids import new_id
from app.letters.facts import (
    LetterFacts,
    Occasion,
    from_json,
    gather,
    language_of,
    recipient_of,
    sender_of,
    to_json,
)
from app.letters.fill import paper_of
from app.letters.lint import Finding, findings, not_looked_at
from app.letters.template import load_template
from app.paper import Pdf
from app.text import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.dossier.answers import Answers
    from app.dossier.procedure import ProcedureStep
    from app.letters.papers import LetterPaper
    from app.letters.template import Template
    from app.ports import Press, Reader, Session, Work
    from app.record import Compartment


@dataclass(frozen=True, slots=True)
class LetterRequest:
    """Which letter, and what is answered for it so far.

    Attributes:
        step_id: the step that issues it.
        answers: what the step asks; for a correction what changes.
        language: "nl" or "en"; the recipient's own when "".
        filled: values for slots which the register knows nothing about, by slot.
        replaces: id of the issued letter that this one corrects, or ""; the step then follows
            from that letter.
        reason: why it is corrected; it stands in the dossier, not in the letter.
    """

    compartment: Compartment
    case_id: str
    step_id: str
    answers: Answers = field(default_factory=dict)
    language: str = ""
    filled: Mapping[str, str] = field(default_factory=dict)
    replaces: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter as it would be now; nothing is stored.

    Attributes:
        number: the number it would get.
        step: the step that issues it; answers: what is answered for it so far, also by the
            letter that it corrects.
        paper: what the press draws; missing values stand there in square brackets.
        not_looked_at: texts that something is in order, which do not concern this letter.
    """

    number: str
    step: ProcedureStep
    answers: Answers
    paper: LetterPaper
    findings: tuple[Finding, ...]
    not_looked_at: frozenset[str] = frozenset()

    @property
    def ready(self) -> bool:
        """Whether nothing blocks issuing it."""
        return not any(finding.blocks for finding in self.findings)


def draft_letter(session: Session, request: LetterRequest) -> LetterDraft:
    """A letter with what is answered so far, and everything to be said about it.

    Can be drafted at any time; what stands in the way of issuing it is among the findings.

    Raises:
        Refusal: `letters.no_letter` for a step that issues none, `letters.replaced_already`.
    """
    with session.look(request.compartment) as reader:
        return _Drafting(session, reader, request).draft()


def begin_letter(session: Session, request: LetterRequest) -> LetterDraft:
    """As `draft_letter`, when somebody begins to write: the reading stands in the journal.

    Raises:
        Refusal: as `draft_letter`.
    """
    session.note(request.compartment, "letter_drafted", request.case_id)
    return draft_letter(session, request)


def issue_letter(session: Session, press: Press, request: LetterRequest) -> Letter:
    """Issue a letter: numbered, drawn, stored with its digest, and the step taken.

    Everything is one unit of work. A correction (`replaces`) takes no step: it is a new letter
    that names the old.

    Raises:
        Refusals: answers or a reason that are not right, or findings that block; nothing is
            stored.
        Refusal: `dossier.step_not_now`, what the step lacks, `letters.replaced_already`, or
            `paper.glyph` when a character cannot be set.
    """
    act = "letter_corrected" if request.replaces else "letter_issued"
    with session.work(request.compartment, act, request.case_id) as work:
        drafting = _Drafting(session, work, request)
        step = drafting.step_record()
        draft = drafting.draft()
        collect(
            [
                *_reason_faults(request),
                *(
                    Refusal(found.message.id, field=found.field or None, **_named(found))
                    for found in draft.findings
                    if found.blocks
                ),
            ]
        )
        pdf = press.draw(draft.paper)
        letter, entries = drafting.issued(work, draft, pdf)
        work.add(letter, *entries, *step)
        work.commit()
    return letter


def reprint(session: Session, compartment: Compartment, letter_id: str) -> Pdf:
    """An issued letter again, byte for byte; the reading is recorded in the journal.

    Raises:
        Refusal: `register.not_found`.
        Trouble: `letters.damaged` when the stored file is not the one that was issued.
    """
    with session.work(compartment, "letter_reprinted", letter_id) as work:
        letter = work.get(Letter, letter_id)
        _, pages = from_json(letter.facts)
        pdf = Pdf(work.blob(letter.blob), pages, _title(letter.language, letter.number))
        if pdf.digest != letter.digest:
            raise Trouble("letters.damaged", number=letter.number)
        work.commit()
    return pdf


class _Drafting:
    """One letter in the making, over one consistent state of the dossier."""

    def __init__(self, session: Session, reader: Reader, request: LetterRequest) -> None:
        self._session = session
        self._request = request
        self._file: CaseFile = read_case(reader, request.case_id)
        self._old = reader.get(Letter, request.replaces) if request.replaces else None
        self._step = self._letter_step()
        self._number = next_number(session, reader, request.compartment, "letter")
        self._stamp = reader.head().stamp
        sender = sender_of(session)
        breach = self._file.breach
        recipient = recipient_of(session, breach.actor_kind, breach.actor_id, breach.actor_name)
        self._template: Template = load_template(
            self._step.letter, language_of(request.language, recipient, sender)
        )
        self._facts: LetterFacts = gather(
            self._template, self._file, self._occasion(), sender, recipient
        )

    def draft(self) -> LetterDraft:
        """The letter as it would be now."""
        found = findings(self._template, self._facts, self._file.facts)
        paper = paper_of(self._template, self._facts, self._stamp)
        answers = written.tidied(self._step.asks, self._answers())
        unasked = not_looked_at(self._template)
        return LetterDraft(self._number, self._step, answers, paper, found, unasked)

    def step_record(self) -> tuple[Step, ...]:
        """The step that issues the letter; none for a correction.

        Raises:
            Refusals: answers that are not right.
        """
        if self._old is None:
            request = self._request
            return (next_step(self._session, self._file, request.step_id, request.answers),)
        today = self._session.clock.today()
        written.checked(self._step.asks, self._answers(), today)
        return ()

    def issued(
        self, work: Work, draft: LetterDraft, pdf: Pdf
    ) -> tuple[Letter, tuple[Entry, ...]]:
        """The letter and its entry in every dossier of the case, the file attached."""
        now, file = self._session.clock.now(), self._file
        letter = Letter(
            id=new_id(),
            number=draft.number,
            dossier_id=file.case.dossier_id,
            case_id=file.case.id,
            template=self._template.key,
            template_version=self._template.version,
            language=self._template.language,
            facts=to_json(self._facts, pdf.pages),
            addressee=self._facts.addressee[0] if self._facts.addressee else "",
            issued_on=self._session.clock.today(),
            signer=self._session.user.name,
            blob=work.attach(pdf.content),
            digest=pdf.digest,
            head=draft.paper.stamp,
            recorded_at=now,
            replaces=self._old.id if self._old else "",
        )
        about = file.breach if file.breach.actor_kind != "staff" else None
        entry = Entry(
            id=new_id(),
            dossier_id=letter.dossier_id,
            case_id=letter.case_id,
            kind="letter_out",
            happened_on=letter.issued_on,
            title=f"{letter.number} {draft.paper.subject}",
            body=tidy_text(self._request.reason) if self._old else "",
            about_id=about.actor_id if about else "",
            about_name=about.actor_name if about else "",
            author=letter.signer,
            blob=letter.blob,
            file_name=f"{letter.number}.pdf",
            digest=letter.digest,
            recorded_at=now,
        )
        entries = tuple(
            replace(entry, id=new_id(), dossier_id=d.id, replaces=self._former(d.id))
            for d in file.dossiers
        )
        return letter, entries

    def _former(self, dossier_id: str) -> str:
        """Id of the entry of the letter that is corrected, in one dossier."""
        if self._old is None:
            return ""
        return next(
            (
                entry.id
                for entry in self._file.entries
                if entry.dossier_id == dossier_id and entry.blob == self._old.blob
            ),
            "",
        )

    def _letter_step(self) -> ProcedureStep:
        if self._old is None:
            # Whether the step can be taken now is looked at when the letter is issued.
            step = self._file.state.procedure.step(self._request.step_id)
            if step is None or not step.letter:
                raise Refusal("letters.no_letter")
            return step
        return self._corrected_step(self._old)

    def _corrected_step(self, old: Letter) -> ProcedureStep:
        later = [letter for letter in self._file.letters if letter.replaces == old.id]
        if later or old.case_id != self._file.case.id:
            raise Refusal("letters.replaced_already")
        for taken in self._file.state.taken:
            if taken.step.letter == old.template:
                if not set(taken.step.by).intersection(self._session.user.roles):
                    raise Refusal("dossier.lacks_role")
                return taken.step
        raise Refusal("dossier.step_not_now")

    def _answers(self) -> Answers:
        """What is answered now; for a correction over what the corrected letter said."""
        if self._old is None:
            return dict(self._request.answers)
        said, _ = from_json(self._old.facts)
        texts = {
            key: value for key, value in said.values.items() if not isinstance(value, tuple)
        }
        asks = self._step.asks
        stood = written.tidied(asks, self._file.state.answers)
        return {
            **stood,
            **written.tidied(asks, texts),
            **self._chosen(),
            **self._request.answers,
        }

    def _chosen(self) -> Answers:
        """What was chosen from lists for the letter that is corrected: it has but the words."""
        lists = {ask.field for ask in self._step.asks if ask.options}
        return {
            field: answer
            for taken in self._file.state.taken
            if taken.step == self._step
            for field, answer in taken.answers.items()
            if field in lists
        }

    def _occasion(self) -> Occasion:
        return Occasion(
            day=self._session.clock.today(),
            number=self._number,
            answers=written.tidied(self._step.asks, self._answers()),
            filled=self._request.filled,
            replaces=self._old.number if self._old else "",
            replaces_on=self._old.issued_on if self._old else None,
        )


def _reason_faults(request: LetterRequest) -> list[Refusal]:
    """A correction says in the dossier why it was made."""
    if not request.replaces:
        return []
    if not tidy_text(request.reason):
        return [Refusal("letters.reason_missing", field="reason")]
    return list(text_faults([("reason", request.reason)]))


def _named(found: Finding) -> dict[str, object]:
    return {key: value for key, value in found.message.values.items() if key != "field"}


def _title(language: str, number: str) -> str:
    return Words(language)("paper.letter_title", reference=number)
