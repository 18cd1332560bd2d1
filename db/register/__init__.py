"""A register at rest: folder, directory of users and keys, sessions, inboxes, anchors."""
