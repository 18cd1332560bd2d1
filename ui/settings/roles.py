"""What every role may, and a newer table of roles that a director can let count here."""

from collections.abc import Sequence

import resources
from app.access import RoleChange
from app.jobs import Progress
from app.ports import Session
from ui.kit import ask
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.label import Muted, Strong
from ui.kit.lines import Facts, Lines
from ui.shell.desk import Desk
from ui.words import t, words


class RolesCard(Card):
    """The roles of the program with what each may."""

    def __init__(self) -> None:
        super().__init__(t("settings.roles"))
        language = words().language
        for row in resources.roles():
            self.add(Strong(row["name"][language]), Muted(row["explain"][language]))
            rights = [
                (t(f"journal.compartment_{part}"), ", ".join(_named(grant) for grant in grants))
                for part, grants in row["grants"].items()
            ]
            self.add(Facts(rights))


class NewRolesCard(Card):
    """What a newer table of roles would change; hidden when there is nothing to decide."""

    def __init__(self, desk: Desk) -> None:
        self._take = Plain(t("settings.take_roles"), fit="small")
        self._take.call_it("take_roles")
        super().__init__(t("settings.new_roles"), self._take)
        self._desk, self._lines = desk, Lines()
        self._take.clicked.connect(self._ask)
        self.add(Muted(t("settings.new_roles_words")), self._lines)
        self.hide()

    def show_changes(self, changes: Sequence[RoleChange]) -> None:
        """Show what would change, to whom may decide about it."""
        self._lines.clear()
        for change in changes:
            self._lines.add(role_names((change.key,)), _what_changes(change))
        self.setVisible(bool(changes) and self._desk.user.root)

    def _ask(self) -> None:
        ask.confirm(
            self,
            t("settings.take_roles"),
            t("settings.take_roles_words"),
            t("settings.take_roles"),
            self._go,
        )

    def _go(self) -> None:
        self._desk.ask_long(_take, self._taken, self, t("settings.taking_roles"))

    def _taken(self, _nothing: None) -> None:
        self.show_changes(())


def role_names(keys: Sequence[str]) -> str:
    """Names of roles, as the reader knows them."""
    names = {row["key"]: row["name"][words().language] for row in resources.roles()}
    return ", ".join(names.get(key, key) for key in keys)


def _what_changes(change: RoleChange) -> str:
    parts = [t("settings.role_is_new")] if change.is_new else []
    if change.gained:
        parts.append(t("settings.role_gains", rights=_rights(change.gained)))
    if change.lost:
        parts.append(t("settings.role_loses", rights=_rights(change.lost)))
    return " · ".join(parts) or t("settings.role_differs")


def _rights(grants: Sequence[str]) -> str:
    pairs = [grant.split(".") for grant in grants]
    return ", ".join(f"{t(f'journal.compartment_{part}')}: {_named(do)}" for part, do in pairs)


def _named(grant: str) -> str:
    return t(f"settings.grant_{grant}")


def _take(session: Session, progress: Progress) -> None:
    session.take_roles(progress)
