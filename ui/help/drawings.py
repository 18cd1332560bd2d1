"""The pictures of the procedures in the help, drawn when somebody looks at one."""

from PySide6.QtCore import QByteArray, QSizeF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

import resources
from app.procedures.picture import Colours, picture
from app.procedures.procedure import load_procedure
from ui.theme import look
from ui.words import t, words

TOPIC = "courses"
"""The page below which the pictures are listed."""

SCHEME = "procedure"
"""A link to the picture of a procedure begins with it."""


def drawings() -> str:
    """A list of links to all pictures, in Markdown."""
    language = words().language
    lines = [f"## {t('help.drawings')}", "", t("help.drawings_words"), ""]
    for key in resources.procedures():
        name = load_procedure(key).name.said(language)
        lines.append(f"- [{name}]({SCHEME}:{key})")
    return "\n".join(("", *lines, ""))


def drawing_page(key: str) -> str:
    """The page of one picture, in Markdown; its image is `SCHEME:key` again."""
    procedure, language = load_procedure(key), words().language
    name, explain = procedure.name.said(language), procedure.explain.said(language)
    back = f"[{t('help.drawings_back')}]({SCHEME}:)"
    return f"# {name}\n\n{explain}\n\n{back}\n\n![{name}]({SCHEME}:{key})\n"


def drawn(key: str) -> QImage:
    """The picture of a procedure in the present colours and size of text."""
    own = look()
    tokens = {"paper": "surface", "ink": "text", "muted": "muted", "line": "line"}
    more = {"state": "background", "arrow": "yes"}
    colours = {name: own.colour(token).name() for name, token in (tokens | more).items()}
    svg = picture(load_procedure(key), words().language, Colours(**colours))
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    size = QSizeF(renderer.defaultSize()) * (own.px(100) / 100)
    image = QImage(size.toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(own.colour("surface"))
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image
