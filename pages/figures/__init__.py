"""Still figures: pure functions from plain numbers to Plotly figures."""
