"""A run as code to take along: a script in NumPy, one in PyTorch, a notebook that goes on with it."""
