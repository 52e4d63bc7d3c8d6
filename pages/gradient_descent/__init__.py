"""Gradient descent on a surface: the step size, its regimes, both convergence tests, and a race of rules."""
