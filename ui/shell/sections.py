"""The list of all sections of the settings, and who sees them. The same idea as the pages."""

from dataclasses import dataclass
from importlib import import_module
from typing import cast

from PySide6.QtWidgets import QWidget

from app.ports import UserCard
from ui.shell.desk import Desk
from ui.shell.pages import CONSENT


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the settings.

    Attributes:
        id: its name, as in `desk.goto("settings", section="users")`.
        title: text id; icon: name of a picture.
        place: module and class, "ui.settings.users:UsersSection"; takes the desk.
        needs: grants of which the user must hold one; empty for everybody.
    """

    id: str
    title: str
    icon: str
    place: str
    needs: tuple[str, ...] = ()

    def open_to(self, user: UserCard) -> bool:
        """Whether this user sees it."""
        return not self.needs or any(user.may(grant) for grant in self.needs)

    def make(self, desk: Desk) -> QWidget:
        """The section itself; imports it when nobody was here before."""
        module, _, name = self.place.partition(":")
        return cast("QWidget", getattr(import_module(module), name)(desk))


_WRITE = ("consent.write",)
_ROWS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("settings.appearance", "eye", "AppearanceSection", ()),
    ("settings.account", "key", "AccountSection", ()),
    ("settings.school", "book", "SchoolSection", _WRITE),
    ("settings.sites", "anchor", "SitesSection", _WRITE),
    ("settings.groups", "group", "GroupsSection", _WRITE),
    ("settings.channels", "consent", "ChannelsSection", _WRITE),
    ("settings.mappings", "list", "MappingsSection", _WRITE),
    ("settings.mandates", "edit", "MandatesSection", ("staff_dossier.write",)),
    ("settings.users", "person", "UsersSection", CONSENT),
    ("settings.about", "info", "AboutSection", ()),
)
SECTIONS: tuple[Section, ...] = tuple(
    Section(title.partition(".")[2], title, icon, f"ui.{title}:{kind}", needs)
    for title, icon, kind, needs in _ROWS
)


def sections_of(user: UserCard) -> tuple[Section, ...]:
    """The sections that a user sees, in order."""
    return tuple(section for section in SECTIONS if section.open_to(user))
