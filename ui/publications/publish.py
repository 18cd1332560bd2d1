"""From the composer: this was used. A teacher's goes sealed to the office."""

from functools import partial

from app.check.answer import CheckAnswer, CheckBoard, board, gather
from app.check.compose import Composed
from app.errors import BoordboekError, Refusal, Trouble
from app.override import override
from app.ports import Session
from app.publications.inbox import tell_publication
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.empty import EmptyState
from ui.kit.form import Check, Day, Form, Line, Notes, Value
from ui.kit.label import Heading, Muted
from ui.kit.page import Page
from ui.publications.sheet import draft_from
from ui.publications.wording import medium_words
from ui.shell.desk import Desk
from ui.words import t, words

COMPOSED = "composed"
"""Where the composer leaves its last composition, see `ui.check.compose`."""


class PublishPage(Page):
    """Says what a composition was used for; two fields are enough."""

    help_topic = "publications"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("publications.use_title"))
        self._desk = desk
        self._composed: Composed | None = None
        self._save = Main(t("publications.record"))
        self._save.call_it("publish_save")
        back = Plain(t("publications.use_to_compose"), "camera")
        back.call_it("publish_compose")
        back.clicked.connect(self._compose)
        self.set_actions(back, self._save)
        self._nothing = EmptyState(
            "picture", t("publications.use_nothing"), t("publications.use_nothing_why")
        )
        self._use, self._people = Heading(""), Muted("")
        self._card = Card(t("publications.use_what"))
        self.form = Form(
            (
                Line(key="title", label="publications.title_of", required=True, wide=True),
                Day(key="used_on", label="publications.used_on", required=True),
                Day(key="until", label="publications.until", help="publications.until_help"),
                Notes(
                    key="places", label="publications.places",
                    help="publications.places_help", lines=2, wide=True,
                ),
                Line(key="made_by", label="publications.made_by"),
                Check(key="handed_out", label="publications.handed_out"),
                Notes(key="note", label="publications.note", lines=2, wide=True),
            ),
            columns=2,
        )  # fmt: skip
        self.form.submitted.connect(self._send)
        self.form.sent_by(self._save)
        self._save.clicked.connect(self.form.submit)
        self._card.add(self._use, self._people, self.form)
        self.add(self._nothing, self._card)
        self.form.set_values({"used_on": desk.clock.today(), "made_by": desk.user.name})

    @override
    def refresh(self) -> None:
        found = self._desk.memory.get(COMPOSED)
        self._composed = found if isinstance(found, Composed) and found.published else None
        made = self._composed
        self._nothing.setVisible(made is None)
        self._card.setVisible(made is not None)
        self._save.setVisible(made is not None)
        if made is not None:
            self._use.setText(medium_words(made.medium))
            self._desk.ask(partial(_look, made), self._show, self)

    @override
    def leave(self) -> None:
        self._people.setText("")

    def _show(self, found: tuple[CheckBoard, tuple[CheckAnswer, ...]]) -> None:
        made = self._composed
        if made is None:
            return
        listed, answers = found
        names = {channel.key: channel.name(words().language) for channel in listed.channels}
        name = names.get(made.channel, made.channel)
        self._use.setText(f"{name} · {medium_words(made.medium)}")
        people = ", ".join(answer.name for answer in answers)
        said = t("publications.use_people", count=len(made.published))
        self._people.setText(f"{said}: {people}")

    def _send(self, values: dict[str, Value]) -> None:
        made = self._composed
        if made is None:
            return
        use: dict[str, Value] = {"medium": made.medium, "channel": made.channel}
        draft = draft_from({**values, **use}, made.published, made.list_number)
        self._save.setEnabled(False)
        work = partial(tell_publication, draft=draft)
        self._desk.ask(work, self._told, self, failed=self._not_told)

    def _told(self, publication_id: str) -> None:
        self._desk.memory.pop(COMPOSED, None)
        if self._desk.user.may("consent.write"):
            self._desk.tell(t("publications.use_recorded"))
            self._desk.goto("publications", publication_id=publication_id)
        else:
            self._desk.tell(t("publications.use_sealed"))
            self._desk.goto("compose")

    def _not_told(self, problem: BoordboekError) -> None:
        self._save.setEnabled(True)
        if isinstance(problem, Refusal):
            self.hear_refusal(problem)
        elif isinstance(problem, Trouble):
            self.hear_trouble(problem, self.form.submit)

    def _compose(self) -> None:
        self._desk.goto("compose")


def _look(made: Composed, session: Session) -> tuple[CheckBoard, tuple[CheckAnswer, ...]]:
    return board(session), gather(session, (), made.published).answers
