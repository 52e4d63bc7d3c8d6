"""Backpropagation with the actual numbers: every step of one update as symbols, numbers and result."""
