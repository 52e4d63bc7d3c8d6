"""Data of the user's own: read from a file, pasted, drawn, or one of the ready tables."""
