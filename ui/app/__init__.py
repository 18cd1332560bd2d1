"""The program with its window, from start to end: signing in, pages, locking, defects."""
