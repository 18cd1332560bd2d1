"""Lists of people that come in from other systems, and that go out.

`source` opens files and takes them to pieces, `readers` makes a `Roster` of them, `sending`
writes lists; beside them stand what a file says, the comparison, the proposal, accepting and
undoing.
"""
