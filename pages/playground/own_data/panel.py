"""The panel in which data are brought: a file or pasted text with what to learn from it, or a drawing."""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine.data.own import MOST_INPUTS, MOST_ROWS, Table
from engine.numbers import significant
from pages.playground.own_data.bringing import Bringing, bringing
from pages.playground.own_data.decoding import MOST_BYTES
from pages.playground.own_data.draw import draw_points
from pages.playground.own_data.making import Made, remarks
from pages.playground.own_data.reading import PASTED, Sheet
from pages.playground.user import session, use_table
from pages.shell.binding import bound, one_of, refusal_at
from pages.shell.controls import (
    button,
    file_uploader,
    multiselect,
    segmented_control,
    selectbox,
    text_area,
    toggle,
)
from pages.shell.widgets import heading

Way = Callable[[Bringing], None]
MOST_REMARKS = 4
"""Most sentences on columns that are left out."""
TASKS = {"classes": "classes", "values": "values"}


def open_way(name: str) -> None:
    """Show the panel in place of the player, with one of the ways to bring data."""
    if name == DRAW or name in WAYS:
        bringing().way = name


def own_data_panel() -> None:
    """The panel; call it in place of the player while a way is open."""
    mine = bringing()
    with st.container(key="own_data", border=True):
        if mine.way == DRAW:
            _head(mine)
            draw_points(session().data, partial(_learn, anyway=True))
            return
        made = mine.made()
        with _head(mine):
            if mine.unused and session().awaited:
                button("Use it anyway", key="own_use_anyway", on_click=_use, kwargs={"anyway": True})
            button("Use this table", key="own_use", type="primary", disabled=made is None, on_click=_use)
        brought, chosen = st.columns([0.68, 0.32], gap="medium")
        with brought:
            WAYS[mine.way](mine)
            if refusal := mine.refusal or mine.unused:
                refusal_at("own_data", refusal)
            if mine.sheet is not None:
                _preview(mine, mine.sheet)
            limits = f"at most {MOST_BYTES / 1e6:.0f} MB, {MOST_ROWS:,} rows and {MOST_INPUTS} inputs"
            _said(f"A table: {limits}. It stays in this session, and no link carries it.")
        with chosen:
            if mine.sheet is not None and mine.choices is not None:
                _choices(mine, mine.sheet)
                if made is not None:
                    _summary(made)


def _head(mine: Bringing) -> DeltaGenerator:
    """The heading, the ways to choose from, and Cancel; what is returned has room for more beside them."""
    head = st.container(horizontal=True, vertical_alignment="center", key="own_head")
    with head:
        heading("Your data", width="content")

        def turn(way: str | None) -> None:
            mine.way = way or mine.way

        segmented_control(
            "How",
            [*WAYS, DRAW],
            format_func=str.capitalize,
            label_visibility="collapsed",
            **bound("own_way", mine.way, turn, default="default"),
        )
        button("Cancel", key="own_cancel", on_click=mine.close)
    return head


def _use(*, anyway: bool = False) -> None:
    """Learn the table from now on; what can't be taken is said, and the old run stays."""
    mine = bringing()
    if (made := mine.made()) is None:
        return
    try:
        _learn(made.table, anyway=anyway)
    except ValueError as refusal:
        mine.unused = str(refusal)


def _learn(table: Table, *, anyway: bool = False) -> None:
    """Learn a table from now on, and show the player. Raises: ValueError if it can't be taken."""
    use_table(table, anyway=anyway)
    mine = bringing()
    mine.used = table
    mine.close()


def _upload(mine: Bringing) -> None:
    def read() -> None:
        if (file := st.session_state.get("upload")) is not None:
            mine.read(file.getvalue(), file.name)

    file_uploader(
        "A file: CSV, TSV or other text, with any delimiter",
        key="upload",
        max_upload_size=MOST_BYTES // 1_000_000,
        on_change=read,
    )


def _paste(mine: Bringing) -> None:
    text_area(
        "Paste from a spreadsheet, or type: one row a line, with commas, semicolons or tabs",
        height=150,
        placeholder="width,height,species\n2.1,3.4,alpina\n1.7,2.9,montana",
        **bound("paste", mine.text, mine.paste),
    )


WAYS: dict[str, Way] = {"upload": _upload, "paste": _paste}
"""The ways to bring a table; the first word of each is on its button."""
DRAW = "draw"
"""The way to bring points that are drawn."""


def _preview(mine: Bringing, sheet: Sheet) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _said(f"{sheet.name if sheet.name != PASTED else 'Preview'}: {sheet.facts}")
        toggle(
            "Names in row 1",
            **bound("own_headed", sheet.headed, lambda on: mine.read(mine.given, mine.name, on)),
        )
    shown = {
        column.name: st.column_config.TextColumn(
            f"{column.name} ({column.kind})", alignment="right" if column.kind == "number" else "left"
        )
        for column in sheet.columns
    }
    st.dataframe(
        sheet.preview(),
        key="own_preview",
        hide_index=True,
        height=246,
        column_config=shown,
        placeholder="missing",
    )
    said = remarks(sheet, mine.choices) if mine.choices is not None else []
    for remark in said[:MOST_REMARKS]:
        _said(remark)
    if (more := len(said) - MOST_REMARKS) > 0:
        _said(f"{more} more columns are left out for such reasons.")


def _choices(mine: Bringing, sheet: Sheet) -> None:
    choices = mine.choices
    if choices is None:
        return
    names = [column.name for column in sheet.columns]
    selectbox("Target: what to predict", **one_of(names, "own_target", choices.target, mine.choose_target))
    if sheet[choices.target].kind == "number":
        segmented_control(
            "Learn it as",
            list(TASKS),
            **bound(
                "own_task",
                "classes" if choices.as_classes else "values",
                lambda task: mine.choose(as_classes=task == "classes"),
                default="default",
            ),
        )
        if not choices.as_classes:
            toggle(
                "Standardise target",
                help="Its mean becomes 0 and its deviation 1, over all rows.",
                **bound("own_scaled", choices.scaled_target, lambda on: mine.choose(scaled_target=on)),
            )
    able = [c.name for c in sheet.columns if not c.why_no_input and c.name != choices.target]
    multiselect(
        f"Inputs: {len(choices.inputs)} of {len(able)}; the map shows the first two",
        able,
        **bound(
            "own_inputs",
            [name for name in choices.inputs if name in able],
            lambda chosen: mine.choose(inputs=tuple(chosen)),
            default="default",
        ),
    )
    toggle(
        "Standardise inputs",
        help="Each input's mean becomes 0 and its deviation 1, over the training rows.",
        **bound("own_standardised", choices.standardised, lambda on: mine.choose(standardised=on)),
    )


def _summary(made: Made) -> None:
    """What will be used, counted."""
    table = made.table
    counts = {
        "Rows": f"{made.used:,} of {made.rows:,}",
        "Missing values": f"{made.missing:,}, left out" if made.missing else "none",
        "Inputs": f"{len(table.inputs)}",
        "Target": table.target_name,
    }
    if table.classes:
        counts["Classes"] = f"{len(table.classes)}"
        counts |= {
            f"– {name}": f"{int((table.target == k).sum()):,} rows" for k, name in enumerate(table.classes)
        }
    else:
        counts["Its values"] = f"{significant(table.target.min())} to {significant(table.target.max())}"
    shown = pd.DataFrame({"What will be used": list(counts), "Count": list(counts.values())})
    st.dataframe(shown, key="own_summary", hide_index=True, height=min(420, 36 + 35 * len(shown)))


def _said(sentence: str) -> None:
    """A sentence that may hold names from a file: as plain text, never as markup."""
    st.html(f'<p class="own-said">{html.escape(sentence)}</p>')


def player_needs_all() -> bool:
    """Whether the panel has just gone: the player is new, and lacks everything."""
    mine = bringing()
    closed, mine.closed = mine.closed, False
    return closed
