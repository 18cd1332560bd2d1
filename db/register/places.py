"""Where a register may not stand: on a network drive, or in a folder that is copied elsewhere.

Locks and syncs are not dependable on a network drive; a program that copies a folder meanwhile
takes half a transaction with it, and carries the register out of the building.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from app.errors import Message

_NETWORK_TYPES = frozenset(
    (
        "afpfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs3",
        "nfs4",
        "prl_fs",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
        "vmhgfs",
        "webdav",
    )
)
_NETWORK_FUSE = ("sshfs", "davfs", "rclone", "gvfs", "glusterfs", "onedrive", "drive", "s3fs")
_REMOTE_DRIVE = 4
_LOCAL_FLAG = 0x1000

_SYNCED_NAMES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mijn drive": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "iCloud",
    "proton drive": "Proton Drive",
    "pclouddrive": "pCloud",
    "megasync": "MEGA",
    "seafile": "Seafile",
}
_SYNCED_MARKS = {
    ".stfolder": "Syncthing",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".seafile-data": "Seafile",
}
_SYNC_JOURNALS = (".sync_*.db", "._sync_*.db")


def problem_of(folder: Path) -> Message | None:
    """Why a register may not stand in this folder, or None when it may."""
    place = _existing(folder)
    if _is_remote(place):
        return Message("register.network_drive")
    service = synced_by(place, folder)
    if service:
        return Message("register.synced_folder", {"service": service})
    return None


def synced_by(place: Path, folder: Path) -> str:
    """The name of the service that copies this folder elsewhere, or ""."""
    for part in folder.parts:
        name = part.casefold()
        service = _SYNCED_NAMES.get(name) or (
            "OneDrive" if name.startswith(("onedrive -", "onedrive_")) else ""
        )
        if service:
            return service
    for parent in (place, *place.parents):
        for mark, service in _SYNCED_MARKS.items():
            if (parent / mark).exists():
                return service
        if any(any(parent.glob(pattern)) for pattern in _SYNC_JOURNALS):
            return "Nextcloud"
    return ""


def is_network_type(kind: str) -> bool:
    """Whether a file system of this type lives on another machine."""
    name = kind.casefold()
    if name.startswith("fuse."):
        return any(known in name for known in _NETWORK_FUSE)
    return name in _NETWORK_TYPES


def type_in(mounts: str, place: Path) -> str:
    """The type of the file system that holds a place, by the lines of /proc/self/mounts."""
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        point = fields[1].encode("ascii", "replace").decode("unicode_escape")
        inside = str(place) == point or str(place).startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind


def _existing(folder: Path) -> Path:
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    return Path(os.path.realpath(place))


def _is_remote(place: Path) -> bool:
    if sys.platform == "win32":
        root = place.drive + "\\"
        remote: int = ctypes.windll.kernel32.GetDriveTypeW(root)
        return root.startswith("\\\\") or remote == _REMOTE_DRIVE
    if sys.platform == "darwin":
        return not _flags(place) & _LOCAL_FLAG
    try:
        mounts = Path("/proc/self/mounts").read_text("ascii", "replace")
    except OSError:
        return False
    return is_network_type(type_in(mounts, place))


def _flags(place: Path) -> int:
    """The mount flags by which macOS tells local file systems from others."""
    library = ctypes.CDLL(None, use_errno=True)
    room = ctypes.create_string_buffer(4096)
    if library.statfs(os.fsencode(place), room) != 0:
        return _LOCAL_FLAG
    return int.from_bytes(room.raw[64:68], sys.byteorder)
