"""Lists of people that come in from other systems, and that go out."""
