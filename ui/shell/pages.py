"""The list of all pages: where each stands, and who gets it in his navigation.

A page is imported when it is first visited, so that the window opens at once. A page's class
takes the desk: `PupilsPage(desk)`. When somebody goes to it with something to show, its
`arrive(what)` is called, with the values that were given to `Desk.goto`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast, runtime_checkable

from app.ports import UserCard
from ui.kit.page import Page
from ui.shell.desk import Desk


@runtime_checkable
class Arrives(Protocol):
    """A page that is about one thing at a time."""

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show the thing that the page was opened with."""
        ...


@runtime_checkable
class Stays(Protocol):
    """A page that knows what it shows now, so that the way back leads to the same."""

    def what(self) -> dict[str, str]:
        """The values with which it can be opened again."""
        ...


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page.

    Attributes:
        id: its name in `Desk.goto` and in the navigation ("nav_people").
        title: text id of its name.
        icon: name of a picture in resources/icons.
        place: module and class, "ui.people.list:PupilsPage".
        needs: grants of which the user must hold one; empty for everybody.
        listed: whether it stands in the navigation.
        full: fills the whole window, without navigation.
        under: the page in the navigation to which this one belongs.
        key: leads here from anywhere, for a page in the navigation; "" for none.
    """

    id: str
    title: str
    icon: str
    place: str
    needs: tuple[str, ...] = ()
    listed: bool = True
    full: bool = False
    under: str = ""
    key: str = ""

    def open_to(self, user: UserCard) -> bool:
        """Whether this user may come here."""
        return not self.needs or any(user.may(grant) for grant in self.needs)

    def make(self, desk: Desk) -> Page:
        """The page itself; imports it when nobody was here before."""
        module, _, name = self.place.partition(":")
        kind = getattr(import_module(module), name)
        return cast("Page", kind(desk))


CONSENT = ("consent.read",)
DOSSIERS = ("pupil_dossier.read", "staff_dossier.read")

PAGES: tuple[PageSpec, ...] = (
    PageSpec("today", "shell.today", "today", "ui.today.page:TodayPage"),
    PageSpec("check", "shell.check", "check", "ui.check.page:CheckPage", full=True),
    PageSpec("compose", "shell.compose", "camera", "ui.check.compose:ComposePage", full=True),
    PageSpec("people", "shell.people", "person", "ui.people.list:PupilsPage", CONSENT),
    PageSpec(
        "pupil", "shell.pupil", "person", "ui.people.pupil:PupilPage", CONSENT,
        listed=False, under="people",
    ),
    PageSpec(
        "roster", "shell.roster", "form", "ui.roster.page:RosterPage", ("consent.write",),
        listed=False, under="people",
    ),
    PageSpec(
        "year", "shell.year", "calendar", "ui.people.year:YearPage", ("consent.write",),
        listed=False, under="people",
    ),
    PageSpec(
        "guardian", "shell.guardian", "group", "ui.people.guardian:GuardianPage", CONSENT,
        listed=False, under="people",
    ),
    PageSpec(
        "staff", "shell.staff_member", "person", "ui.people.staff:StaffPage", CONSENT,
        listed=False, under="people",
    ),
    PageSpec(
        "leave", "shell.leave", "calendar", "ui.leave.page:LeavePage", CONSENT,
        listed=False, under="people",
    ),
    PageSpec(
        "history", "shell.history", "journal", "ui.consent.history:HistoryPage", CONSENT,
        listed=False, under="people",
    ),
    PageSpec("consent", "shell.consent", "consent", "ui.consent.page:ConsentPage", CONSENT),
    PageSpec(
        "enter_forms", "shell.enter_forms", "form", "ui.consent.entering:EnterFormsPage",
        ("consent.write",), listed=False, under="consent",
    ),
    PageSpec(
        "enter_group", "shell.enter_group", "group", "ui.consent.groupentry:EnterGroupPage",
        ("consent.write",), listed=False, under="consent",
    ),
    PageSpec(
        "group_then", "shell.group_then", "clock", "ui.consent.groupthen:GroupThenPage",
        CONSENT, listed=False, under="consent",
    ),
    PageSpec("asking", "shell.asking", "clock", "ui.asking.page:AskingPage", CONSENT),
    PageSpec(
        "asking_forms", "shell.asking_forms", "form", "ui.asking.forms:AskingFormsPage",
        ("consent.write",), listed=False, under="asking",
    ),
    PageSpec("forms", "shell.forms", "form", "ui.forms.page:FormsPage", CONSENT),
    PageSpec(
        "versions", "shell.versions", "form", "ui.forms.versions:VersionsPage", CONSENT,
        listed=False, under="forms",
    ),
    PageSpec(
        "one_offs", "shell.one_offs", "calendar", "ui.forms.one_offs:OneOffsPage", CONSENT,
        listed=False, under="forms",
    ),
    PageSpec(
        "wording", "shell.wording", "form", "ui.forms.signed:WordingPage", CONSENT,
        listed=False, under="people",
    ),
    PageSpec("lists", "shell.lists", "print", "ui.lists.page:ListsPage", CONSENT),
    PageSpec(
        "list", "shell.list", "print", "ui.lists.make:MakeListPage",
        CONSENT, listed=False, under="lists",
    ),
    PageSpec(
        "paper", "shell.list", "print", "ui.lists.make:MakeListPage",
        ("consent.write", "consent.seal"), listed=False, under="compose",
    ),
    PageSpec(
        "publications", "shell.publications", "picture",
        "ui.publications.page:PublicationsPage", CONSENT,
    ),
    PageSpec(
        "publish", "shell.publish", "picture", "ui.publications.publish:PublishPage",
        ("consent.write", "consent.seal"), listed=False, under="compose",
    ),
    PageSpec(
        "figures", "shell.figures", "tiles", "ui.figures.page:FiguresPage", CONSENT,
        listed=False, under="consent",
    ),
    PageSpec("breach", "shell.breach", "report", "ui.breach.report:ReportPage", key="F8"),
    PageSpec("reports", "shell.reports", "list", "ui.breach.mine:MyReportsPage"),
    PageSpec("inbox", "shell.inbox", "inbox", "ui.breach.inbox:InboxPage", DOSSIERS),
    PageSpec("dossiers", "shell.dossiers", "folder", "ui.dossier.list:DossiersPage", DOSSIERS),
    PageSpec(
        "dossier", "shell.dossier", "folder", "ui.dossier.page:DossierPage", DOSSIERS,
        listed=False, under="dossiers",
    ),
    PageSpec(
        "post", "shell.post", "inbox", "ui.dossier.post:PostPage", DOSSIERS,
        listed=False, under="dossiers",
    ),
    PageSpec(
        "readers", "shell.readers", "list", "ui.dossier.readers:ReadersPage", DOSSIERS,
        listed=False, under="dossiers",
    ),
    PageSpec(
        "compile", "shell.compile", "copy", "ui.compile.page:CompilePage", DOSSIERS,
        listed=False, under="dossiers",
    ),
    PageSpec("cases", "shell.cases", "case", "ui.dossier.cases:CasesPage", DOSSIERS),
    PageSpec(
        "case", "shell.case", "case", "ui.dossier.case:CasePage", DOSSIERS,
        listed=False, under="cases",
    ),
    PageSpec(
        "terms", "shell.terms", "book", "ui.dossier.terms:TermsPage", DOSSIERS,
        listed=False, under="cases",
    ),
    PageSpec(
        "letters", "shell.letters", "letter", "ui.letters.list:LettersPage", DOSSIERS + CONSENT
    ),
    PageSpec(
        "office_letter", "shell.letter", "letter", "ui.letters.office:OfficeLetterPage",
        CONSENT, listed=False, under="letters",
    ),
    PageSpec(
        "letter", "shell.letter", "letter", "ui.letters.page:LetterPage", DOSSIERS,
        listed=False, under="letters",
    ),
    PageSpec(
        "letter_texts", "shell.letter_texts", "letter", "ui.letters.texts:LetterTextsPage",
        ("staff_dossier.write",), listed=False, under="letters",
    ),
    PageSpec(
        "receipt", "shell.receipt", "person", "ui.receipts.page:ReceiptPage", CONSENT,
        listed=False, under="people",
    ),
    PageSpec("protocol", "shell.protocol", "book", "ui.protocol.page:ProtocolPage"),
    PageSpec(
        "protocol_edit", "shell.protocol_edit", "book", "ui.protocol.edit:ProtocolEditPage",
        ("staff_dossier.write",), listed=False, under="protocol",
    ),
    PageSpec("journal", "shell.journal", "journal", "ui.journal.page:JournalPage", CONSENT),
    PageSpec("settings", "shell.settings", "gear", "ui.settings.page:SettingsPage"),
    PageSpec("help", "shell.help", "help", "ui.help.page:HelpPage", listed=False),
)  # fmt: skip

_DEEDS = (
    *("enter_forms", "enter_group", "figures", "group_then"),
    *("post", "roster", "terms", "year"),
)
_Sections = tuple[tuple[str, ...], ...]
_ASK = ("consent", "asking", "forms", "lists", "publications")
_LOOK = ("check", "compose")
_TEACHER: _Sections = (_LOOK, ("breach", "reports"), ("protocol", "settings"))
_ADMINISTRATOR: _Sections = (
    ("today", "people"),
    (*_ASK, "letters"),
    _LOOK,
    ("breach", "reports"),
    ("protocol", "settings"),
)
_DIRECTOR: _Sections = (
    ("today", "people"),
    _ASK,
    _LOOK,
    ("breach", "inbox", "dossiers", "cases", "letters"),
    ("protocol", "journal", "settings"),
)


def page(page_id: str) -> PageSpec:
    """The page with this id.

    Raises:
        KeyError: when there is none.
    """
    return _BY_ID[page_id]


def sections_of(user: UserCard) -> tuple[tuple[PageSpec, ...], ...]:
    """The pages in a user's navigation, in their order and by what belongs together."""
    if any(user.may(grant) for grant in DOSSIERS):
        order = _DIRECTOR
    else:
        order = _ADMINISTRATOR if user.may("consent.read") else _TEACHER
    open_ones = (
        tuple(_BY_ID[each] for each in section if _BY_ID[each].open_to(user))
        for section in order
    )
    return tuple(section for section in open_ones if section)


def pages_of(user: UserCard) -> tuple[PageSpec, ...]:
    """The pages in a user's navigation, in their order; the first is where he starts."""
    return tuple(spec for section in sections_of(user) for spec in section)


def deeds_of(user: UserCard) -> tuple[PageSpec, ...]:
    """Pages outside the navigation that are about no one thing, for the search to find."""
    return tuple(_BY_ID[each] for each in _DEEDS if _BY_ID[each].open_to(user))


_BY_ID = {spec.id: spec for spec in PAGES}
