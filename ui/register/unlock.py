"""The lock screen: a typed name and a pass phrase or PIN. No list of users is ever shown."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

import resources
from app.errors import Refusal
from app.override import override
from ui.kit.button import Link, Plain
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.flow import Flow
from ui.kit.form import Choice, Form, Line, Secret
from ui.kit.label import Muted
from ui.register import ways
from ui.register.gate import Gate
from ui.register.ways import Way
from ui.words import say, t

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.demo.users import DemoUser
    from app.errors import BoordboekError
    from app.ports import FolderState
    from ui.runner import Runner
    from ui.shell.choices import Choices, Known
    from ui.shell.desk import SignedIn
    from ui.shell.outside import Outside


class UnlockScreen(Gate):
    """Opens a register that is known on this machine.

    Signals:
        opened(signed_in): somebody is in (`SignedIn`).
        code_asked(): the person has a one-time code.
        forgotten(): the person forgot the pass phrase.
        start_asked(): another or a new register is wanted.
    """

    opened = Signal(object)
    code_asked = Signal()
    forgotten = Signal()
    start_asked = Signal()

    def __init__(
        self,
        outside: Outside,
        runner: Runner,
        choices: Choices,
        parent: QWidget | None = None,
    ) -> None:
        self._known = choices.registers
        school = self._known[0].school
        super().__init__(school, t("shell.unlock_words"), t("shell.unlock_go"), parent=parent)
        self._outside, self._runner = outside, runner
        self._folder, self._looks = self._known[0].folder, False
        self._registers = self._make_registers()
        self._how = Segments(
            [("phrase", t("shell.phrase")), ("pin", t("shell.pin"))], t("shell.unlock_how")
        )
        self._how.chosen.connect(self._choose_way)
        self.form = Form(
            [
                Line(key="name", label="shell.name", required=True),
                Secret(key="password", label="shell.phrase", required=True),
                Secret(key="pin", label="shell.pin", required=True),
            ]
        )
        self.form.submitted.connect(self._submitted)
        self._sample: Card | None = None
        self._fill_card()
        self._offer_ways()
        self.take_register(self._folder)

    @property
    def folder(self) -> Path:
        """The folder of the register that would be opened."""
        return self._folder

    def take_register(self, folder: Path) -> None:
        """Show another of the known registers."""
        known = next(each for each in self._known if each.folder == folder)
        self._folder = folder
        self.title.setText(known.school)
        self._how.setVisible(known.pin)
        self._choose_way("phrase")
        self._how.take("phrase")
        self._offer_sample_users(offered=_is_sample(known))
        self.bar.clear()
        if self._looks:
            self.look()

    def look(self) -> None:
        """Begin to tell what is the matter with the register that is shown, and say it."""
        self._looks = True
        work = partial(ways.look_at, self._outside, self._folder)
        self._runner.run(work, self._looked, self)

    @override
    def begin(self) -> None:
        """Give the first empty field the keyboard."""
        self.form.focus_on("password" if self.form.text("name") else "name")

    @override
    def submit(self) -> None:
        """Sign in with what was typed."""
        self.form.submit()

    def _submitted(self, _values: object) -> None:
        pin = self._by_pin()
        secret = self.form.text("pin" if pin else "password")
        way = Way(self._folder, self.form.text("name"), secret)
        self.enter(way, pin=pin)

    def _by_pin(self) -> bool:
        return not self._how.isHidden() and self._how.key == "pin"

    def enter(self, way: Way, *, pin: bool = False) -> None:
        """Sign in."""
        self.bar.clear()
        self.set_busy(t("shell.unlock_busy"))
        work = ways.unlock_with_pin if pin else ways.unlock
        job = partial(work, self._outside, way)
        self._runner.run(job, self._entered, self, failed=self._refused)

    def _entered(self, signed_in: SignedIn) -> None:
        self.set_busy()
        self.form.set_values({"password": "", "pin": ""})
        self.opened.emit(signed_in)

    def _refused(self, error: BoordboekError) -> None:
        self.set_busy()
        if isinstance(error, Refusal):
            self.form.focus_on("pin" if self._by_pin() else "password")
            self.hear_refusal(error)
        else:
            self.bar.trouble(say(error.message), self.submit)

    def _looked(self, state: FolderState) -> None:
        """Say before anybody types what stands in the way, as far as it shows from outside."""
        if state.problem is not None:
            self.bar.trouble(say(state.problem))
        elif state.opened_by:
            self.bar.notice(t("shell.unlock_in_use", who=state.opened_by))
        elif state.kind != "register":
            self.bar.trouble(t("shell.unlock_gone", folder=str(self._folder)))

    def _choose_way(self, key: str) -> None:
        self.form.show_field("password", shown=key == "phrase")
        self.form.show_field("pin", shown=key == "pin")
        self.form.clear_errors()

    def _make_registers(self) -> Form | None:
        if len(self._known) == 1:
            return None
        options = tuple((str(each.folder), each.school) for each in self._known)
        field = Choice(key="register", label="shell.register", required=True, options=options)
        form = Form([field])
        form.set_values({"register": str(self._folder)})
        form.changed.connect(self._register_chosen)
        return form

    def _register_chosen(self, _key: str) -> None:
        if self._registers is not None:
            self.take_register(Path(self._registers.text("register")))

    def _fill_card(self) -> None:
        if self._registers is not None:
            self.card.add(self._registers)
        how = QHBoxLayout()
        how.addWidget(self._how)
        how.addStretch(1)
        self.card.add(how, self.form)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.go)
        self.card.add(line)

    def _offer_ways(self) -> None:
        for words, name, then in (
            (t("shell.have_code"), "have_code", self.code_asked),
            (t("shell.forgot"), "forgot", self.forgotten),
            (t("shell.other_register"), "other_register", self.start_asked),
        ):
            link = Link(words)
            link.call_it(name)
            link.clicked.connect(then)
            self.offer(link)

    def _offer_sample_users(self, *, offered: bool) -> None:
        """Show the users of the sample school, or nobody."""
        if offered and self._sample is None:
            from app.demo.users import demo_users  # noqa: PLC0415 - a real school needs none

            self._sample = Card(t("shell.sample_users"))
            self._sample.add(Muted(t("shell.sample_words")))
            users = Flow(gap=8)
            for user in demo_users():
                users.addWidget(_DemoButton(user, self))
            self._sample.add(users)
            self.add_below(self._sample)
        if self._sample is not None:
            self._sample.setVisible(offered)


class _DemoButton(Plain):
    """Signs one of the sample school's documented users in."""

    def __init__(self, user: DemoUser, screen: UnlockScreen) -> None:
        super().__init__(
            t("shell.sample_user", name=user.name, role=_role(user.role)), "person"
        )
        self.call_it(f"sample_{user.role}")
        self._user, self._screen = user, screen
        self.clicked.connect(self._enter)

    def _enter(self) -> None:
        screen = self._screen
        screen.form.set_values({"name": self._user.name})
        screen.enter(Way(screen.folder, self._user.name, self._user.phrase))


def _role(key: str) -> dict[str, str]:
    return next(dict(role["name"]) for role in resources.roles() if role["key"] == key)


def _is_sample(known: Known) -> bool:
    return resources.is_sample(known.school) and bool(
        known.school == resources.sample_school()["name"]
    )
