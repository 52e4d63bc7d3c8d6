"""Pictures that stand still: pure functions from plain numbers to Plotly figures."""
