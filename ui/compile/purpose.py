"""What a copy is for, who gets it, why, and over which period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.compile.offering import Known, Offer
from app.compile.pieces import Recipient
from app.compile.purposes import Purpose
from app.compile.request import CompileRequest
from app.errors import Refusal
from app.record import Compartment
from ui.kit.card import Card
from ui.kit.editors import ChoiceEditor
from ui.kit.form import Choice, Day, Field, Form, Line, Notes, Radio, Value
from ui.kit.label import Muted
from ui.kit.sided import put_in, typed_in
from ui.theme import look
from ui.words import t, words

_KEYS = ("purpose", "recipient", "typed", "why", "start", "end", "language")
_WIDEST = 760
_LANGUAGES = (("nl", "compile.dutch"), ("en", "compile.english"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dossier a copy is of, and in which language it is made."""

    compartment: Compartment
    dossier_id: str


class PurposeStep(QWidget):
    """The first step.

    Signals:
        sent(): Enter was pressed.
    """

    sent = Signal()

    def __init__(self, offer: Offer, wanted: Wanted, today: date) -> None:
        super().__init__()
        self._offer, self._wanted = offer, wanted
        self._known: dict[str, Known] = {}
        self.form = Form(_fields(offer), columns=2)
        self.form.set_values(
            {"purpose": offer.purposes[0].key, "end": today, "language": words().language}
        )
        self.form.changed.connect(self._follow)
        self.form.submitted.connect(self._entered)
        self._explain = Muted()
        card = Card(t("compile.purpose_title"))
        card.add(self._explain, self.form)
        card.setMaximumWidth(look().px(_WIDEST))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().gap)
        column.addWidget(card)
        column.addStretch(1)
        self._follow("purpose")

    def request(self) -> CompileRequest | None:
        """What was filled in, or None after saying what is still needed."""
        values = self.form.check()
        if values is None:
            return None
        recipient = self._recipient(values)
        if recipient is None:
            field = "typed" if self._is_typed() else "recipient"
            self.form.take_refusal(Refusal("compile.recipient_missing", field=field))
            return None
        return CompileRequest(
            compartment=self._wanted.compartment,
            dossier_id=self._wanted.dossier_id,
            purpose=str(values["purpose"]),
            recipient=recipient,
            why=str(values["why"]),
            start=_day(values["start"]),
            end=_day(values["end"]),
            language=str(values["language"]),
        )

    def take_refusal(self, refusal: Refusal) -> bool:
        """Show what was refused at its field; says whether it has one here."""
        if refusal.field == "recipient" and self._is_typed():
            found = Refusal(refusal.message.id, field="typed", **refusal.message.values)
            return self.form.take_refusal(found)
        return self.form.take_refusal(refusal)

    def typed(self) -> dict[str, object]:
        """What was filled in, for a draft."""
        return typed_in(self.form, _KEYS) if self.form.text("why") else {}

    def put(self, values: Mapping[str, object]) -> None:
        """Show what a draft holds."""
        put_in(self.form, values)
        self._follow("purpose")
        put_in(self.form, values)

    def _entered(self, _values: object) -> None:
        self.sent.emit()

    def _recipient(self, values: Mapping[str, Value]) -> Recipient | None:
        if self._is_typed():
            name = " ".join(str(values["typed"]).split())
            return Recipient("typed", "", name) if name else None
        known = self._known.get(str(values["recipient"]))
        return known.recipient if known else None

    def _is_typed(self) -> bool:
        return "typed" in self._purpose().to

    def _purpose(self) -> Purpose:
        key = self.form.text("purpose")
        return next(each for each in self._offer.purposes if each.key == key)

    def _follow(self, key: str) -> None:
        """Offer whom the purpose allows, and say what it leaves out."""
        if key != "purpose":
            return
        purpose = self._purpose()
        self._explain.setText(purpose.explain.said(words().language))
        allowed = [each for each in self._offer.recipients if each.recipient.kind in purpose.to]
        self._known = {str(place): each for place, each in enumerate(allowed)}
        editor = self.form.editor("recipient")
        if isinstance(editor, ChoiceEditor):
            editor.set_options([(key, _words(each)) for key, each in self._known.items()])
            if len(allowed) == 1:
                editor.set_value("0")
        typed = self._is_typed()
        self.form.show_field("typed", shown=typed)
        self.form.show_field("recipient", shown=not typed)


def _words(known: Known) -> str:
    parts = [known.recipient.name]
    if known.relation:
        parts.append(t(f"people.relation_{known.relation}"))
    if known.authority:
        parts.append(t(f"people.authority_short_{known.authority}"))
    return " · ".join(parts)


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None


def _fields(offer: Offer) -> tuple[Field, ...]:
    purposes = [(each.key, each.name.said(words().language)) for each in offer.purposes]
    languages = [(key, t(text)) for key, text in _LANGUAGES]
    return (
        Radio(
            key="purpose", label="compile.purpose", required=True, wide=True, options=purposes
        ),
        Choice(key="recipient", label="compile.recipient", wide=True),
        Line(key="typed", label="compile.recipient", help="compile.recipient_help", wide=True),
        Notes(
            key="why",
            label="compile.why",
            help="compile.why_help",
            required=True,
            wide=True,
            lines=2,
        ),
        Day(key="start", label="compile.start", help="compile.start_help"),
        Day(key="end", label="compile.end"),
        Radio(key="language", label="compile.language", options=languages),
    )
