"""Publications on the screen: what must be taken down, one publication, a new one."""
