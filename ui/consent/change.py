"""Two small sheets: one answer changed from the grid, and consent withdrawn at once."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from app.consent.decide import (
    TOLD_WAYS,
    DecisionsDraft,
    Noted,
    UseAnswer,
    record_decisions,
    withdraw_consent,
)
from app.consent.facts import DecisionFact
from app.consent.overview import PupilConsent
from app.consent.records import Answer, Decision
from app.override import override
from ui.consent.record import channels_of
from ui.consent.takenby import taken_by
from ui.consent.wording import (
    answer_words,
    condition_options,
    decider_titles,
    decider_words,
    use_words,
    way_options,
)
from ui.kit.button import Button, Danger, Main, Plain
from ui.kit.choice import Segments
from ui.kit.flow import Flow
from ui.kit.form import Choice, Day, Form, Line, Radio, Several, Value
from ui.kit.label import Muted, Text
from ui.kit.sided import SideSheet, put_in, typed_in
from ui.shell.desk import Desk
from ui.words import t

_CHANGE = ("signed_on", "how", "taken_by", "conditions", "note")
_WITHDRAW = ("decider", "how", "taken_by", "note")


class ChangeSheet(SideSheet):
    """What one person says about one use; each answer is one press.

    Signals:
        done(decisions): it was recorded, a tuple of `Decision`.
    """

    kind = "change"

    def __init__(self, desk: Desk, found: PupilConsent, use: str, decider: int) -> None:
        super().__init__(use_words(use, channels_of(found)))
        self._desk, self._found, self.use = desk, found, use
        deciders = found.grid.deciders
        titles = decider_titles(deciders)
        self._who = Segments(
            [(d.id, title) for d, title in zip(deciders, titles, strict=True)],
            t("consent.who_decides"),
        )
        self._who.take(deciders[max(decider, 0)].id)
        self._who.chosen.connect(self._tell)
        self._now = Text()
        self._form = Form(_change_fields())
        self._form.set_values({"signed_on": desk.clock.today(), "how": "conversation"})
        self._form.set_values({"taken_by": desk.user.name})
        self._form.changed.connect(self._changed)
        self._buttons = {
            Answer.WITHDRAWN: Danger(t("consent.withdraw")),
            Answer.NO: Plain(t("consent.press_no")),
            Answer.YES: Main(t("consent.press_yes")),
        }
        self._press(Answer.WITHDRAWN, "change_withdraw").clicked.connect(self._withdraw)
        self._press(Answer.NO, "change_no").clicked.connect(self._no)
        self._press(Answer.YES, "change_yes").clicked.connect(self._yes)
        self.set_actions(*self._buttons.values())
        line = Flow()
        line.addWidget(self._who)
        self.add(line, self._now, self._form)
        self._who.setHidden(len(deciders) == 1)
        self.end()
        self._tell()

    @property
    def voice(self) -> DecisionFact | None:
        """What the person said before."""
        place = self._place()
        line = next(line for line in self._found.grid.lines if line.use == self.use)
        return line.voices[place]

    @override
    def typed(self) -> dict[str, object]:
        if not self.touched:
            return {}
        fields = typed_in(self._form, _CHANGE)
        return {**fields, "use": self.use, "decider": self._who.key}

    @override
    def put(self, values: Mapping[str, object]) -> None:
        put_in(self._form, values)
        self._changed("how")

    def _changed(self, key: str) -> None:
        self.touch()
        if key == "how":
            self._form.show_field("taken_by", shown=self._form.text("how") in TOLD_WAYS)

    def _press(self, answer: Answer, name: str) -> Button:
        button = self._buttons[answer]
        button.call_it(name)
        return button

    def _place(self) -> int:
        ids = [decider.id for decider in self._found.grid.deciders]
        return ids.index(self._who.key)

    def _tell(self, _key: str = "") -> None:
        voice, decider = self.voice, self._found.grid.deciders[self._place()]
        words, _ = answer_words(voice, decider)
        if voice is None:
            self._now.setText(t("consent.now_none", who=decider.name))
        else:
            self._now.setText(
                t("consent.now", who=decider.name, answer=words, day=voice.signed_on)
            )
        said_yes = voice is not None and voice.answer is Answer.YES
        self._buttons[Answer.WITHDRAWN].setVisible(said_yes)

    def _withdraw(self) -> None:
        values = self._form.check()
        if values is not None:
            work = partial(
                withdraw_consent,
                subject_id=self._found.card.pupil.id,
                decider_id=self._who.key,
                uses=(self.use,),
                how=str(values["how"]),
                noted=_noted(values),
            )
            self.wait_for(self._buttons[Answer.WITHDRAWN])
            self._desk.ask(work, self._recorded, self)

    def _yes(self) -> None:
        self._say(Answer.YES)

    def _no(self) -> None:
        self._say(Answer.NO)

    def _say(self, answer: Answer) -> None:
        values = self._form.check()
        if values is None:
            return
        conditions = values["conditions"] if isinstance(values["conditions"], tuple) else ()
        kept = conditions if answer is Answer.YES else ()
        draft = DecisionsDraft(
            subject_id=self._found.card.pupil.id,
            decider_id=self._who.key,
            answers=(UseAnswer(self.use, answer, kept),),
            signed_on=_day(values["signed_on"]) or self._desk.clock.today(),
            how=str(values["how"]),
            note=str(values["note"]),
            taken_by=str(values["taken_by"] or ""),
        )
        self.wait_for(self._buttons[answer])
        self._desk.ask(partial(record_decisions, draft=draft), self._recorded, self)

    def _recorded(self, decisions: tuple[Decision, ...]) -> None:
        self.touched = False
        self.done.emit(decisions)


class WithdrawSheet(SideSheet):
    """One person withdraws, for everything or for some uses; no reason is asked.

    Signals:
        done(decisions): it was recorded, a tuple of `Decision`.
    """

    kind = "withdraw"

    def __init__(self, desk: Desk, found: PupilConsent) -> None:
        super().__init__(t("consent.withdraw_title", name=found.card.name))
        self._desk, self._found = desk, found
        self._withdraw = Danger(t("consent.withdraw_from_today"))
        self._withdraw.call_it("withdraw_now")
        self._withdraw.clicked.connect(self._send)
        self.set_actions(self._withdraw)
        options = tuple((one.decider.id, decider_words(one.decider)) for one in found.given)
        self._form = Form(
            (
                Radio(
                    key="decider", label="consent.who_withdraws", options=options, required=True
                ),
                Choice(key="how", label="consent.how", options=way_options(), required=True),
                taken_by(),
                Line(key="note", label="consent.note", help="consent.note_help"),
            )
        )
        self._form.set_values({"how": "conversation", "taken_by": desk.user.name})
        self._form.changed.connect(self._changed)
        self._uses = Form((Several(key="uses", label="consent.withdraw_what"),))
        self.add(Muted(t("consent.withdraw_explain")), self._form, self._uses)
        self.end()
        if len(options) == 1:
            self._form.set_values({"decider": options[0][0]})
        self._offer()

    @override
    def typed(self) -> dict[str, object]:
        if not self.touched:
            return {}
        return {**typed_in(self._form, _WITHDRAW), **typed_in(self._uses, ("uses",))}

    @override
    def put(self, values: Mapping[str, object]) -> None:
        put_in(self._form, values)
        self._changed("how")
        self._offer()
        put_in(self._uses, {"uses": values.get("uses", ())})
        self.touched = True

    def _given(self, decider_id: str) -> tuple[str, ...]:
        """The uses to which somebody said yes."""
        uses = (one.uses for one in self._found.given if one.decider.id == decider_id)
        return next(uses, ())

    def _changed(self, key: str) -> None:
        self.touch()
        if key == "decider":
            self._offer()
        if key == "how":
            self._form.show_field("taken_by", shown=self._form.text("how") in TOLD_WAYS)

    def _offer(self) -> None:
        """Show what the chosen person said yes to, all of it ticked."""
        given = self._given(self._form.text("decider"))
        options = tuple((use, use_words(use, self._found.channels)) for use in given)
        fresh = Form((Several(key="uses", label="consent.withdraw_what", options=options),))
        fresh.set_values({"uses": given})
        fresh.changed.connect(self.touch)
        self.column.replaceWidget(self._uses, fresh)
        fresh.setVisible(bool(given))
        self._uses.hide()
        self._uses.deleteLater()
        self._uses = fresh
        self._withdraw.setEnabled(bool(given))

    def _send(self) -> None:
        values, uses = self._form.check(), self._uses.check()
        if values is None or uses is None:
            return
        chosen = uses["uses"]
        if not chosen or not isinstance(chosen, tuple):
            self.bar.refused(t("consent.nothing_to_withdraw"))
            return
        work = partial(
            withdraw_consent,
            subject_id=self._found.card.pupil.id,
            decider_id=str(values["decider"]),
            uses=chosen,
            how=str(values["how"]),
            noted=_noted(values),
        )
        self.wait_for(self._withdraw)
        self._desk.ask(work, self._recorded, self)

    def _recorded(self, decisions: tuple[Decision, ...]) -> None:
        self.touched = False
        self.done.emit(decisions)


def _change_fields() -> tuple[Day | Choice | Several | Line, ...]:
    return (
        Day(key="signed_on", label="consent.since", required=True),
        Choice(key="how", label="consent.how", options=way_options(), required=True),
        taken_by(),
        Several(key="conditions", label="consent.only_if", options=condition_options()),
        Line(key="note", label="consent.note", help="consent.note_help"),
    )


def _noted(values: Mapping[str, Value]) -> Noted:
    """What was noted, and who took it."""
    return Noted(str(values["note"]), str(values["taken_by"] or ""))


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None
