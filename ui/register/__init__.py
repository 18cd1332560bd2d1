"""Before anybody is signed in: first start, unlocking, a first time with a code, recovery."""
