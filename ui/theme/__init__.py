"""The house style in one place: colours, measures, type and the style sheet made from them.

`apply_theme` dresses the application; `look()` gives painters the colours and measures of now.
"""

from ui.theme.dress import Theme, apply_theme, house
from ui.theme.fonts import Type
from ui.theme.look import Look, look
from ui.theme.tokens import Colours

__all__ = ["Colours", "Look", "Theme", "Type", "apply_theme", "house", "look"]
