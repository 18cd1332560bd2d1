"""The one table model and the declarations of its columns."""
