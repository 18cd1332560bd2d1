"""Migrations of the three kinds of file, one folder each; a migration knows no live model.

The newest revision equals the declared tables (a test compares them), so that a new file can be
made from the declarations and stamped. A revision "0002" leads to `PRAGMA user_version` 2.
"""
