"""`override`: says of a method that a base class has it too, for readers and type checkers.

Python 3.11 has it in a package only, whose loading the first window would have to wait for.
"""

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from typing_extensions import override as override  # noqa: PLC0414 - given on
else:
    Method = TypeVar("Method")

    def override(method: Method) -> Method:
        """Give the method as it is, marked as `typing.override` does."""
        method.__override__ = True
        return method
