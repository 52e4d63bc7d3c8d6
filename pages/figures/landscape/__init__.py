"""Figures of a loss landscape: the plane from above and in space, and curves by frame."""
