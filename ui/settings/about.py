"""About the program and about the register that is open."""

from collections.abc import Sequence

from app.override import override
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.flow import Flow
from ui.kit.label import Muted, Text
from ui.kit.lines import Facts
from ui.settings.section import SectionView
from ui.shell.desk import Desk
from ui.words import t


class AboutSection(SectionView):
    """Version, licence, the register's fingerprint, and the parts made by others."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        program = Card(t("settings.program"))
        program.add(
            Facts(
                [
                    (t("settings.version"), desk.outside.version),
                    (t("settings.licence"), "EUPL-1.2"),
                ]
            ),
            Text(t("settings.licence_words")),
        )
        register = Card(t("settings.register"))
        register.add(
            Facts(
                [
                    (t("shell.school"), desk.register.school),
                    (t("shell.fingerprint"), desk.register.fingerprint),
                    (t("shell.folder"), str(desk.register.folder)),
                ]
            ),
            Muted(t("settings.fingerprint_words")),
        )
        if desk.user.may("consent.read"):
            journal = Plain(t("settings.open_journal"), "journal", fit="small")
            journal.call_it("open_journal")
            journal.clicked.connect(self._open_journal)
            line = Flow()
            line.addWidget(journal)
            register.add(line)
        self._parts = Facts()
        parts = Card(t("settings.parts"))
        parts.add(Muted(t("settings.parts_words")), self._parts)
        self.add(program, register, parts)

    @override
    def read(self) -> None:
        self.desk.runner.run(self.desk.outside.components, self._show, self, pure=True)

    def _show(self, found: Sequence[tuple[str, str, str]]) -> None:
        self._parts.show_facts(
            [(name, f"{version}  {licence}") for name, version, licence in found]
        )

    def _open_journal(self) -> None:
        self.desk.goto("journal")
