"""The teacher's check: a large answer per channel, by touch and by keyboard."""
