"""One's own access: the pass phrase, the PIN of this machine, the recovery code once."""

from functools import partial

from app.ports import Session
from app.register.passwords import check_pin
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.flow import Columns, Flow
from ui.kit.form import Form, Line, Secret
from ui.kit.label import Muted, Text
from ui.settings.section import SectionView
from ui.shell.desk import Desk
from ui.shell.phrase import PhraseChooser
from ui.words import t

_DIRECTOR = "director"


class AccountSection(SectionView):
    """What concerns only the user himself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.add(Columns(self._phrase_card(), self._device_card(), weights=(3, 2)))
        self._recovery = self._recovery_card()
        self.add(self._recovery)
        unconfirmed = not desk.register.recovery_confirmed
        self._recovery.setVisible(unconfirmed and _DIRECTOR in desk.user.roles)

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

    def _recovery_card(self) -> Card:
        self.code = Form([Line(key="code", label="shell.recovery_code", required=True)])
        self.code.submitted.connect(self._confirm)
        confirm = Main(t("settings.confirm_recovery"))
        confirm.call_it("confirm_recovery")
        confirm.clicked.connect(self.code.submit)
        line = Flow()
        line.addWidget(confirm)
        card = Card(t("settings.recovery"))
        card.add(Text(t("settings.recovery_words")), self.code, line)
        return card

    def _confirm(self, _values: object) -> None:
        work = partial(_confirm, self.code.text("code"))
        self.desk.ask(work, self._confirmed, self)

    def _confirmed(self, _nothing: None) -> None:
        self._recovery.hide()
        self.done(t("settings.recovery_confirmed"))


def _change(old: str, new: str, session: Session) -> None:
    session.change_password(old, new)


def _remember(pin: str, session: Session) -> None:
    check_pin(pin)
    session.remember_device(pin)


def _forget(session: Session) -> None:
    session.forget_device()


def _confirm(typed: str, session: Session) -> None:
    session.confirm_recovery(typed)
