"""Networks with fixed numbers, as five documents work them by hand, and where those slip."""
