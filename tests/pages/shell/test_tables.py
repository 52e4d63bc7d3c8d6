"""Tables as they are read: what the browser gets of each cell, and that its numbers stay numbers."""

import math

import pandas as pd
from streamlit.testing.v1 import AppTest

from pages.shell.tables import MOST_CELLS

TABLE = {"step": [0, 1, 2], "x": [3.0, -2.4, -4.44089e-16], "η": [math.nan, 0.2, 0.25]}
TEXTS = [["0", "3.0000", "–"], ["1", "−2.4000", "0.2000"], ["2", "0.0000", "0.2500"]]


def page(columns):
    import pandas

    from pages.shell.tables import number_table

    number_table("numbers", pandas.DataFrame(columns))


def shown(columns):
    app = AppTest.from_function(page, kwargs={"columns": columns}).run()
    assert not app.exception
    return app.dataframe[0]


def test_cells_are_written_in_line_with_a_true_minus_and_their_numbers_stay():
    frame = shown(TABLE)
    pd.testing.assert_frame_equal(frame.value.reset_index(drop=True), pd.DataFrame(TABLE))
    sent = frame.proto.SerializeToString()
    for text in ("−2.4000", "0.0000", "0.2500"):
        assert text.encode() in sent
    assert frame.proto.placeholder == "–"


def test_a_very_long_table_has_texts():
    rows = MOST_CELLS // 3 + 1
    frame = shown({name: (values * rows)[:rows] for name, values in TABLE.items()})
    assert frame.value.head(3).to_numpy().tolist() == TEXTS
