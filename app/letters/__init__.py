"""Letters: templates, frozen facts, neutral blocks."""
