"""The frame around every page: title bar, navigation, message bar and status."""

from ui.frame.finder import Hit
from ui.frame.frame import Frame
from ui.frame.items import Identity, NavItem, Settings

__all__ = ["Frame", "Hit", "Identity", "NavItem", "Settings"]
