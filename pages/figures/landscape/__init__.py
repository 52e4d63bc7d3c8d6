"""Pictures of a loss landscape: its plane, its space, its curves."""
