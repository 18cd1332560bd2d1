"""Who has access: adding, renewing, revoking, and what each role may."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import resources
from app.access import RoleChange
from app.jobs import Progress
from app.journal.leaving import Leaving
from app.override import override
from app.paper import Pdf
from app.ports import Session, UserCard
from app.register.papers import AccessSheet
from ui.kit import ask
from ui.kit.button import Danger, Plain
from ui.kit.card import Card
from ui.kit.form import Line, Several, Value
from ui.kit.label import Muted, Text
from ui.kit.lines import Lines
from ui.kit.preview import Preview
from ui.kit.sided import SideSheet
from ui.settings.persons import PersonsSheet, WhoCard
from ui.settings.roles import NewRolesCard, RolesCard, role_names
from ui.settings.section import SectionView, SettingsSheet
from ui.shell.desk import Desk
from ui.theme import Type, look
from ui.words import t, words


class UsersSection(SectionView):
    """The users with what can be done about each, and the roles."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines = Lines()
        self._users: Sequence[UserCard] = ()
        self._adds = desk.user.adds
        add = Plain(t("settings.add_user"), "plus", fit="small")
        add.call_it("add_user")
        add.clicked.connect(self._add)
        add.setVisible(bool(self._adds))
        card = Card(t("settings.users"), add)
        card.add(self._lines)
        self._new_roles = NewRolesCard(desk)
        self._who = WhoCard(desk)
        self._who.asked.connect(self._ask_who)
        self.add(card, self._who, self._new_roles, self._keys_card(), RolesCard())

    def _keys_card(self) -> Card:
        renew = Plain(t("settings.renew_keys"), "key", fit="small")
        renew.call_it("renew_keys")
        renew.clicked.connect(self._ask_renew)
        card = Card(t("settings.keys"), renew)
        card.add(Muted(t("settings.keys_words")))
        card.setVisible(self.desk.user.root)
        return card

    @override
    def read(self) -> None:
        self.desk.ask(_read, self._show, self)
        self._who.read()
        if self.desk.user.root:
            self.desk.ask(_role_changes, self._new_roles.show_changes, self)

    def _show(self, users: Sequence[UserCard]) -> None:
        self._lines.clear()
        self._users = users
        for user in users:
            parts = self._buttons(user) if self._free(user) else []
            self._lines.add(user.name, _state(user), *parts)
        self.take_up()

    @override
    def edit_again(self, about: str) -> None:
        user = next((user for user in self._users if user.id == about), None)
        if user is not None and self._free(user):
            self._ask_roles(user)
        elif self._adds and not about:
            self._add()

    def _free(self, user: UserCard) -> bool:
        """Whether this user may change what the other one may."""
        other = not user.revoked and user.id != self.desk.user.id
        return other and set(user.roles) <= self._adds

    def _buttons(self, user: UserCard) -> list[Plain | Danger]:
        again = Plain(t("settings.reissue"), fit="small")
        again.setAccessibleName(t("settings.reissue_name", name=user.name))
        again.clicked.connect(partial(self._ask_reissue, user))
        roles = Plain(t("settings.change_roles"), fit="small")
        roles.setAccessibleName(t("settings.change_roles_name", name=user.name))
        roles.clicked.connect(partial(self._ask_roles, user))
        revoke = Danger(t("settings.revoke"), fit="small")
        revoke.setAccessibleName(t("settings.revoke_name", name=user.name))
        revoke.clicked.connect(partial(self._ask_revoke, user))
        return [roles, again, revoke]

    def _ask_who(self, user: UserCard) -> None:
        sheet = PersonsSheet(self.desk, user)
        sheet.recorded.connect(self._who.read)
        self.open_sheet(sheet)

    def _add(self) -> None:
        sheet = UserSheet(self.desk, self._adds)
        sheet.done.connect(self._code_given)
        self.open_sheet(sheet)

    def _ask_reissue(self, user: UserCard, _on: object = None) -> None:
        ask.confirm(
            self,
            t("settings.reissue_title", name=user.name),
            t("settings.reissue_words"),
            t("settings.reissue"),
            partial(self._reissue, user),
        )

    def _reissue(self, user: UserCard) -> None:
        work = partial(_reissue, self.desk, user)
        self.desk.ask(work, self._code_given, self)

    def _ask_roles(self, user: UserCard, _on: object = None) -> None:
        sheet = RolesSheet(self.desk, user, self._adds)
        sheet.done.connect(partial(self._change_roles, user))
        self.open_sheet(sheet)

    def _change_roles(self, user: UserCard, roles: tuple[str, ...]) -> None:
        work = partial(_change_roles, user, roles)
        self.desk.ask_long(work, self._changed_roles, self, t("settings.changing_roles"))

    def _changed_roles(self, user: UserCard) -> None:
        self.shut_sheet()
        self.read()
        names = role_names(user.roles)
        self.done(t("settings.roles_changed", name=user.name, roles=names))

    def _ask_renew(self) -> None:
        ask.confirm(
            self,
            t("settings.renew_keys"),
            t("settings.renew_keys_words"),
            t("settings.renew_keys"),
            self._renew,
        )

    def _renew(self) -> None:
        self.desk.ask_long(_renew, self._renewed, self, t("settings.renewing_keys"))

    def _renewed(self, _nothing: None) -> None:
        self.done(t("settings.keys_renewed"))

    def _ask_revoke(self, user: UserCard, _on: object = None) -> None:
        ask.confirm(
            self,
            t("settings.revoke_title", name=user.name),
            t("settings.revoke_words"),
            t("settings.revoke"),
            partial(self._revoke, user),
            danger=True,
        )

    def _revoke(self, user: UserCard) -> None:
        work = partial(_revoke, user.id)
        self.desk.ask_long(work, self._revoked, self, t("settings.revoking"))

    def _revoked(self, _nothing: None) -> None:
        self.read()
        self.done(t("settings.was_revoked"))

    def _code_given(self, given: "Given") -> None:
        self.read()
        self.open_sheet(CodeSheet(self.desk, given))


class Given:
    """A one-time code that was just made, for a user by id and name, with its sheet."""

    def __init__(self, user: str, name: str, code: str, sheet: Pdf) -> None:
        self.user, self.name, self.code, self.sheet = user, name, code, sheet


class RolesSheet(SettingsSheet):
    """Asks which roles a user has from now on.

    Signals:
        done(roles): these were chosen.
    """

    def __init__(self, desk: Desk, user: UserCard, adds: frozenset[str]) -> None:
        title, verb = t("settings.roles_of", name=user.name), t("settings.change_roles")
        super().__init__(desk, title, user.id, verb)
        self.add(Muted(t("settings.roles_words")))
        self.lay_out((_roles_field(adds),))
        self.form.set_values({"roles": user.roles})
        self.end()

    @override
    def send(self, values: dict[str, Value]) -> None:
        self.done.emit(values["roles"])


class UserSheet(SettingsSheet):
    """Adds a user.

    Signals:
        done(given): the user was added; his code is in it (`Given`).
    """

    def __init__(self, desk: Desk, adds: frozenset[str]) -> None:
        super().__init__(desk, t("settings.add_user"), verb=t("settings.give_access"))
        self.add(Muted(t("settings.add_user_words")))
        name = Line(
            key="name", label="shell.name", required=True, help="settings.user_name_help"
        )
        self.lay_out((name, _roles_field(adds)))
        self.end()

    @override
    def send(self, values: dict[str, Value]) -> None:
        roles = values["roles"]
        chosen = roles if isinstance(roles, tuple) else ()
        self.ask(partial(_add, self.desk, str(values["name"]), chosen))


class CodeSheet(SideSheet):
    """Shows a one-time code, once, with the sheet to print."""

    wide = 480

    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(t("settings.code_for", name=given.name))
        self._desk, self._given = desk, given
        self._preview = Preview()
        self._preview.setMinimumHeight(look().px(360))
        self._preview.show_document(given.sheet.content, t("settings.access_file"))
        self._preview.save_chosen.connect(self._save)
        self._preview.print_chosen.connect(self._print)
        code = Text(given.code, Type.TOUCH_STRONG, selectable=True)
        self.add(Text(t("settings.code_words")), code, self._preview)

    def _save(self, path: Path) -> None:
        content, leaving = self._given.sheet.content, self._leaving("access_sheet_saved")
        self._desk.save_document(path, content, leaving, self._saved, self)

    def _print(self) -> None:
        self._desk.let_out(self._leaving("access_sheet_printed"), self._preview.print_now, self)

    def _leaving(self, act: str) -> Leaving:
        return Leaving(act, self._given.user)

    def _saved(self, _nothing: None) -> None:
        self.bar.notice(t("settings.access_saved"))


def _roles_field(adds: frozenset[str]) -> Several:
    language = words().language
    rows = [row for row in resources.roles() if row["key"] in adds]
    options = tuple((row["key"], row["name"][language]) for row in rows)
    return Several(key="roles", label="settings.roles", required=True, options=options)


def _state(user: UserCard) -> str:
    parts = [role_names(user.roles)]
    if user.revoked:
        parts.append(t("settings.user_revoked"))
    elif user.pending:
        parts.append(t("settings.user_pending"))
    return " · ".join(parts)


def _read(session: Session) -> Sequence[UserCard]:
    return sorted(session.users(), key=_rank)


def _role_changes(session: Session) -> Sequence[RoleChange]:
    return session.role_changes()


def _rank(user: UserCard) -> tuple[bool, str]:
    return user.revoked, user.name


def _add(desk: Desk, name: str, roles: tuple[str, ...], session: Session) -> Given:
    before = {user.id for user in session.users()}
    code = session.add_user(name, roles)
    added = next(user for user in session.users() if user.id not in before)
    return _given(desk, added, code)


def _reissue(desk: Desk, user: UserCard, session: Session) -> Given:
    return _given(desk, user, session.reissue(user.id))


def _change_roles(
    user: UserCard, roles: tuple[str, ...], session: Session, progress: Progress
) -> UserCard:
    session.change_roles(user.id, roles, progress)
    return next(found for found in session.users() if found.id == user.id)


def _renew(session: Session, progress: Progress) -> None:
    session.renew_keys(progress)


def _revoke(user_id: str, session: Session, progress: Progress) -> None:
    session.revoke_user(user_id, progress)


def _given(desk: Desk, user: UserCard, code: str) -> Given:
    paper = AccessSheet(
        language=desk.language,
        school=desk.register.school,
        user=user.name,
        roles=role_names(user.roles),
        code=code,
        made_on=desk.words.long_day(desk.clock.today()),
    )
    return Given(user.id, user.name, code, desk.press.draw(paper))
