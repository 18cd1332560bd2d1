"""What the room of asking puts on the page of a pupil: who was asked, when and how."""

from functools import partial

from PySide6.QtCore import Signal

from app.asking.ask import Whom, note_asked, take_back
from app.asking.records import Request, Way
from app.asking.story import AskingStory, asking_story
from ui.asking.wording import asked_words, cause_words, decider_words, reminded_words
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.lines import Lines
from ui.kit.mark import Mark
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.words import t


class AskingCard(Card):
    """One row for each decider with open questions, or who was asked before."""

    def __init__(self, desk: Desk, page: DeskedPage) -> None:
        super().__init__(t("asking.card"))
        self._desk, self._page = desk, page
        self._subject_id = ""
        self._writes = desk.user.may("consent.write")
        self._rows = Lines(shares=(3, 6))
        self.add(self._rows)
        self.hide()

    def show_subject(self, subject_id: str, *, past: bool) -> None:
        """Show another pupil, or the same one again; nothing while another day is shown."""
        self._subject_id = "" if past else subject_id
        if past:
            self.hide()
            return
        self._desk.ask(partial(asking_story, subject_id=subject_id), self._show, self)

    def _show(self, stories: tuple[AskingStory, ...]) -> None:
        stories = tuple(one for one in stories if one.line.subject_id == self._subject_id)
        self._rows.clear()
        for story in stories:
            self._add(story)
        self.setVisible(bool(stories))

    def _add(self, story: AskingStory) -> None:
        line = story.line
        parts = []
        if line.causes and self._writes:
            button = CallButton(line.id, line.decider_id)
            button.setAccessibleName(f"{button.text()}: {line.decider}")
            button.asked.connect(self._call)
            parts.append(button)
        mark = Mark.ASK if line.causes else Mark.YES
        self._rows.add(decider_words(line), story_words(story), *parts, mark=mark)

    def _call(self, decider_id: str) -> None:
        whom = (Whom(self._subject_id, decider_id),)
        self._desk.ask(partial(note_asked, whom=whom, how=Way.PHONE), self._noted, self)

    def _noted(self, requests: tuple[Request, ...]) -> None:
        text = t(f"asking.noted_{requests[0].how}")
        self._page.offer_undo(text, partial(take_back, requests=requests))


class CallButton(Plain):
    """Notes that a decider was called.

    Signals:
        asked(decider): it was pressed.
    """

    asked = Signal(str)

    def __init__(self, line_id: str, decider_id: str) -> None:
        super().__init__(t("asking.note_phone"), fit="small")
        self._decider_id = decider_id
        self.call_it(f"call_{line_id}")
        self.clicked.connect(self._told)

    def _told(self) -> None:
        self.asked.emit(self._decider_id)


def story_words(story: AskingStory) -> str:
    """What is open between the school and one decider, and what was asked."""
    line = story.line
    if line.causes:
        parts = (cause_words(line.causes), asked_words(line), reminded_words(line))
        return " · ".join(part for part in parts if part)
    last = story.contacts[-1]
    return t("asking.last_asked", day=last.day, how=t(f"asking.how_{last.how}"))
