"""The pieces every screen is made of: one look, one behaviour, accessible by themselves."""
