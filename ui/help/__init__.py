"""Help, without a network: short pages that come with the program."""
