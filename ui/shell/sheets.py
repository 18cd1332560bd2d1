"""Side sheets with one form: what nearly everything is added and changed with."""

from collections.abc import Callable, Mapping, Sequence

from app.override import override
from app.ports import Session
from ui.kit.button import Main
from ui.kit.form import Field, Form, Value
from ui.kit.sided import SideSheet, put_in, typed_in
from ui.shell.desk import Desk


class FormSheet(SideSheet):
    """A sheet with one form and one button that sends it.

    Signals:
        done(answer): it was stored; what the use case gave back.
    """

    def __init__(self, desk: Desk, title: str, verb: str) -> None:
        super().__init__(title)
        self.desk = desk
        self.form = Form(())
        self._keys: tuple[str, ...] = ()
        self._send = Main(verb)
        self._send.call_it("sheet_save")
        self.set_actions(self._send)

    def lay_out(self, fields: Sequence[Field], columns: int = 1) -> None:
        """Put the form in; call it once."""
        self.form = Form(fields, columns=columns)
        self._keys = tuple(field.key for field in fields)
        self.form.submitted.connect(self._submitted)
        self.form.changed.connect(self.touch)
        self._send.clicked.connect(self.form.submit)
        self.add(self.form)

    def send(self, values: dict[str, Value]) -> None:
        """Store what was filled in."""
        raise NotImplementedError

    def ask(self, work: Callable[[Session], object]) -> None:
        """Do the work on the storage thread; what it gives back is told by `done`."""
        self.wait_for(self._send)
        self.desk.ask(work, self.stored, self)

    def stored(self, answer: object) -> None:
        """Tell that it was stored."""
        self.touched = False
        self.done.emit(answer)

    def _submitted(self, values: dict[str, Value]) -> None:
        self.bar.clear()
        self.send(values)

    @override
    def typed(self) -> dict[str, object]:
        return typed_in(self.form, self._keys) if self.touched else {}

    @override
    def put(self, values: Mapping[str, object]) -> None:
        put_in(self.form, values)
        self.touched = True
