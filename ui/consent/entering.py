"""A pile of paper forms, entered with a number, a key for each answer, a day and Enter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence

from app.consent.decide import Recorded as Added
from app.consent.records import Answer, Retraction
from app.errors import Refusal, Refusals, Trouble
from app.forms.returned import (
    Candidate,
    Filled,
    Returned,
    find_returned,
    outdone,
    record_returned,
    returned_form,
    take_back,
    unclear_before,
)
from app.override import override
from app.ports import Session
from ui.consent.formcard import FormCard, line_names
from ui.consent.record import read_proof
from ui.consent.sitting import Entered, SittingCard
from ui.consent.wording import relation_name
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.editors import LineEditor
from ui.kit.flow import Columns
from ui.kit.form import Form, Line
from ui.kit.table import MemorySource, Table
from ui.models.columns import Column, Face, Row
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.shell.drafts import Draft
from ui.theme import look
from ui.words import t

_NUMBER = "form_number"
_RECEIVED = "received_on"
"""Is not asked: a form that is entered now was received by now."""
_HELP = "consent.pile_number_help"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found for a number or a name; the form itself when only one can be meant."""

    asked: int
    found: tuple[Candidate, ...]
    form: Returned | None = None
    draft: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded from one form."""

    form: Returned
    filled: Filled
    added: tuple[Added, ...]
    unclear: tuple[str, ...]


class EnterFormsPage(DeskedPage):
    """Enters forms that came back on paper, one after another."""

    page_id = "enter_forms"
    help_topic = "entering"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("consent.enter_forms"))
        self._asked = 0
        self._sending = False
        self._next: dict[str, object] | None = None
        self._last: tuple[Added, ...] = ()
        self._found: tuple[Candidate, ...] = ()
        self._candidate: Candidate | None = None
        self._number = Form((Line(key=_NUMBER, label="consent.pile_number", help=_HELP),))
        self._number.submitted.connect(self._look)
        self._source = MemorySource()
        self.matches = Table(_COLUMNS, self._source, name=t("consent.who_is_meant"))
        self.matches.setMinimumHeight(look().px(200))
        self.matches.opened.connect(self._choose)
        self.card = FormCard(desk.clock.today())
        self.card.recorded.connect(self._record)
        self.card.put_aside.connect(self._put_aside)
        self.card.answers.returned.connect(self._to_number)
        self.sitting = SittingCard(desk)
        head = Card()
        head.add(self._number, self.matches)
        group = Plain(t("consent.enter_group"))
        group.call_it("enter_group")
        group.clicked.connect(self._go_to_group)
        self.set_actions(group)
        self.add(head, Columns(self.card, self.sitting, weights=(5, 3), narrow=900))
        self.matches.hide()
        self.setAcceptDrops(True)
        self.setFocusProxy(self._number.editor(_NUMBER))
        self._number.editor(_NUMBER).installEventFilter(self)
        self._begin()

    def arrive(self, what: Mapping[str, str]) -> None:
        """Go on with the form that was left, or begin with the one named by `number`."""
        if what.get("number"):
            self._number.set_values({_NUMBER: what["number"]})
            self._number.submit()
        else:
            self.desk.find_draft(self.page_id, self._offered, self)

    @override
    def leave(self) -> None:
        if self.card.touched and self._candidate is not None:
            chosen = self._candidate
            values = {**self.card.typed(), "whose": _packed(chosen)}
            title = t("consent.draft_form", name=chosen.pupil)
            self.desk.keep_draft(Draft(self.page_id, title, values))

    @override
    def hear_refusal(self, refusal: Refusal) -> None:
        self._failed()
        found = refusal.found if isinstance(refusal, Refusals) else (refusal,)
        for each in found:
            if each.field != _RECEIVED:
                super().hear_refusal(each)
        if self._number.error(_NUMBER):
            self.card.forget()
            self._to_number()
        elif not self.card.says_why:
            self.card.answers.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def hear_trouble(self, trouble: Trouble, retry: Callable[[], None]) -> None:
        self._failed()
        super().hear_trouble(trouble, retry)
        self.card.answers.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self) -> None:
        """What was typed ahead counts for nothing any more; the form stays as it is."""
        self._asked += 1
        self._sending, self._next = False, None
        self.card.answers.stop_waiting()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave Ctrl+Z in an empty field to the window: it undoes the last form."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self._number.text(_NUMBER)
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.card.form and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                event.acceptProposedAction()
                self.card.proof.show_file(Path(url.toLocalFile()))

    def _begin(self) -> None:
        self.card.begin_with(self.sitting.signed_on, self.sitting.note)

    def _offered(self, draft: Draft | None) -> None:
        whose = draft.values.get("whose") if draft else None
        if draft is None or not isinstance(whose, list) or self.card.touched:
            return
        chosen = Candidate(*(str(one) for one in whose))
        self._open(chosen, draft.values)

    def _look(self, values: dict[str, object]) -> None:
        typed = str(values[_NUMBER])
        if not typed:
            return
        if self._sending:
            self._next = values
            self.card.answers.wait()
            self.card.answers.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._next is None:
            self.bar.clear()
        self._next = None
        self._asked += 1
        self.matches.hide()
        self._candidate = None
        self.card.wait()
        work = partial(_look_for, typed=typed, asked=self._asked, language=self.desk.language)
        self.desk.ask(work, self._looked, self)

    def _looked(self, looked: Looked) -> None:
        if looked.asked != self._asked:
            return
        if looked.form is None:
            self._offer(looked.found)
            return
        self._candidate = looked.found[0]
        self.matches.hide()
        self.card.answers.setFocus(Qt.FocusReason.OtherFocusReason)
        self.card.show_form(looked.form)
        if looked.draft is not None:
            self.card.put(looked.draft)
            self.bar.notice(t("consent.form_goes_on"))

    def _offer(self, found: tuple[Candidate, ...]) -> None:
        self._found = found
        self._source.replace(_rows(found))
        self.card.forget()
        self.matches.show()
        self.matches.reload()
        self.matches.choose("0")
        self.matches.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, row: str) -> None:
        self._open(self._found[int(row)], None)

    def _open(self, chosen: Candidate, draft: dict[str, object] | None) -> None:
        self._asked += 1
        self.matches.hide()
        self.card.wait()
        work = partial(
            _open_form,
            chosen=chosen,
            asked=self._asked,
            language=self.desk.language,
            draft=draft,
        )
        self.desk.ask(work, self._looked, self)

    def _record(self) -> None:
        form = self.card.form
        filled = self.card.filled() if form is not None else None
        if form is None or filled is None:
            return
        self.bar.clear()
        unclear = self.card.unclear()
        self._sending, self._next = True, None
        self._number.set_values({_NUMBER: ""})
        self._to_number()
        work = partial(
            _record, form=form, filled=filled, unclear=unclear, proof=self.card.proof.path
        )
        self.desk.ask(work, self._recorded, self)

    def _recorded(self, done: Recorded) -> None:
        self.sitting.add_entered(_entered(done), done.filled.signed_on, self.card.note)
        self.desk.drop_draft(Draft(self.page_id, "", {}))
        self._candidate = None
        self._sending = False
        self.card.forget()
        self._begin()
        self._tell(done)
        if self._next is None:
            self._to_number()
        else:
            self._look(self._next)

    def _tell(self, done: Recorded) -> None:
        older = outdone(done.form, done.filled)
        count = sum(len(some.decisions) for some in done.added)
        words = t("consent.only_unclear", name=done.form.pupil)
        if count:
            words = t("consent.form_recorded", name=done.form.pupil, count=count)
        if older:
            words = f"{words} {t('consent.form_outdone', uses=line_names(older))}"
        if done.unclear:
            words = f"{words} {_unclear_words(done)}"
        self._last = done.added
        self.bar.done(words, self._undo_last)

    def _undo_last(self) -> None:
        work = partial(take_back, recorded=self._last, reason=t("consent.undo_reason"))
        self.desk.ask(work, self._undone, self)

    def _undone(self, _facts: tuple[Retraction, ...]) -> None:
        self.sitting.take_back_last()
        self.bar.done(t("shell.taken_back"))
        self._to_number()

    def _put_aside(self) -> None:
        self._asked += 1
        self._candidate = None
        self.card.forget()
        self._begin()
        self.desk.drop_draft(Draft(self.page_id, "", {}))
        self._to_number()

    def _to_number(self) -> None:
        editor = self._number.editor(_NUMBER)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(editor, LineEditor):
            editor.selectAll()

    def _go_to_group(self) -> None:
        self.desk.goto("enter_group")


def _look_for(session: Session, typed: str, asked: int, language: str) -> Looked:
    found = find_returned(session, typed)
    form = returned_form(session, found[0], language) if len(found) == 1 else None
    return Looked(asked, found, form)


def _open_form(
    session: Session,
    chosen: Candidate,
    asked: int,
    language: str,
    draft: dict[str, object] | None,
) -> Looked:
    return Looked(asked, (chosen,), returned_form(session, chosen, language), draft)


def _record(
    session: Session,
    form: Returned,
    filled: Filled,
    unclear: tuple[str, ...],
    proof: Path | None,
) -> Recorded:
    whole = replace(filled, proof=read_proof(proof)) if proof else filled
    return Recorded(form, filled, record_returned(session, form, whole), unclear)


def _unclear_words(done: Recorded) -> str:
    """What is to be asked again, and where an older answer stands meanwhile."""
    words = t("consent.unclear_asked", uses=", ".join(done.unclear))
    stand = unclear_before(done.form, done.filled)
    if stand:
        words = f"{words} {t('consent.unclear_stands', uses=line_names(stand))}"
    return words


def _entered(done: Recorded) -> Entered:
    answers = [answer for _, answer in done.filled.answers]
    return Entered(
        number=done.form.number,
        pupil_id=done.form.pupil_id,
        pupil=done.form.pupil,
        decider=done.form.decider.name,
        yes=answers.count(Answer.YES),
        no=answers.count(Answer.NO),
        unclear=done.unclear,
        children=len(done.added),
    )


def _packed(chosen: Candidate) -> list[str]:
    return [
        chosen.pupil_id,
        chosen.decider_id,
        chosen.pupil,
        chosen.detail,
        chosen.decider,
        chosen.relation,
        chosen.number,
    ]


def _rows(found: tuple[Candidate, ...]) -> list[Row]:
    return [
        Row(
            str(place),
            {
                "pupil": one.pupil,
                "group": one.detail,
                "decider": one.decider,
                "relation": relation_name(one.relation),
                "number": one.number,
            },
        )
        for place, one in enumerate(found)
    ]


_COLUMNS = (
    Column("pupil", "consent.column_pupil", 14, Face.STRONG, least=16),
    Column("group", "consent.column_group", 8, least=10),
    Column("decider", "consent.column_guardian", 14, least=16),
    Column("relation", "consent.column_relation", 7, Face.MUTED, least=8),
    Column("number", "consent.column_form", 7, Face.MUTED, least=8),
)
