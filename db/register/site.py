"""A register's folder, taken into use by this program; nobody has signed in yet."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.errors import Message, Refusal, Trouble
from app.ports import RegisterCard
from db.register import unfinished
from db.register.anchors import DIRECTORY, AnchorFile, Anchors
from db.register.directory_file import DirectoryFile, clean
from db.register.folder import Layout
from db.register.instance import InstanceLock
from db.register.places import problem_of

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock
    from app.record import Compartment
    from db.keys.derive import KdfCost
    from db.keys.device import KeyringBox
    from db.register.directory import Directory
    from db.register.files import Files

_JOURNAL = "-journal"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a register finds on this machine.

    Attributes:
        clock: the time.
        cost: what a guess at a new password costs, and the least that is accepted.
        files: how files are changed.
        state_folder: where this machine remembers heads.
        keyring: the system's keyring, or None.
    """

    clock: Clock
    cost: KdfCost
    files: Files
    state_folder: Path
    keyring: KeyringBox | None


@dataclass(slots=True)
class Site:
    """A register's folder while this program has it open.

    Attributes:
        layout: what stands where.
        around: what is there on this machine.
        directory: who may open what, verified.
        anchors: what this machine remembers of the register.
        findings: what did not fit when it was opened, for `verify`.
    """

    layout: Layout
    around: Surroundings
    directory: Directory
    anchors: Anchors
    _directory_file: DirectoryFile
    _anchor_file: AnchorFile
    _lock: InstanceLock
    findings: tuple[Message, ...] = field(default=())

    @classmethod
    def opened(cls, folder: Path, around: Surroundings) -> Site:
        """Take a register into use, finishing or undoing what was interrupted.

        Raises:
            Refusal: `register.not_a_register`, `register.newer`, `register.in_use`,
                `register.network_drive`, `register.synced_folder`.
            Trouble: `register.directory_damaged`, `register.read_only`.
        """
        layout = Layout(folder)
        _demand_good_place(folder)
        directory_file = DirectoryFile(layout, around.files)
        directory_file.demand_there()
        lock = InstanceLock.take(layout.lock, around.clock.now())
        try:
            directory = directory_file.load()
            # A register that was just being made has nothing to tell of its second copy.
            findings = () if layout.unfinished.exists() else directory_file.findings
            _finish(layout, around.files, directory)
            directory_file.heal(directory)
            anchor_file, anchors = _anchors(around, directory)
        except BaseException:
            lock.release()
            raise
        found = (*findings, *_not_as_remembered(directory, anchors))
        return cls(layout, around, directory, anchors, directory_file, anchor_file, lock, found)

    @classmethod
    def begun(cls, folder: Path, around: Surroundings, directory: Directory) -> Site:
        """Make the folder of a new register, all but its directory; `save` completes it.

        Raises:
            Refusal: `register.folder_not_empty`, `register.network_drive`,
                `register.synced_folder`.
            Trouble: `register.disk_full`, `register.read_only`.
        """
        layout = Layout(folder)
        _demand_good_place(folder)
        unfinished.begin(layout)
        for place in layout.folders:
            around.files.make_folder(place)
        around.files.make_private(folder)
        lock = InstanceLock.take(layout.lock, around.clock.now())
        anchor_file, anchors = _anchors(around, directory)
        directory_file = DirectoryFile(layout, around.files)
        return cls(layout, around, directory, anchors, directory_file, anchor_file, lock)

    @property
    def card(self) -> RegisterCard:
        """What may be known of the register."""
        members = self.directory.members
        return RegisterCard(
            id=members.register,
            folder=self.layout.folder,
            school=members.school,
            fingerprint=self.directory.fingerprint,
            device=self.anchors.device,
            recovery_confirmed=members.recovery_confirmed,
        )

    def save(self, directory: Directory) -> None:
        """Replace the directory; from then on this one counts.

        Raises:
            Trouble: `register.disk_full` and the like; the directory is as it was.
        """
        self._directory_file.save(directory)
        self.directory = directory
        self.anchors.remember(DIRECTORY, directory.head)

    def complete(self) -> None:
        """Let a new register be one, now that its directory is there."""
        with suppress(Trouble):  # the next opening takes the mark away
            self.around.files.remove(self.layout.unfinished)
        self.remember()

    def remember(self) -> None:
        """Remember heads and root on this machine."""
        self.anchors.remember(DIRECTORY, self.directory.head)
        self._anchor_file.save(self.anchors)

    def swap(self, compartment: Compartment) -> None:
        """Let a compartment's file for the new epoch take the place of the old one."""
        epoch = self.directory.members.epoch(compartment).number
        source = self.layout.next_database(compartment, epoch)
        _swap(self.layout, self.around.files, compartment, source)

    def close(self) -> None:
        """Let others open the register."""
        self._lock.release()


def _demand_good_place(folder: Path) -> None:
    problem = problem_of(folder)
    if problem is not None:
        raise Refusal(problem.id, field="folder", **problem.values)


def _anchors(around: Surroundings, directory: Directory) -> tuple[AnchorFile, Anchors]:
    file = AnchorFile(around.state_folder, directory.register, around.files, around.keyring)
    anchors = file.load()
    if not anchors.root:
        anchors.root = directory.members.root
    return file, anchors


def _not_as_remembered(directory: Directory, anchors: Anchors) -> tuple[Message, ...]:
    if anchors.root != directory.members.root:
        return (Message("register.other_root"),)
    if not all(directory.has_passed(head) for head in anchors.of(DIRECTORY)):
        return (Message("register.older_directory"),)
    return ()


def _finish(layout: Layout, files: Files, directory: Directory) -> None:
    """Carry on where a new epoch was interrupted: the directory says whether it had begun."""
    clean(layout, files)
    if layout.unfinished.exists():
        files.remove(layout.unfinished)
    for compartment, epoch, path in list(layout.next_databases()):
        if epoch == directory.members.epoch(compartment).number:
            _swap(layout, files, compartment, path)
        else:
            files.remove(path)
    for path in layout.folder.glob(f"*.next{_JOURNAL}"):
        files.remove(path)


def _swap(layout: Layout, files: Files, compartment: Compartment, source: Path) -> None:
    target = layout.database(compartment)
    # A journal of the old file would be applied to the new one.
    files.remove(target.with_name(target.name + _JOURNAL))
    files.replace(source, target)


def demand_file(layout: Layout, compartment: Compartment) -> None:
    """Return when a compartment's file is there.

    Raises:
        Trouble: `register.file_missing`.
    """
    path = layout.database(compartment)
    if not path.is_file():
        raise Trouble("register.file_missing", file=path.name)
