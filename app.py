"""Backprop Playground: watch a neural network learn, and open it down to the last number."""

from pages.shell.shell import open_page

open_page()
