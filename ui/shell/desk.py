"""The desk: everything that a page works with while somebody is signed in."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.errors import BoordboekError, Trouble
from app.jobs import Progress
from app.journal.leaving import Leaving, note_leaving, save_noted
from app.ports import Committed, RegisterCard, Session, UserCard
from app.record import Compartment
from app.text import Words
from ui.runner import Runner, Task
from ui.shell import drafts
from ui.shell.choices import Choices
from ui.shell.drafts import Draft
from ui.shell.outside import Outside

T = TypeVar("T")


class Sliced:
    """Reads a register from a thread of the pool, a part at a time, on the storage thread."""

    def __init__(self, session: Session, runner: Runner) -> None:
        self._session, self._runner = session, runner

    def read(self, part: Callable[[Session], T]) -> T:
        """What a part found.

        Raises:
            CancelledError: nothing is read any more.
        """
        return self._runner.on_storage(partial(part, self._session))


class SignedIn:
    """A session with what the screen may know of it without asking again.

    Made on the storage thread, right after signing in.

    Attributes:
        trouble: what could not be brought in order just now, or None.
        sheet_used: the recovery sheet opened the register, so that another is due.
    """

    sheet_used = False

    def __init__(self, session: Session, trouble: Trouble | None = None) -> None:
        self.session = session
        self.user: UserCard = session.user
        self.register: RegisterCard = session.register
        self.opens = frozenset(part for part in Compartment if session.opens(part))
        self.trouble = trouble


class Desk(QObject):
    """Handed to every page by its constructor; belongs to one signed-in user.

    `session` may only be touched inside work that `ask` runs. Everything else here may be used
    on the screen's thread.

    Attributes:
        session: the open register, for work on the storage thread.
        runner: runs that work; `ask` is the short way.
        press: draws papers; slow, so only inside work.
        user: who is signed in; `user.may("consent.write")`.
        register: the register that is open.
        clock: tells now and today.
        words: all texts in the window's language; `language` is its code.
        outside: the world around the window; choices: what this machine remembers.
        memory: what pages remember until somebody signs out, by page; never on disk.
        counts: the number at each page in the navigation, as it was told last.

    Signals:
        changed(committed): a unit of work was committed (`Committed`).
        gone_to(page_id, what): a page asked to open another.
        counted(page_id, count): a page knows how much work waits, for the navigation.
        told(words): something to say on whichever page comes next.
        theme_chosen(theme), language_chosen(language): the whole window must change.
        lock_asked(): a page without the frame around it asks to lock.
    """

    changed = Signal(object)
    gone_to = Signal(str, object)
    counted = Signal(str, int)
    told = Signal(str)
    theme_chosen = Signal(object)
    language_chosen = Signal(str)
    lock_asked = Signal()

    def __init__(
        self, signed_in: SignedIn, runner: Runner, outside: Outside, choices: Choices
    ) -> None:
        super().__init__()
        self.session = signed_in.session
        self.user = signed_in.user
        self.register = signed_in.register
        self.clock = signed_in.session.clock
        self.runner = runner
        self.outside = outside
        self.choices = choices
        self.press = outside.press
        self.words = Words(choices.language)
        self.memory: dict[str, object] = {}
        self.counts: dict[str, int] = {}
        self._opens = signed_in.opens

    @property
    def language(self) -> str:
        """The language of the window, "nl" or "en"."""
        return self.words.language

    def speak(self, language: str) -> None:
        """Hold the words of another language; pages are made anew after this."""
        self.words = Words(language)

    def opens(self, compartment: Compartment) -> bool:
        """Whether the user holds the key of the compartment."""
        return compartment in self._opens

    def ask(
        self,
        work: Callable[[Session], T],
        then: Callable[[T], None],
        owner: QObject,
        *,
        failed: Callable[[BoordboekError], None] | None = None,
    ) -> None:
        """Run `work(session)` on the storage thread and hand its answer to `then`.

        `then` and `failed` are bound methods of living widgets. Without `failed`, refusals and
        troubles are shown by the page around the owner.
        """
        self.runner.run(partial(work, self.session), then, owner, failed=failed)

    def ask_long(
        self,
        work: Callable[[Session, Progress], T],
        then: Callable[[T], None],
        owner: QObject,
        label: str,
        *,
        failed: Callable[[BoordboekError], None] | None = None,
    ) -> Task:
        """As `ask`, for work with progress: the frame shows it, with a way to stop it."""
        job = partial(work, self.session)
        return self.runner.run_long(job, then, owner, label, failed=failed)

    def ask_sliced(
        self,
        work: Callable[[Sliced, Progress], T],
        then: Callable[[T], None],
        owner: QObject,
        label: str,
    ) -> Task:
        """As `ask_long`, for work that reads much: it computes elsewhere, and others get on.

        Only what `work` reads through what it is given runs on the storage thread.
        """
        job = partial(work, Sliced(self.session, self.runner))
        return self.runner.run_long(job, then, owner, label, pure=True)

    def goto(self, page_id: str, **what: str) -> None:
        """Open another page; `what` names the thing it shows, as in `pupil_id=...`."""
        self.gone_to.emit(page_id, what)

    def count(self, page_id: str, count: int) -> None:
        """Show a number at a page in the navigation, also in a window that is made anew."""
        self.counts[page_id] = count
        self.counted.emit(page_id, count)

    def tell(self, words: str) -> None:
        """Say what was done on the page that is shown next."""
        self.told.emit(words)

    def ask_lock(self) -> None:
        """Lock, as F12 does; for pages that fill the window."""
        self.lock_asked.emit()

    def save_document(
        self,
        path: Path,
        content: bytes,
        leaving: Leaving,
        then: Callable[[None], None],
        owner: QObject,
    ) -> None:
        """Write a document where the person chose, after the journal has it.

        `then(None)` hears when it is there. On the storage thread: locking waits for it.
        """
        work = partial(save_noted, leaving=leaving, path=path, content=content)
        self.ask(work, then, owner)

    def let_out(self, leaving: Leaving, then: Callable[[None], None], owner: QObject) -> None:
        """Write into the journal that something leaves; only `then(None)` lets it out."""
        self.ask(partial(note_leaving, leaving=leaving), then, owner)

    def keep_draft(self, draft: Draft) -> None:
        """Keep what was typed, encrypted; also while the program is being locked."""
        self.ask(partial(drafts.keep, draft), self._ignore, self)

    def drop_draft(self, draft: Draft) -> None:
        """Forget a draft that was finished."""
        self.ask(partial(drafts.drop, draft), self._ignore, self)

    def find_draft(
        self, page: str, then: Callable[[Draft | None], None], owner: QObject, **what: str
    ) -> None:
        """Hand over the draft for a page and the thing it is about, or None."""
        self.ask(partial(drafts.find, page, what), then, owner)

    def hear(self, committed: Committed) -> None:
        """Pass a commit on to the pages; called on the storage thread."""
        self.changed.emit(committed)

    def _ignore(self, _nothing: None) -> None:
        """Nothing follows."""
