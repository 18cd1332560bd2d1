"""Parts of a report that are more than a field: articles to tick, pupils, and files."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.breach.evidence import EvidenceFile, check_file
from app.breach.sealed import Affected
from app.check.answer import CheckHit, find_pupils
from app.errors import Message, Refusal, Refusals
from app.protocol.values import Article
from ui.breach.said import size_words
from ui.kit import ask
from ui.kit.button import Plain, Quiet
from ui.kit.editors import Box, LineEditor
from ui.kit.flow import Flow
from ui.kit.form import Form
from ui.kit.label import Muted, Small, Strong, Text
from ui.shell.desk import Desk
from ui.shell.files import read_file
from ui.theme import Type, look
from ui.words import say, t, words

_TYPING_MS = 120
_HITS = 8


class Part(QWidget):
    """One part of the report with a place for what is not right.

    `field` is the name under which the rules speak of it.

    Signals:
        changed(): the person changed something.
    """

    changed = Signal()
    field = ""

    def __init__(self) -> None:
        super().__init__()
        self._error = Text("", Type.SMALL, look="no")
        self._error.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look().near)
        self.column.addWidget(self._error)

    @property
    def error(self) -> str:
        """What is said about it, or nothing."""
        return self._error.text()

    def tell(self, faults: Sequence[Refusal]) -> None:
        """Say what is not right here; nothing when everything is."""
        self._error.setText("\n".join(say(fault.message) for fault in faults))
        self._error.setVisible(bool(faults))

    def told(self) -> None:
        """The person did something about it."""
        self.tell(())
        self.changed.emit()


class Articles(Part):
    """The articles of one version of the protocol, with their short wording.

    Those that may fit what was filled in say so; none is ticked for anybody. In `short` their
    wording stands there in small letters.
    """

    field = "articles"

    def __init__(self, *, short: bool = False) -> None:
        super().__init__()
        self._short = short
        self._boxes: dict[str, Box] = {}
        self._rows: dict[str, QWidget] = {}
        self._hints: dict[str, Text] = {}
        self._shown: tuple[Article, ...] = ()

    def show_articles(self, articles: tuple[Article, ...]) -> None:
        """Show the articles of a version; what is ticked stays where it is in both."""
        if articles == self._shown:
            return
        kept, self._shown = self.value(), articles
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        self._boxes, self._rows, self._hints = {}, {}, {}
        for article in articles:
            self._add(article)
        self.set_value(kept)

    def hint(self, fitting: Mapping[str, Message]) -> None:
        """Say at these articles why they may fit."""
        for id, hint in self._hints.items():
            hint.setText(say(fitting[id]) if id in fitting else "")
            hint.setVisible(id in fitting)

    def _add(self, article: Article) -> None:
        language = words().language
        heading = article.heading.said(language)
        box = Box(article.id.replace("&", "&&"))
        box.setObjectName(f"article_{article.id}")
        box.setAccessibleName(f"{article.id} · {heading}")
        box.setAccessibleDescription(article.text.said(language))
        box.setMinimumWidth(look().px(64))
        box.clicked.connect(self.told)
        hint = Text("", Type.SMALL, look="ask")
        hint.hide()
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, look().px(4))
        line.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        inner = QVBoxLayout()
        inner.setSpacing(0)
        inner.addWidget(Text(heading))
        wording = article.text.said(language)
        inner.addWidget(Small(wording) if self._short else Muted(wording))
        inner.addWidget(hint)
        line.addLayout(inner, 1)
        self.column.addWidget(row)
        self._boxes[article.id], self._rows[article.id] = box, row
        self._hints[article.id] = hint

    def offer(self, ids: Sequence[str]) -> None:
        """Show only these; others are not ticked any more."""
        for id, row in self._rows.items():
            row.setVisible(id in ids)
            if id not in ids:
                self._boxes[id].setChecked(False)

    def value(self) -> tuple[str, ...]:
        """The ids that are ticked."""
        return tuple(id for id, box in self._boxes.items() if box.isChecked())

    def set_value(self, ids: Sequence[str]) -> None:
        """Tick these."""
        for id, box in self._boxes.items():
            box.setChecked(id in ids)


class Pupils(Part):
    """Pupils by name, found on the check list; another name can be added as typed."""

    field = "affected"

    def __init__(self, desk: Desk, label: str, *, free: bool = True) -> None:
        super().__init__()
        self._desk, self._free = desk, free
        self._chosen: list[Affected] = []
        self._hits: tuple[CheckHit, ...] = ()
        self.typed = LineEditor(t("breach.pupil_hint"))
        self.typed.setObjectName("pupil_name")
        self.typed.setAccessibleName(label)
        self._found = Flow(gap=8)
        self._taken = Flow(gap=8)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._search)
        self.typed.changed.connect(self._typing.start)
        self.typed.returnPressed.connect(self._take_first)
        self.column.addLayout(self._taken)
        self.column.addWidget(self.typed)
        self.column.addLayout(self._found)

    def value(self) -> tuple[Affected, ...]:
        """The pupils that were chosen."""
        return tuple(self._chosen)

    def set_value(self, pupils: Sequence[Affected]) -> None:
        """Show these as chosen."""
        self._chosen = list(pupils)
        self._show_taken()

    def take(self, pupil: Affected) -> None:
        """Choose a pupil."""
        if pupil not in self._chosen:
            self._chosen.append(pupil)
        self.typed.clear()
        self._show_hits(())
        self._show_taken()
        self.told()

    def _search(self) -> None:
        text = self.typed.value()
        if text:
            self._desk.ask(partial(find_pupils, text=text, limit=_HITS), self._show_hits, self)
        else:
            self._show_hits(())

    def _show_hits(self, hits: tuple[CheckHit, ...]) -> None:
        self._hits = hits
        empty_flow(self._found)
        for place, hit in enumerate(hits):
            group = f" · {hit.group}" if hit.group else ""
            self._offer(f"{hit.name}{group}", f"hit_{place}")
        if self._free and self.typed.value() and not hits:
            self._offer(t("breach.add_as_typed", name=self.typed.value()), "hit_typed")

    def _offer(self, shown: str, name: str) -> None:
        button = Plain(shown.replace("&", "&&"), "plus", fit="small")
        button.call_it(name)
        button.clicked.connect(self._clicked)
        self._found.addWidget(button)

    def _clicked(self) -> None:
        name = self.sender().objectName().removeprefix("hit_")
        if name == "typed":
            self.take(Affected(self.typed.value()))
        else:
            hit = self._hits[int(name)]
            self.take(Affected(hit.name, hit.id))

    def _take_first(self) -> None:
        if self._hits:
            self.take(Affected(self._hits[0].name, self._hits[0].id))
        elif self._free and self.typed.value():
            self.take(Affected(self.typed.value()))

    def _show_taken(self) -> None:
        empty_flow(self._taken)
        for place, pupil in enumerate(self._chosen):
            button = Plain(pupil.name.replace("&", "&&"), "close", fit="small")
            button.setAccessibleName(t("breach.take_away", name=pupil.name))
            button.setCheckable(True)
            button.setChecked(True)
            button.call_it(f"taken_{place}")
            button.clicked.connect(self._drop)
            self._taken.addWidget(button)

    def _drop(self) -> None:
        place = int(self.sender().objectName().removeprefix("taken_"))
        del self._chosen[place]
        self._show_taken()
        self.told()


class Files(Part):
    """Files that go with a report: name, size, and how each was obtained."""

    field = "files"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._files: list[EvidenceFile] = []
        self._rows: list[FileRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(look().px(12))
        add = Plain(t("breach.add_file"), "plus")
        add.call_it("add_file")
        add.clicked.connect(self._choose)
        line = QHBoxLayout()
        line.addWidget(add)
        line.addStretch(1)
        self.column.addLayout(self._list)
        self.column.addLayout(line)

    def value(self) -> tuple[EvidenceFile, ...]:
        """The files with how they were obtained."""
        return tuple(
            replace(file, obtained=row.obtained)
            for file, row in zip(self._files, self._rows, strict=True)
        )

    def set_value(self, files: Sequence[EvidenceFile]) -> None:
        """Show these files."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._files, self._rows = [], []
        for file in files:
            self._add(file)

    def _choose(self) -> None:
        ask.open_file(self, t("breach.add_file"), self._read)

    def _read(self, path: Path) -> None:
        work = partial(_arrived, path, self._desk.clock.now())
        self._desk.runner.run(work, self._taken, self, pure=True)

    def _taken(self, file: EvidenceFile) -> None:
        self._add(file)
        self._rows[-1].ask_obtained()
        self.told()

    def _add(self, file: EvidenceFile) -> None:
        row = FileRow(file)
        row.changed.connect(self.told)
        row.drop_asked.connect(self._drop)
        self._files.append(file)
        self._rows.append(row)
        self._list.addWidget(row)

    def _drop(self) -> None:
        row = self.sender()
        if isinstance(row, FileRow):
            place = self._rows.index(row)
            del self._files[place], self._rows[place]
            row.hide()
            row.deleteLater()
            self.told()


class FileRow(QWidget):
    """One file.

    Signals:
        changed(): other words about how it was obtained; drop_asked(): take it away.
    """

    changed = Signal()
    drop_asked = Signal()

    def __init__(self, file: EvidenceFile) -> None:
        super().__init__()
        self._obtained = LineEditor(t("breach.obtained_hint"))
        self._obtained.setObjectName("obtained")
        self._obtained.setAccessibleName(t("breach.obtained_of", name=file.name))
        self._obtained.set_value(file.obtained)
        self._obtained.changed.connect(self.changed)
        drop = Quiet(icon="trash", tip=t("breach.take_away", name=file.name))
        drop.call_it("drop_file")
        drop.clicked.connect(self.drop_asked)
        head = QHBoxLayout()
        head.addWidget(Strong(file.name), 1)
        head.addWidget(Small(size_words(len(file.content)), wrap=False))
        head.addWidget(drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(4))
        column.addLayout(head)
        for key in file.warnings:
            column.addWidget(Text(t(f"breach.warns_{key}"), Type.SMALL, look="ask"))
        column.addWidget(Small(t("breach.obtained")))
        column.addWidget(self._obtained)

    @property
    def obtained(self) -> str:
        """How it was obtained."""
        return self._obtained.value()

    def ask_obtained(self) -> None:
        """Give the keyboard to what is still to be said."""
        self._obtained.setFocus()


def _arrived(path: Path, at: datetime) -> EvidenceFile:
    """A file that was chosen, with its moment of arrival; a program is not taken."""
    file = replace(read_file(path), arrived_at=at)
    return replace(file, warnings=check_file(file))


def spread(refusal: Refusal, forms: Sequence[Form], parts: Sequence[Part]) -> str:
    """Say at each place what is not right; returns what has no place of its own."""
    found = refusal.found if isinstance(refusal, Refusals) else (refusal,)
    for part in parts:
        part.tell([each for each in found if each.field == part.field])
    places = {part.field for part in parts}
    left = [each for each in found if each.field not in places]
    for form in reversed(forms):
        form.clear_errors()
        left = [each for each in left if not form.take_refusal(each)]
    return " ".join(say(each.message) for each in left)


def empty_flow(flow: Flow) -> None:
    """Take everything out of it."""
    while (item := flow.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
