"""The window: everything a person sees and does. The only floor that knows Qt."""
