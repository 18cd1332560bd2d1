"""Where a new register is proposed to stand: this user's own local data, never Documents."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths

_PRODUCT = "Boordboek"


def proposed(name: str) -> Path:
    """A folder that does not exist yet, with this name or this name and a number."""
    data = QStandardPaths.StandardLocation.GenericDataLocation
    home = Path(QStandardPaths.writableLocation(data)) / _PRODUCT
    folder, number = home / name, 1
    while folder.exists():
        number += 1
        folder = home / f"{name}-{number}"
    return folder
