"""What a teacher may know: the published, signed check list and the answers it gives."""
