"""What a form version says, to look at: as text, and as it is printed."""

from app.consent.records import FormVersion
from app.forms.content import content_of
from app.paper import Pdf
from ui.forms.wording import WordingView, language_choices, left
from ui.kit.choice import Segments
from ui.kit.preview import Preview
from ui.kit.sided import SideSheet
from ui.theme import look
from ui.words import t


class SpecimenSheet(SideSheet):
    """Shows a form without a name; it has no number, so it is neither printed nor saved."""

    kind = "specimen"
    wide = 620

    def __init__(self, pdf: Pdf) -> None:
        super().__init__(t("forms.specimen"))
        self.preview = Preview()
        self.preview.let_out(allowed=False)
        self.preview.show_document(pdf.content, pdf.title)
        self.preview.setMinimumHeight(look().px(420))
        self.column.addWidget(self.preview, 1)


class TextSheet(SideSheet):
    """The text of one form version, in every language."""

    kind = "text"
    wide = 560

    def __init__(self, version: FormVersion, language: str) -> None:
        super().__init__(t("forms.text_of", number=version.number))
        self._content = content_of(version)
        self.languages = Segments(language_choices(), t("forms.text_language"))
        self.languages.take(language)
        self.languages.chosen.connect(self._turn)
        self.view = WordingView(self._content, language)
        self.add(left(self.languages), self.view)

    def _turn(self, language: str) -> None:
        fresh = WordingView(self._content, language)
        self.column.replaceWidget(self.view, fresh)
        self.view.hide()
        self.view.deleteLater()
        self.view = fresh
