"""Who has to be asked and who waits: rounds at the left, the people at the right."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from app.asking.ahead import look_at_rounds, read_ahead
from app.asking.ask import Whom, note_asked, take_back
from app.asking.handed import note_not_handed_out, take_back_not_handed_out
from app.asking.listing import (
    AskingFilter,
    Stand,
    asking_counts,
    split,
    written,
)
from app.asking.questions import AskingCounts
from app.asking.records import NotHandedOut, Request, Round, RoundKind, Way
from app.asking.reminding import reminders
from app.asking.rounds import RoundLine, end_round, take_back_end
from app.asking.rules import rules
from app.consent.one_off import one_offs
from app.consent.records import Channel
from app.letters.requests import OfficeRequest
from app.letters.requests import written as written_letters
from app.override import override
from app.people.card import Places, places
from app.ports import Session
from app.record import Compartment
from ui.asking.people import PeoplePane
from ui.asking.rounds import RoundsCard, RoundSheet
from ui.asking.wording import round_title
from ui.kit.button import Main, Plain
from ui.kit.flow import Columns
from ui.kit.sided import SideSheet
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.words import t, words


@dataclass(frozen=True, slots=True)
class Found:
    """What the page shows beside the list."""

    counts: AskingCounts
    rounds: tuple[RoundLine, ...]
    places: Places
    one_offs: tuple[Channel, ...]


class AskingPage(DeskedPage):
    """Rounds of asking, who waits for what, and the forms and reminders for them."""

    page_id = "asking"
    help_topic = "asking"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("asking.title"), fill=True)
        writes = desk.user.may("consent.write")
        self._found: Found | None = None
        self._wanted: dict[str, str] = {}
        self._one_off = "", ""
        self.rounds = RoundsCard(writes=writes)
        self.people = PeoplePane(desk, writes=writes)
        self.rounds.begin.clicked.connect(self._begin)
        self.rounds.shown.connect(self._show_round)
        self.rounds.drawn.connect(self._draw_round)
        self.rounds.ended.connect(self._end_round)
        self.people.opened.connect(self._open)
        self.people.noted.connect(self._note)
        self.people.kept_back.connect(self._keep_back)
        self.people.turned.connect(self._turned)
        self._forms = Main(t("asking.make_forms"))
        self._forms.call_it("make_forms")
        self._forms.clicked.connect(self._make_forms)
        self._remind = Plain(t("asking.remind"))
        self._remind.call_it("remind")
        self._remind.clicked.connect(self._remind_all)
        if writes:
            self.set_actions(self._remind, self._forms)
        parts = self.rounds, self.people
        columns = Columns(*parts, weights=(2, 7), narrow=1180, tall=self.people)
        policy = columns.sizePolicy()
        policy.setVerticalPolicy(policy.Policy.Expanding)
        columns.setSizePolicy(policy)
        self.add(columns)
        self.body.setStretch(0, 1)

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show the list: `list` is to_ask or waiting, `round_id` a round."""
        self._wanted = dict(what)
        if what.get("list") in set(Stand):
            self.people.show_stand(Stand(what["list"]))

    @override
    def read(self) -> None:
        self.desk.ask_sliced(look_at_rounds, self._read_all, self, t("asking.looking"))

    @override
    def make_sheet(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        if kind != "round" or self._found is None:
            return None
        sheet = RoundSheet(self.desk, self._found.places, self._found.one_offs)
        self.show_sheet(sheet, self._begun)
        return sheet

    def _read_all(self, lines: tuple[RoundLine, ...]) -> None:
        self.desk.ask(partial(_look, lines), self._show, self)
        self.people.reload()

    def _show(self, found: Found) -> None:
        self._found = found
        number = words().number
        self.set_title(
            t("asking.title"),
            t(
                "asking.identity",
                number=number(found.counts.to_ask),
                waiting=number(found.counts.waiting),
            ),
        )
        self.desk.count("asking", found.counts.waiting)
        self.rounds.show_rounds(found.rounds)
        self.people.offer(found.places)
        round_id = self._wanted.pop("round_id", "")
        if round_id:
            self._show_round(round_id)

    def _turned(self) -> None:
        waiting = self.people.filter.stand is not Stand.TO_ASK
        self._forms.setEnabled(self.people.filter.stand is not Stand.DONE)
        self._remind.setEnabled(waiting or bool(self.people.filter.round_id))

    # -- rounds -------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.make_sheet("round", {})

    def _begun(self, round_: object) -> None:
        if isinstance(round_, Round):
            self._wanted = {"round_id": round_.id}
            self.offer_undo(t("asking.round_begun"), partial(_end, round_id=round_.id))

    def _show_round(self, round_id: str) -> None:
        rounds = self._found.rounds if self._found else ()
        shown = next((one for one in rounds if one.id == round_id), None)
        name = round_title(shown) if shown else ""
        if shown is None or shown.channel is None:
            self.people.show_round(round_id, name)
            return
        self._one_off = round_id, name
        ahead = partial(read_ahead, channel=shown.channel.key)
        self.desk.ask_sliced(ahead, self._show_one_off, self, t("asking.looking"))

    def _show_one_off(self, _: None) -> None:
        self.people.show_round(*self._one_off)

    def _draw_round(self, round_id: str) -> None:
        self.desk.goto("asking_forms", round_id=round_id)

    def _end_round(self, round_id: str) -> None:
        self.people.show_round("", "")
        self.desk.ask(partial(end_round, round_id=round_id), self._ended, self)

    def _ended(self, ended: Round) -> None:
        self.offer_undo(t("asking.round_ended"), partial(take_back_end, ended=ended))

    # -- people -------------------------------------------------------------------------------

    def _open(self, row_id: str) -> None:
        subject_id, _ = split(row_id)
        self.desk.goto("pupil", pupil_id=subject_id)

    def _note(self, row_id: str, how: str) -> None:
        whom = Whom(*split(row_id), self.people.filter.round_id)
        self.desk.ask(partial(note_asked, whom=(whom,), how=Way(how)), self._noted, self)

    def _noted(self, requests: tuple[Request, ...]) -> None:
        text = t(f"asking.noted_{requests[0].how}")
        self.offer_undo(text, partial(take_back, requests=requests))

    def _keep_back(self, form_id: str) -> None:
        work = partial(note_not_handed_out, form_ids=(form_id,))
        self.desk.ask(work, self._kept_back, self)

    def _kept_back(self, facts: tuple[NotHandedOut, ...]) -> None:
        undo = partial(take_back_not_handed_out, facts=facts)
        self.offer_undo(t("asking.kept_back", count=len(facts)), undo)

    def _make_forms(self) -> None:
        self.desk.goto("asking_forms", filter=written(self._to_ask()))

    def _to_ask(self) -> AskingFilter:
        chosen = self.people.filter
        return replace(chosen, stand=Stand.TO_ASK) if chosen.stand is Stand.ALL else chosen

    def _remind_all(self) -> None:
        chosen = replace(self.people.filter, stand=self._letters_for())
        self.desk.ask(partial(reminders, wanted=chosen), self._go_to_letters, self)

    def _letters_for(self) -> Stand:
        """Who waits; in a round that only reminds, who was not told yet."""
        round_id = self.people.filter.round_id
        rounds = self._found.rounds if self._found else ()
        kinds = {one.kind for one in rounds if one.id == round_id}
        return Stand.TO_ASK if RoundKind.REMINDER in kinds else Stand.WAITING

    def _go_to_letters(self, requests: tuple[OfficeRequest, ...]) -> None:
        self.desk.goto("office_letter", requests=written_letters(requests))


def _look(lines: tuple[RoundLine, ...], session: Session) -> Found:
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        return Found(
            asking_counts(reader, day, rules().remind_after),
            lines,
            places(reader, day),
            one_offs(reader, day),
        )


def _end(session: Session, round_id: str) -> None:
    end_round(session, round_id)
