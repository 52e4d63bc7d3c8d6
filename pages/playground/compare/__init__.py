"""Runs kept side by side: the shelf on which a tab keeps them, and two of them compared."""
