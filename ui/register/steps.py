"""What the steps of the first start share: the work on the way, and the register being made."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import BoordboekError, Message, Refusal
from ui.kit.wizard import StepPage, Wizard
from ui.runner import Runner
from ui.shell.desk import SignedIn
from ui.shell.outside import Outside
from ui.words import say

if TYPE_CHECKING:
    from ui.register.ways import Begun


class Making:
    """Holds what the steps work with: the world outside, and a register once it is made."""

    def __init__(self, outside: Outside, runner: Runner) -> None:
        self.outside, self.runner = outside, runner
        self.begun: Begun | None = None
        self.signed_in: SignedIn | None = None

    def take(self) -> SignedIn | None:
        """Hand over who is signed in; from then on the register is somebody else's to close."""
        signed_in, self.begun, self.signed_in = self.signed_in, None, None
        return signed_in

    def abandon(self, owner: QObject) -> None:
        """Close the register that was made, if nobody took it."""
        if self.begun is not None:
            job = self.begun.signed_in.session.lock
            self.begun = None
            self.runner.run(job, _nothing, owner)


class WorkStep(StepPage):
    """A step that does something off the screen before it goes on."""

    def __init__(self, making: Making) -> None:
        super().__init__()
        self.making = making
        self._onward: Callable[[], None] | None = None

    def wait_for(self, onward: Callable[[], None]) -> None:
        """Take no presses until `proceed` or `failed`."""
        self._onward = onward
        self.ready_changed.emit(False)  # noqa: FBT003 - Qt takes the value by position

    def proceed(self) -> None:
        """The work is done: go on."""
        self.ready_changed.emit(True)  # noqa: FBT003 - as above
        onward, self._onward = self._onward, None
        if onward is not None:
            onward()

    def failed(self, error: BoordboekError) -> None:
        """Say what is wrong, at its field or in the bar."""
        self.ready_changed.emit(True)  # noqa: FBT003 - as above
        wizard = self.wizard()
        if wizard is None:
            return
        if isinstance(error, Refusal):
            wizard.hear_refusal(error)
        else:
            wizard.bar.trouble(say(error.message), wizard.forward)

    def wizard(self) -> Wizard | None:
        """The wizard around this step."""
        parent: QObject | None = self
        while parent is not None and not isinstance(parent, Wizard):
            parent = parent.parent()
        return parent


def at(field: str, message: Message) -> Refusal:
    """A message as the refusal of a field."""
    refusal = Refusal(message.id, field=field)
    refusal.message = message
    return refusal


def _nothing(_value: object) -> None:
    """Nothing follows."""
