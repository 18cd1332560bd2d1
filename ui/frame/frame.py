"""The main window: one page at a time, everything by keyboard."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.errors import Refusal, Trouble
from app.override import override
from ui.frame.finder import Find, Finder, Found
from ui.frame.items import Identity, NavItem, NoSettings, Settings
from ui.frame.navigation import Navigation
from ui.frame.strips import StatusBar, TitleBar
from ui.kit.bar import MessageBar
from ui.kit.blank import BlankCover
from ui.kit.icon import app_icon
from ui.kit.page import Page
from ui.kit.progress import WorkStrip
from ui.theme import look
from ui.words import t

Way = tuple[str, Callable[[], None]]
"""A way back: what the page is called where it leads, and what goes there."""

RAIL_BELOW = 900
_GEOMETRY = "window.geometry"


class Frame(QMainWindow):
    """The window around the pages.

    Signals:
        page_shown(id): the person is at a place of the navigation.
        hit_chosen(hit): a result of the global search was chosen (`Hit`).
        lock_asked(): F12, or the lock was pressed.
        help_asked(topic): F1, about the page that is shown ("" for none in particular).
        left(): the window is closing.
        rows_asked(count, then): so many rows are to be copied; `then` copies them.
    """

    page_shown = Signal(str)
    hit_chosen = Signal(object)
    lock_asked = Signal()
    help_asked = Signal(str)
    left = Signal()
    rows_asked = Signal(int, object)

    def __init__(
        self,
        items: Sequence[NavItem],
        identity: Identity,
        *,
        find: Find | None = None,
        settings: Settings | None = None,
    ) -> None:
        super().__init__()
        self._items = {item.id: item for item in items}
        self._pages: dict[str, QWidget] = {}
        self._settings = settings or NoSettings()
        self._place, self._before = "", ""
        self._guest: QWidget | None = None
        self._way: Callable[[], None] | None = None
        self._full = False
        self.title_bar = TitleBar(identity)
        self.navigation = Navigation(items)
        self.bar = MessageBar()
        self.work = WorkStrip()
        self.status = StatusBar(_version(identity))
        self._stack = QStackedWidget()
        self._lay_out()
        self.finder = Finder(self.title_bar.search, find or _find_nothing, self)
        self.cover = BlankCover(self)
        self.setWindowIcon(app_icon())
        self.setWindowTitle(t("kit.product"))
        self._wire()
        self._recall()

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self._stack.currentWidget()

    @property
    def place(self) -> str:
        """The id of the place in the navigation."""
        return self._place

    def go(self, item_id: str) -> None:
        """Go to a place of the navigation; its page is made when it is first needed."""
        self._leave()
        if item_id not in self._pages:
            page = self._items[item_id].make()
            self._pages[item_id] = page
            self._stack.addWidget(page)
        self._drop_guest()
        self._before = self._place
        self._place = item_id
        self.navigation.show_place(item_id)
        self._set_full(full=self._items[item_id].full)
        self._show(self._pages[item_id])
        self.page_shown.emit(item_id)

    def show_page(self, page: QWidget, place: str = "", back: Way | None = None) -> None:
        """Show a page that was opened from another, as one pupil from the list.

        It takes the place of an earlier such page. `place` marks where it belongs in the
        navigation. The page offers the way `back`, or else the way to that place.
        """
        self._leave()
        self._drop_guest()
        self._place = place or self._place
        self._guest = page
        self._stack.addWidget(page)
        self._way = back[1] if back else None
        if isinstance(page, Page) and (back or self._place in self._items):
            page.offer_back(back[0] if back else t(self._items[self._place].text))
            page.back_asked.connect(self.back)
        self.navigation.show_place(self._place)
        self._set_full(full=False)
        self._show(page)

    def back(self) -> None:
        """Go back from a page that was opened from another, or out of the full window."""
        if self._full:
            self.leave_full()
        elif self._guest is not None and self._way is not None:
            self._way()
        elif self._guest is not None and self._place in self._items:
            self.go(self._place)

    def enter_full(self, page: QWidget) -> None:
        """Fill the window with a page, without title bar, navigation and status."""
        self.show_page(page)
        self._set_full(full=True)

    def leave_full(self) -> None:
        """Show the frame again, and the place where the person was."""
        self._set_full(full=False)
        places = [self._place, self._before, *self._items]
        known = [place for place in places if place in self._items]
        framed = [place for place in known if not self._items[place].full]
        if framed:
            self.go(framed[0])

    def let_rows_out(self, count: int, then: Callable[[object], None]) -> None:
        """Ask to copy so many rows of a list; `then` copies them once that was noted."""
        self.rows_asked.emit(count, then)

    def set_count(self, item_id: str, count: int) -> None:
        """Show at a place how much there is to do."""
        self.navigation.set_count(item_id, count)

    def forget_pages(self) -> None:
        """Throw all pages away, as at locking or when language or theme change."""
        self._drop_guest()
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()

    def hear_refusal(self, refusal: Refusal) -> None:
        """Show a refusal that no page shows."""
        self.bar.hear_refusal(refusal)

    def hear_trouble(self, trouble: Trouble, retry: Callable[[], None]) -> None:
        """Show a trouble that no page shows."""
        self.bar.hear_trouble(trouble, retry)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigation.set_rail(rail=event.size().width() < look().px(RAIL_BELOW))

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._leave()
        kept = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self._settings.keep(_GEOMETRY, kept)
        self.left.emit()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        own = look()
        ground = QWidget()
        ground.setProperty("look", "ground")
        ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        right = QVBoxLayout()
        right.setSpacing(0)
        band = QVBoxLayout()
        band.setContentsMargins(own.margin, 0, own.margin, 0)
        band.addWidget(self.bar)
        right.addLayout(band)
        right.addWidget(self._stack, 1)
        middle.addWidget(self.navigation)
        middle.addLayout(right, 1)
        column.addWidget(self.title_bar)
        column.addLayout(middle, 1)
        column.addWidget(self.work)
        column.addWidget(self.status)
        self.setCentralWidget(ground)
        self.setMinimumSize(640, 480)
        self.resize(1280, 800)

    def _wire(self) -> None:
        self.navigation.gone.connect(self.go)
        self.title_bar.lock_asked.connect(self.lock_asked)
        self.title_bar.help_asked.connect(self._help)
        self.finder.hit_chosen.connect(self.hit_chosen)
        for keys, then in (
            ("Ctrl+K", self._search),
            ("Ctrl+F", self._search),
            ("F1", self._help),
            ("F5", self._refresh),
            ("F11", self.cover.toggle),
            ("F12", self.lock_asked),
            ("Alt+Left", self.back),
            ("Esc", self._escape),
            ("Ctrl+Z", self._undo),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(then)
        for item in self._items.values():
            if item.key:
                shortcut = QShortcut(QKeySequence(item.key), self)
                shortcut.activated.connect(partial(self.go, item.id))

    def _recall(self) -> None:
        kept = self._settings.recall(_GEOMETRY)
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(QByteArray(kept.encode("ascii"))))

    def _show(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)
        title = page.windowTitle()
        product = t("kit.product")
        self.setWindowTitle(f"{title} – {product}" if title else product)
        if isinstance(page, Page):
            page.refresh()
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        page = self.page
        if isinstance(page, Page):
            page.leave()

    def _drop_guest(self) -> None:
        guest, self._guest = self._guest, None
        if guest is not None:
            self._stack.removeWidget(guest)
            guest.deleteLater()

    def _set_full(self, *, full: bool) -> None:
        self._full = full
        for part in (self.title_bar, self.navigation, self.status):
            part.setVisible(not full)

    def _search(self) -> None:
        if not self._full:
            self.title_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.title_bar.search.selectAll()

    def _help(self) -> None:
        self.help_asked.emit(self.page.help_topic if isinstance(self.page, Page) else "")

    def _refresh(self) -> None:
        if isinstance(self.page, Page):
            self.page.refresh()

    def _undo(self) -> None:
        page = self.page
        page_bar = page.bar if isinstance(page, Page) else self.bar
        (page_bar if page_bar.words else self.bar).act()

    def _escape(self) -> None:
        if not self.finder.isHidden():
            self.finder.close_list()
        elif not self.bar.isHidden():
            self.bar.clear()
        else:
            self.back()


def _version(identity: Identity) -> str:
    return t("kit.version", version=identity.version) if identity.version else ""


def _find_nothing(_words: str, found: Found) -> None:
    found(())
