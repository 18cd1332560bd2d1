"""The command line for every test in this room."""

from tests.cli.tooled import command_line

__all__ = ["command_line"]
