"""Uses, form versions, decisions and the verdict that follows from them."""
