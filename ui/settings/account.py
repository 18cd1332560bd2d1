"""One's own access: the pass phrase, the PIN of this machine, the recovery code."""

from functools import partial

from app.override import override
from app.ports import Session
from app.register.passwords import check_pin
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.flow import Columns, Flow
from ui.kit.form import Form, Secret
from ui.kit.label import Muted
from ui.settings.recovery import NewRecovery, RecoveryCard, Renewed
from ui.settings.section import SectionView
from ui.shell.desk import Desk
from ui.shell.phrase import PhraseChooser
from ui.words import t


class AccountSection(SectionView):
    """What concerns only the user himself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.add(Columns(self._phrase_card(), self._device_card(), weights=(3, 2)))
        self.recovery = self._recovery_card()

    # -- the pass phrase ---------------------------------------------------------------------

    def _phrase_card(self) -> Card:
        self.old = Form([Secret(key="old", label="settings.old_phrase", required=True)])
        self.phrase = PhraseChooser(self.desk.user.roles)
        near = (self.desk.user.name, self.desk.register.school)
        self.phrase.set_roles(self.desk.user.roles, near)
        change = Main(t("settings.change_phrase"))
        change.call_it("change_phrase")
        change.clicked.connect(self._change_phrase)
        self.phrase.submitted.connect(self._change_phrase)
        line = Flow(right=True)
        line.addWidget(change)
        card = Card(t("settings.own_phrase"))
        card.add(self.old, self.phrase, line)
        return card

    def _change_phrase(self) -> None:
        if self.old.check() is None:
            return
        phrase = self.phrase.phrase()
        if phrase is not None:
            work = partial(_change, self.old.text("old"), phrase)
            self.desk.ask(work, self._phrase_changed, self)

    def _phrase_changed(self, _nothing: None) -> None:
        self.old.set_values({"old": ""})
        self.phrase.forget()
        self.phrase.propose()
        self.done(t("settings.phrase_changed"))

    # -- this machine ------------------------------------------------------------------------

    def _device_card(self) -> Card:
        self.pin = Form([Secret(key="pin", label="settings.new_pin", required=True)])
        self.pin.submitted.connect(self._remember)
        remember, forget = Plain(t("settings.remember")), Plain(t("settings.forget"))
        remember.call_it("remember_device")
        forget.call_it("forget_device")
        remember.clicked.connect(self.pin.submit)
        forget.clicked.connect(self._forget)
        line = Flow()
        line.addWidget(remember)
        line.addWidget(forget)
        card = Card(t("settings.this_device"))
        card.add(Muted(t("settings.device_words")), self.pin, line)
        return card

    def _remember(self, _values: object) -> None:
        work = partial(_remember, self.pin.text("pin"))
        self.desk.ask(work, self._remembered, self)

    def _remembered(self, _nothing: None) -> None:
        self.pin.set_values({"pin": ""})
        self.desk.choices.offer_pin(self.desk.register.folder, offered=True)
        self.done(t("settings.remembered"))

    def _forget(self) -> None:
        self.desk.ask(_forget, self._forgotten, self)

    def _forgotten(self, _nothing: None) -> None:
        self.done(t("settings.forgotten"))

    # -- the recovery code -------------------------------------------------------------------

    @override
    def read(self) -> None:
        if self.recovery is not None:
            self.recovery.read()

    def _recovery_card(self) -> RecoveryCard | None:
        if not self.desk.user.root:
            return None
        card = RecoveryCard(self.desk)
        card.renewed.connect(self._renewed)
        card.confirmed.connect(self._confirmed)
        self.add(card)
        return card

    def _renewed(self, made: Renewed) -> None:
        self.read()
        sheet = NewRecovery(self.desk, made)
        sheet.done.connect(self._confirmed)
        self.open_sheet(sheet)

    def _confirmed(self, _nothing: object = None) -> None:
        self.shut_sheet()
        self.read()
        self.done(t("settings.recovery_confirmed"))


def _change(old: str, new: str, session: Session) -> None:
    session.change_password(old, new)


def _remember(pin: str, session: Session) -> None:
    check_pin(pin)
    session.remember_device(pin)


def _forget(session: Session) -> None:
    session.forget_device()
