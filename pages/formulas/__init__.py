"""Formulas on paper: numbers as books write them, MathML, LaTeX, and which way a matrix lies."""
