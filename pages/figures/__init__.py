"""Still figures: pure functions from plain numbers to Plotly figures.

A figure that follows a run is given to Plotly as plain dictionaries: its objects would be checked when they
are made, and once more when the figure copies them.
"""
