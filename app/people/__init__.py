"""Sites, groups, pupils, guardians, authority and staff."""
