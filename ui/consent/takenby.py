"""Who took what was said: asked where there is no paper."""

from ui.kit.form import Line


def taken_by() -> Line:
    """The field that asks who took it."""
    return Line(
        key="taken_by", label="consent.taken_by", help="consent.taken_by_help", required=True
    )
