"""A register opened by one user; fulfils `app.ports.Session`."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn

from app.errors import Refusal, Trouble
from app.jobs import SILENT, Progress
from app.override import override
from app.ports import (
    ACCESS_CHANGED,
    Committed,
    Kept,
    RecoveryCode,
    Signature,
    UserCard,
    Verification,
)
from app.record import DOSSIERS, Compartment
from db.keys.canonical import statement
from db.keys.pairs import holds
from db.register import attempts
from db.register.admission import Admission
from db.register.holder import shown_name
from db.register.inbox import Post
from db.register.members import card_of
from db.register.notes import Notes
from db.register.own_things import OwnThings
from db.register.sealing import SealedThings
from db.store import unpublished
from db.store.compartment import told_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from app.access import FailedAttempts, RoleChange
    from app.clock import Clock
    from app.ports import Reader, RegisterCard, Work
    from db.register.compartments import Compartments
    from db.register.directory import Directory
    from db.register.holder import Holder
    from db.register.members import Member
    from db.register.site import Site
    from db.store.writing import Writing

MESSAGE = "message"
"""The kind under which `drop` takes away a message."""

_ANSWERED_BY = {
    Compartment.CHECK: ("check.write", "check.publish"),
    Compartment.CONSENT: ("consent.write",),
    Compartment.PUPIL_DOSSIER: ("pupil_dossier.write",),
    Compartment.STAFF_DOSSIER: ("staff_dossier.write",),
}


class LocalSession(SealedThings):
    """Gives what the keys of one user open, and nothing else; used from one thread."""

    def __init__(self, site: Site, holder: Holder, compartments: Compartments) -> None:
        self._site = site
        self._holder = holder
        self._compartments = compartments
        self._admission = Admission(site, holder, compartments)
        self._post = Post(site, holder)
        self._notes = Notes(self._post, compartments)
        self._own = OwnThings(site.layout.own(holder.user), holder, site.around.files)
        self._me: tuple[Directory, UserCard] | None = None
        self._listeners: list[Callable[[Committed], None]] = []
        self._locked = False

    # -- who and where ----------------------------------------------------------------------

    @property
    @override
    def user(self) -> UserCard:
        """Who is signed in."""
        directory = self._site.directory
        if self._me is None or self._me[0] is not directory:
            self._me = (directory, self._card(directory.members.users[self._holder.user]))
        return self._me[1]

    @property
    def register(self) -> RegisterCard:
        """The register that is open."""
        return self._site.card

    @property
    @override
    def clock(self) -> Clock:
        """The clock that everything in this session uses."""
        return self._site.around.clock

    # -- reading and writing ----------------------------------------------------------------

    @override
    def opens(self, compartment: Compartment) -> bool:
        """Whether the user holds the key of the compartment."""
        return compartment in self._holder.keys

    def listen(self, listener: Callable[[Committed], None]) -> None:
        """Call `listener` after every commit of this session, in order of listening."""
        self._listeners.append(listener)

    @contextmanager
    def work(
        self, compartment: Compartment, act: str, subject: str = "", progress: Progress = SILENT
    ) -> Iterator[Work]:
        """Begin a unit of work; who listens is told when it is left, if it was committed.

        Raises:
            Refusal: `register.no_grant` when the user's roles do not allow writing there (the
                attempt is kept); `register.recovery_first` for a dossier while the recovery
                code was not typed back.
        """
        self._demand_open()
        if not any(self.user.may(grant) for grant in _ANSWERED_BY[compartment]):
            self._refuse(compartment, act)
        if compartment in DOSSIERS and not self.register.recovery_confirmed:
            raise Refusal("register.recovery_first")
        writing: Writing | None = None
        try:
            with self._compartments.file(compartment).work(act, subject) as writing:
                yield writing
        finally:
            if writing is not None and writing.is_committed:
                self._tell(told_by(writing, compartment, progress))

    def look(self, compartment: Compartment) -> AbstractContextManager[Reader]:
        """Begin reading.

        Raises:
            Refusal: `register.no_grant` when the user does not hold the key (it is kept).
        """
        self._demand_open()
        if not self.opens(compartment):
            self._refuse(compartment, "look")
        return self._compartments.file(compartment).look()

    def verify(self, compartment: Compartment, progress: Progress = SILENT) -> Verification:
        """Verify a compartment's journal, its rows, and the heads remembered on this machine.

        Damage anywhere in the file is found too, also where nothing is read. What did not fit
        when the register was opened is told with the check compartment, which everybody holds.
        Attached files that an interrupted write left behind are removed after a day.

        Raises:
            Refusal: `register.no_grant`.
        """
        self._demand_open()
        if not self.opens(compartment):
            self._refuse(compartment, "verify")
        anchors = self._site.anchors
        file = self._compartments.file(compartment)
        file.clean()
        damage = file.check()
        found = file.verify(progress, anchors.of(compartment.value))
        if found.in_order and not damage:
            anchors.settle(compartment.value, found.head)
        here = self._site.findings if compartment is Compartment.CHECK else ()
        return Verification(found.compartment, found.head, (*here, *damage, *found.findings))

    def remembered(self, compartment: Compartment) -> int:
        """Number of the newest head that this machine has known, 0 for none."""
        known = self._site.anchors.of(compartment.value)
        return max((head.number for head in known), default=0)

    @property
    def unpublished(self) -> bool:
        """Whether consent may say something that the check list does not say yet."""
        return unpublished.stands(self._site.layout.folder)

    def published(self) -> None:
        """Note that the check list says what consent says."""
        unpublished.take(self._site.layout.folder)

    # -- notes ------------------------------------------------------------------------------

    def note(self, compartment: Compartment, act: str, subject: str = "") -> None:
        """Write an entry without records into a journal, or leave it sealed for who may.

        Raises:
            Trouble: `register.disk_full`, `register.read_only`: it was kept nowhere.
        """
        self._demand_open()
        if any(self.user.may(grant) for grant in _ANSWERED_BY[compartment]):
            try:
                with self.work(compartment, act, subject) as work:
                    work.commit()
            except RuntimeError:  # the compartment is being worked on just now
                pass
            else:
                return
        self._notes.leave(act, subject, self.clock.now())

    def collect_notes(self) -> int:
        """Write what others left sealed into the journal of consent; returns how many."""
        self._demand_open()
        if not self.user.may("consent.write"):
            return 0
        return self._notes.collect(self._site.directory.members)

    # -- signatures -------------------------------------------------------------------------

    def sign(self, content: bytes) -> Signature:
        """Sign bytes as the user who is signed in."""
        self._demand_open()
        signer = self._compartments.signer
        said = statement(self._site.directory.register, content)
        return Signature(signer.user, signer.key_id, signer.sign(said).hex())

    def signing_key(self, user: str, key_id: str = "") -> bytes | None:
        """The raw public key of a user; see `app.access.Access`."""
        return self._site.directory.members.signing_key(user, key_id)

    def signed_by(self, signature: Signature, content: bytes) -> UserCard | None:
        """Who signed these bytes; see `app.access.Access`."""
        members = self._site.directory.members
        member = members.users.get(signature.user)
        public = members.signing_key(signature.user, signature.key)
        if member is None or public is None:
            return None
        try:
            value = bytes.fromhex(signature.value)
        except ValueError:
            return None
        said = statement(self._site.directory.register, content)
        return self._card(member) if holds(public, value, said) else None

    def signer(self, signature: Signature, content: bytes, grant: str) -> UserCard | None:
        """The user who signed these bytes, if it holds and he has the grant; else None.

        Only the key that a user has now counts: what was signed by somebody whose access was
        renewed or ended since is to be signed anew.
        """
        member = self._site.directory.members.users.get(signature.user)
        if member is None or member.revoked or member.key.temporary:
            return None
        public, card = member.key.public, self._card(member)
        try:
            value = bytes.fromhex(signature.value)
        except ValueError:
            return None
        said = statement(self._site.directory.register, content)
        good = public.key_id == signature.key and card.may(grant)
        return card if good and holds(public.signing, value, said) else None

    # -- what a user keeps for himself --------------------------------------------------------

    def keep(self, kind: str, key: str, content: bytes) -> None:
        """Keep something (a draft, a copy), replacing what had the same kind and key.

        Raises:
            Trouble: `register.disk_full`, `register.read_only`.
        """
        self._demand_open()
        self._own.keep(kind, key, content, self.clock.now())

    def kept(self, kind: str) -> tuple[Kept, ...]:
        """What the user keeps of a kind, oldest first."""
        self._demand_open()
        return self._own.kept(kind)

    def lost(self, *, drop: bool = False) -> int:
        """How many of the user's own things cannot be read; with `drop` they go."""
        self._demand_open()
        return self._own.lost(drop=drop)

    def drop(self, kind: str, key: str) -> None:
        """Forget something that was kept, or a message; no error when it is not there."""
        self._demand_open()
        if kind == MESSAGE:
            self._post.drop_message(key)
        else:
            self._own.drop(kind, key)

    # -- users and keys -----------------------------------------------------------------------

    def failed_attempts(self) -> FailedAttempts | None:
        """Wrong attempts since somebody last came in; told once, and noted in a journal."""
        self._demand_open()
        return attempts.take(self._site, self.note)

    def users(self) -> tuple[UserCard, ...]:
        """All users of the register, revoked ones included, by name."""
        self._demand_open()
        cards = [self._card(member) for member in self._site.directory.members.users.values()]
        return tuple(sorted(cards, key=lambda card: (card.name.casefold(), card.id)))

    def add_user(self, name: str, roles: tuple[str, ...]) -> str:
        """Add a user and return his one-time code, shown once."""
        self._demand_open()
        return self._admission.add(name, roles)

    def reissue(self, user_id: str) -> str:
        """Replace a user's access (a forgotten password) and return a new one-time code.

        What he kept for himself, and messages he did not read, cannot be opened any more.
        """
        self._demand_open()
        code = self._admission.reissue(user_id)
        self._tell_access(user_id)
        return code

    def revoke_user(self, user_id: str, progress: Progress = SILENT) -> None:
        """Shut a user out and give every compartment he could open a new key and file.

        Raises:
            Trouble: `register.disk_full` and the like; the user still has access then.
        """
        self._demand_open()
        self._admission.revoke(user_id, progress)
        self._tell_access(user_id)

    def change_roles(
        self, user_id: str, roles: tuple[str, ...], progress: Progress = SILENT
    ) -> None:
        """Give a user other roles; a compartment that he loses gets a new key and file.

        Raises:
            Trouble: `register.disk_full` and the like; the roles are as they were then.
        """
        self._demand_open()
        self._admission.change_roles(user_id, roles, progress)
        self._tell_access(user_id)

    def role_changes(self) -> tuple[RoleChange, ...]:
        """What the program's table of roles would change; () when it is not newer."""
        self._demand_open()
        return self._admission.role_changes()

    def take_roles(self, progress: Progress = SILENT) -> None:
        """Let the program's table of roles count here; `register.no_grant` refuses."""
        self._demand_open()
        self._admission.take_roles(progress)
        self._tell_access(self._holder.user)

    def renew_keys(self, progress: Progress = SILENT) -> None:
        """Give every compartment a new key and file, after a machine was lost; a director only.

        Raises:
            Refusal: `register.no_grant`.
        """
        self._demand_open()
        self._admission.renew_keys(progress)
        self._tell_access(self._holder.user)

    def change_password(self, old: str, new: str) -> None:
        """Change the password of the user who is signed in; refusals name "old" or "new"."""
        self._demand_open()
        self._admission.change_password(old, new)

    def confirm_recovery(self, typed: str) -> None:
        """Note that the recovery code was typed back; `register.recovery_wrong` refuses."""
        self._demand_open()
        self._admission.confirm_recovery(typed)

    def renew_recovery(self) -> RecoveryCode:
        """Replace the recovery code and return the new one, to be printed and typed back again.

        Raises:
            Refusal: `register.no_grant` for anybody but a director.
        """
        self._demand_open()
        return RecoveryCode(self._admission.renew_recovery(), self.register.fingerprint)

    def remember_device(self, pin: str) -> None:
        """Let this user open the register on this machine with a PIN, through its keyring.

        Raises:
            Refusal: `register.pin_short`, `register.pin_common`.
            Trouble: `register.no_keyring`.
        """
        self._demand_open()
        self._admission.remember_device(pin)

    def forget_device(self) -> None:
        """Undo `remember_device` for this user."""
        self._demand_open()
        self._admission.forget_device()

    def lock(self) -> None:
        """Close every file and forget every key; the session cannot be used afterwards."""
        if self._locked:
            return
        self._locked = True
        try:
            for compartment, head in self._compartments.heads().items():
                self._site.anchors.remember(compartment.value, head)
            self._site.remember()
        finally:
            self._compartments.shut()
            self._holder.close()
            self._site.close()

    # -- inside -------------------------------------------------------------------------------

    def _tell(self, told: Committed) -> None:
        """Tell all who listen; the first trouble that one of them meets comes at the end."""
        met: Trouble | None = None
        for listener in tuple(self._listeners):
            try:
                listener(told)
            except Trouble as trouble:
                met = met or trouble
        if met is not None:
            raise met

    def _tell_access(self, user_id: str) -> None:
        self._tell(Committed(Compartment.CONSENT, ACCESS_CHANGED, user_id, ()))

    @override
    def _demand_open(self) -> None:
        if self._locked:
            raise Refusal("register.locked")

    @override
    def _refuse(self, compartment: Compartment, act: str) -> NoReturn:
        """Keep the attempt, where the folder can be written at all, and refuse."""
        with suppress(Trouble):
            self.note(Compartment.CONSENT, "access_refused", f"{compartment}:{act}")
        raise Refusal("register.no_grant")

    @override
    def _card(self, member: Member) -> UserCard:
        return card_of(self._site.directory.members, member, shown_name(self._holder, member))
