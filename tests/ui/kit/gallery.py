"""Every piece of the kit on a few boards, to look at and to walk through.

As a script it saves a picture of each board in every palette at 100 and 200 per cent:
`python -m tests.ui.kit.gallery FOLDER`. All names are invented.
"""

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, Qt
from PySide6.QtGui import QFont, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.kit.invented import ASK, BACK, COLUMNS, LONG, NO, V_ASK, V_NO, V_YES, YES, rows
from ui.frame import Frame, Hit, Identity, NavItem
from ui.kit import ask
from ui.kit.badge import Badge, Count, VerdictBadge, VerdictTile
from ui.kit.button import Danger, Link, Main, Plain, Quiet
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.empty import EmptyState
from ui.kit.flow import Columns, Flow, Stack
from ui.kit.form import (
    Check,
    Choice,
    Day,
    Field,
    Form,
    Line,
    Notes,
    Radio,
    Secret,
    Several,
)
from ui.kit.grid import ConsentGrid, GridLine, GridTitles
from ui.kit.label import Elided, Heading, Muted, Small, Strong, Text, Title
from ui.kit.lines import Facts, Lines
from ui.kit.mark import Mark
from ui.kit.page import Page
from ui.kit.preview import Preview
from ui.kit.sided import SidedPage, SideSheet
from ui.kit.stat import Stat
from ui.kit.table import MemorySource, Table
from ui.kit.tiles import LetterBar, Tile, TileGrid
from ui.kit.timeline import Step, Timeline, When
from ui.kit.wizard import FormStep, Wizard, WizardStep
from ui.theme import Theme, apply_theme


def controls() -> QWidget:
    """Words, buttons, badges and choices."""
    page = Page("Bedieningen", "alle knoppen, labels en merken")
    page.set_actions(Plain("Toestemming op datum…"), Plain("Formulier"), Main("Vastleggen"))
    buttons = Flow()
    for button in (
        Main("Vastleggen", "check"),
        Plain("Afdrukken", "print"),
        Quiet("Wijzigen", "edit"),
        Danger("Wissen", "trash"),
        Link("Geschiedenis"),
        Plain("Klein", fit="small"),
        Plain("Groot", fit="touch"),
        Plain(icon="help", tip="Help"),
        Quiet(icon="close", fit="small", tip="Sluiten"),
    ):
        buttons.addWidget(button)
    off = Main("Niet nu")
    off.setEnabled(False)
    buttons.addWidget(off)
    card = Card("Knoppen", Plain("Wijzig", fit="small"))
    card.add(buttons)
    marks = Flow()
    for words, mark in (V_YES, V_NO, V_ASK):
        marks.addWidget(VerdictBadge(words, mark))
    for part in (Badge("Personeelsdossier"), Count(18), Count(1284)):
        marks.addWidget(part)
    marks.addWidget(Segments([("p", "Foto"), ("f", "Film"), ("a", "Geluid")], "Soort opname"))
    badges = Card("Uitkomsten")
    badges.add(marks)
    told = Card("Woorden")
    told.add(Title("Titel van een bladzijde"), Heading("Kop van een kaart"))
    told.add(Strong("Met nadruk"), Text("Gewone tekst <b>blijft</b> tekst"))
    told.add(Muted("Uitleg bij het vorige"), Small("Klein en grijs"), Elided(LONG))
    facts = Card("Feiten")
    facts.add(
        Facts([("Geboren", "4 mei 2021"), ("Nummer", "2041"), ("Schip", "ms Volharding")])
    )
    page.add(card, badges, Columns(told, facts, weights=(2, 1)))
    page.bar.done("Besluit van Marijke van der Wal is vastgelegd.", _nothing)
    return page


def messages() -> QWidget:
    """The message bar in its three kinds, an empty state and a card that is too long."""
    page = Page(LONG, "groep Zeester · Dordrecht · geb. 4 mei 2021 · nr. 2041")
    page.set_actions(Plain("Toestemming op datum…"), Plain("Formulier"), Main("Vastleggen"))
    page.bar.trouble(
        "De back-up is niet gelukt: de stick is vol. Maak ruimte of neem een andere stick.",
        _nothing,
    )
    card = Card("Publicaties")
    card.add(
        EmptyState(
            "picture",
            "Nog geen publicaties",
            "Hier staat welke opname waar is gebruikt, en wie erop staat.",
            Main("Gebruik vastleggen"),
            Link("Voorbeeldschool bekijken"),
        )
    )
    page.add(card)
    return page


FIELDS: tuple[Field, ...] = (
    Line(key="first", label="Roepnaam", required=True),
    Line(key="last", label="Achternaam", required=True),
    Day(key="born", label="Geboortedatum", required=True),
    Choice(key="kind", label="Gezag", options=(("both", "ouders samen"), ("one", "één ouder"))),
    Radio(key="way", label="Hoe ontvangen", options=(("paper", "papier"), ("talk", "gesprek"))),
    Several(
        key="if",
        label="Voorwaarden",
        options=(("name", "geen naam"), ("group", "alleen groep")),
    ),
    Secret(key="secret", label="Wachtzin", help="Ten minste vijf woorden."),
    Check(key="post", label="Ontvangt post van school"),
    Notes(key="note", label="Opmerking", wide=True),
)


def form() -> QWidget:
    """A form with a field that is wrong."""
    page = Page("Leerling toevoegen")
    page.set_actions(Plain("Annuleren"), Main("Toevoegen"))
    made = Form(FIELDS, columns=2)
    made.set_values({"first": "Zoë", "born": date(2021, 5, 4), "way": "talk", "if": ("name",)})
    made.set_values({"post": True, "note": "Komt op dinsdag later."})
    card = Card("Gegevens")
    card.add(made)
    page.add(card)
    made.check()
    return page


def table() -> QWidget:
    """A list that fills its page."""
    page = Page("Leerlingen", "312 leerlingen in 14 groepen", fill=True)
    page.set_actions(Plain("Lijst afdrukken"), Main("Leerling toevoegen"))
    source = MemorySource(rows(312))
    made = Table(COLUMNS, source, name="Leerlingen")
    made.reload()
    made.choose(f"{2:032x}")
    card = Card(fill=True)
    card.add(made)
    page.add(card)
    return page


def pupil() -> QWidget:
    """A pupil in the office."""
    page = Page("Zoë van der Wal", "groep Zeester · Dordrecht · geb. 4 mei 2021 · nr. 2041")
    page.set_actions(Plain("Toestemming op datum…"), Plain("Formulier"), Main("Vastleggen"))
    page.offer_back("Leerlingen")
    parents = Lines(shares=(2, 3))
    parents.add("Marijke van der Wal", "moeder · gezag · gezien 2 sep 2025 · ms Volharding")
    parents.add("P. Kowalczyk", "vader · gezag · gezien 2 sep 2025 · Dordrecht")
    card = Card("Ouders en gezag")
    card.add(parents)
    notice = Card("Let op")
    notice.add(Muted("Eén publicatie moet van de website."), Plain("Bekijk taak"))
    media = Segments([("p", "Foto"), ("f", "Film"), ("a", "Geluid")], "Soort opname")
    consent = Card("Toestemming", media)
    grid = ConsentGrid()
    grid.show_grid(
        GridTitles("Gebruik", ("Moeder", "Vader"), "Uitkomst", "Waarom"),
        (
            GridLine("a", "Oudergedeelte", (YES, YES), V_YES, "beide, 12 sep"),
            GridLine("b", "WhatsApp-groep", (YES, NO), V_NO, "vader zei nee op 12 sep"),
            GridLine("c", "Nieuwsbrief", (YES, ASK), V_ASK, "vader nog niet"),
            GridLine("d", "Schoolgids", (YES, YES), ("JA, mits", Mark.YES), "geen naam erbij"),
            GridLine("e", "Website", (BACK, YES), V_NO, "moeder trok in op 3 nov"),
            GridLine("f", "Facebook", (BACK, ASK), V_NO, "moeder trok in op 3 nov"),
        ),
    )
    consent.add(grid)
    below = Flow()
    below.addWidget(Muted("Formulierversie 3 (1 sep 2026) · bewijs: scan 12 sep, brief 3 nov"))
    below.addWidget(Link("Geschiedenis"))
    consent.add(below)
    page.add(Columns(card, notice, weights=(7, 3)), consent)
    return page


def case() -> QWidget:
    """A director's case."""
    page = Page("Zaak 2026-014", "Artikel B1, C3 · protocol 2023-2027")
    page.add_badge(Badge("Personeelsdossier"))
    page.set_actions(Plain("Dossier samenstellen"), Main("Reactie vastleggen"))
    course = Card("Verloop")
    course.add(
        Timeline(
            (
                Step("Melding ingediend", "ma 9 nov · door leerkracht (verzegeld)"),
                Step("In personeelsdossier geplaatst", "di 10 nov"),
                Step("Gesprek gevoerd", "do 12 nov · verslag getekend"),
                Step("Voornemen tot berisping", "vr 13 nov · aangetekend verzonden"),
                Step("Zienswijze", "uiterlijk vr 4 dec · nog 12 dagen", When.NOW),
                Step("Besluit", "mogelijk vanaf 5 dec", When.LATER),
                Step("Beroepstermijn", "6 weken", When.LATER),
            )
        )
    )
    course.add(Muted("Procedure: schriftelijke berisping (nagekeken 14 okt 2026)"))
    duties = Card("Plichten")
    lines = Lines(shares=(2, 4))
    lines.add("Vertrouwensinspecteur", "niet van toepassing", mark=Mark.YES)
    lines.add("Datalek?", "foto met naam geplaatst · nog 31 uur", mark=Mark.ASK)
    duties.add(lines)
    letter = Card("Brief: voornemen tot berisping", VerdictBadge("uitgegeven", Mark.YES))
    checks = Lines(shares=(1, 0))
    for words in ("Feit, datum en plaats", "Artikel bekend aan betrokkene (30 mei 2024)"):
        checks.add(words, mark=Mark.YES)
    letter.add(checks)
    page.add(Columns(course, Stack(duties, letter), weights=(4, 7)))
    return page


def today() -> QWidget:
    """The start of the day."""
    page = Page("Goedemiddag, Anna", "zondag 22 november 2026")
    stats = Columns(
        Stat("294 van 312", "ouders antwoordden"),
        Stat("18", "nog niets gehoord"),
        Stat("6", "formulieren na te kijken"),
        Stat("2", "publicaties weg te halen"),
    )
    todo = Card("Te doen")
    lines = Lines()
    for words, muted, verb, mark in (
        (
            "Foto van Zoë van der Wal van de website halen",
            "uiterlijk di 24 nov",
            "Open",
            Mark.NO,
        ),
        ("6 ingescande formulieren nakijken", "2 met twijfel", "Nakijken", Mark.ASK),
        (
            "18 gezinnen nog niet geantwoord",
            "eerste ronde 1 sep",
            "Herinnering maken",
            Mark.ASK,
        ),
        ("Back-up van gisteren geverifieerd", "op stick WIT-2", "", Mark.YES),
    ):
        buttons = [Plain(verb, fit="small")] if verb else []
        lines.add(words, muted, *buttons, mark=mark)
    todo.add(lines)
    page.add(stats, todo)
    return page


def check() -> QWidget:
    """One child on the check screen."""
    page = Page("Zoë van der Wal", "groep Zeester · Dordrecht")
    page.head.large()
    page.set_actions(
        Segments([("p", "Foto"), ("f", "Film"), ("a", "Geluid")], "Soort opname", fit="touch")
    )
    left = ("Besloten oudergedeelte", "JA", "beide ouders, 12 sep 2026", Mark.YES)
    pairs = (
        (left, ("Schoolgids", "JA, mits", "geen naam erbij", Mark.YES)),
        (
            ("Website (openbaar)", "NEE", "moeder trok in op 3 nov 2026", Mark.NO),
            ("Facebook", "NEE", "moeder trok in op 3 nov 2026", Mark.NO),
        ),
        (
            ("Nieuwsbrief", "VRAAG NA", "1 van 2 antwoordde", Mark.ASK),
            ("In de klas", "NIET NODIG", "gebruik in de les", Mark.YES),
        ),
    )
    for one, other in pairs:
        page.add(Columns(VerdictTile(*one), VerdictTile(*other)))
    return page


def composer() -> QWidget:
    """Who may be in the picture, in tiles."""
    page = Page("Wie mag op de foto?")
    page.add_badge(VerdictBadge("2 uit beeld", Mark.NO))
    page.add_badge(VerdictBadge("2 eerst navragen", Mark.ASK))
    page.set_actions(
        Plain("Groep Zeester", fit="touch"), Main("Gebruik vastleggen", fit="touch")
    )
    letters = LetterBar()
    letters.offer("ABDEFJKLMNOSTVZ")
    tiles = TileGrid(widest=400)
    people = (
        ("Zoë van der Wal", "uit beeld", Mark.NO),
        ("Bram Jansen", "mag erop", Mark.YES),
        ("Lotte de Vries", "mag erop", Mark.YES),
        ("Oleksandr Kowalczyk", "eerst navragen", Mark.ASK),
        ("Fenna Visser", "mag erop", Mark.YES),
        (LONG, "mag erop", Mark.YES),
        ("Groep Walvis", "24 leerlingen", Mark.NONE),
    )
    tiles.show_tiles(
        [Tile(str(i), name, what, mark, i == 6) for i, (name, what, mark) in enumerate(people)]
    )
    page.add(letters, tiles)
    return page


def wizard() -> QWidget:
    """A step of the first start."""
    steps = (
        WizardStep("school", "Welke school is dit?", school_step),
        WizardStep("end", "Klaar", school_step),
    )
    return Wizard(steps)


def school_step() -> FormStep:
    """A step with a form."""
    made = Form(
        (
            Line(key="school", label="Naam van de school", required=True),
            Secret(key="secret", label="Wachtzin", help="Ten minste vijf woorden."),
        )
    )
    return FormStep(made, "De naam staat straks boven elke brief.")


def sheet() -> QWidget:
    """A side sheet beside a page."""
    page = SidedPage("Zoë van der Wal", "groep Zeester")
    page.set_actions(Main("Vastleggen"))
    panel = SideSheet("Besluit vastleggen")
    panel.add(Form(FIELDS[4:6]), Muted("Het besluit geldt vanaf de dag van ondertekening."))
    panel.end()
    panel.set_actions(Plain("Annuleren"), Main("Vastleggen"))
    card = Card("Besluiten")
    card.add(Muted("Nog geen besluiten."))
    page.add(card)
    page.open_sheet(panel)
    return page


def preview() -> QWidget:
    """A document before it is printed."""
    page = Page("Brief: voornemen tot berisping", fill=True)
    shown = Preview()
    shown.show_document(document(3), "brief-2026-031.pdf")
    card = Card(fill=True)
    card.add(shown)
    page.add(card)
    return page


def document(pages: int) -> bytes:
    """A PDF with a few words on every page."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    painter.setFont(QFont("Noto Sans", 14))
    for number in range(1, pages + 1):
        painter.drawText(1000, 1000, f"Aan K. Verbeek, bladzijde {number}")
        if number < pages:
            writer.newPage()
    painter.end()
    return bytes(buffer.data().data())


BOARDS: dict[str, Callable[[], QWidget]] = {
    "controls": controls,
    "messages": messages,
    "form": form,
    "table": table,
    "pupil": pupil,
    "case": case,
    "today": today,
    "check": check,
    "composer": composer,
    "wizard": wizard,
    "sheet": sheet,
    "preview": preview,
}
FULL = {"check", "composer"}
ITEMS = (
    ("today", "Vandaag", "today", 0),
    ("people", "Leerlingen", "person", 312),
    ("consent", "Toestemming", "consent", 18),
    ("forms", "Formulieren", "form", 6),
    ("publications", "Publicaties", "picture", 2),
    ("breach", "Meldingen", "report", 0),
    ("settings", "Instellingen", "gear", 0),
)


def framed(board: str) -> Frame:
    """A board as a page in the frame."""
    items = [NavItem(key, words, icon, QWidget) for key, words, icon, _ in ITEMS]
    identity = Identity("Ligplaatsschool De Walvis", "A. de Wit", "administratie", "1.0")
    frame = Frame(items, identity, find=_find)
    for key, _, _, count in ITEMS:
        frame.set_count(key, count)
    frame.status.set_part("freshness", "Bijgewerkt vandaag 14:05")
    frame.status.set_part("backup", "Back-up geverifieerd: gisteren")
    frame.status.set_part("journal", "Logboek 1 284 · in orde")
    page = BOARDS[board]()
    if board in FULL:
        frame.enter_full(page)
    else:
        frame.show_page(page, "people")
    return frame


def _find(_words: str, found: Callable[[Sequence[Hit]], None]) -> None:
    found(
        (
            Hit("pupils", "1", "Zoë van der Wal", "groep Zeester · geb. 4 mei 2021"),
            Hit("pupils", "2", "Zoey Jansen", "groep Walvis · geb. 2 jan 2020"),
            Hit("guardians", "3", "Marijke van der Wal", "moeder van Zoë"),
            Hit("actions", "4", "Toestemming intrekken"),
            Hit("help", "5", "Wat is gezag?"),
        )
    )


def _nothing() -> None:
    pass


def _question(frame: Frame) -> QWidget:
    ask.confirm(
        frame,
        "Dossier wissen?",
        "De bewaartermijn is op 1 sep 2026 voorbij. Wissen kan niet ongedaan worden gemaakt; "
        "er blijft een bewijs van wissen achter.",
        "Dossier wissen",
        _nothing,
        danger=True,
    )
    return frame.findChildren(ask.Question)[-1]


def main(folder: Path) -> None:
    """Save a picture of every board in every dress."""
    app = QApplication(["gallery"])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[2:] or [*BOARDS, "search", "question"]
    for palette in ("light", "dark", "contrast"):
        for size in (100, 200):
            apply_theme(app, Theme(palette, size))
            for board in wanted:
                _save(app, board, folder / f"{board}-{palette}-{size}.png")


def _save(app: QApplication, board: str, target: Path) -> None:
    frame = framed(board if board in BOARDS else "today")
    frame.resize(1280, 800)
    frame.show()
    shown: QWidget = frame
    if board == "search":
        frame.title_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        frame.title_bar.search.setText("zo")
        _find("zo", frame.finder.show_hits)
    if board == "question":
        shown = _question(frame)
    for _ in range(6 if board != "preview" else 60):
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    if board == "check":
        frame.focusNextChild()
        app.processEvents()
    shown.grab().save(str(target))
    frame.close()
    frame.deleteLater()
    app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
