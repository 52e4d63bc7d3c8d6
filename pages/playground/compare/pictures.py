"""The pictures of two runs side by side: maps, curves, weights."""

from __future__ import annotations

import html
import io
from base64 import b64encode

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from pages.figures.alternative import Alternative, number_said
from pages.figures.loss_pair import Curve, loss_pair
from pages.figures.theme import Theme
from pages.figures.weight_heatmaps import weight_heatmaps
from pages.playground.below import epoch_text
from pages.playground.compare.pair import Side
from pages.playground.painter import FULL_WEIGHT
from pages.playground.take.weight_painter import painter_of

SIZE, THUMBNAIL = 400, 96  # px along a side of a map
LETTERS = ("A", "B")


def map_address(side: Side, colours: Theme, size: int = SIZE) -> str:
    """The map of a side, or its weights from pixels, as the address of a PNG; "" where Pillow is missing."""
    try:
        from PIL import Image  # Streamlit brings it, and the app does without
    except ImportError:
        return ""
    experiment = side.run.experiment
    painter = painter_of(experiment, experiment.data(), colours, size, side.plane)
    picture = Image.fromarray(painter.paint(side.timeline.trainer.net, "")[:size])
    picture.putpalette(painter.palette.reshape(-1).tolist())
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return "data:image/png;base64," + b64encode(buffer.getvalue()).decode()


def map_said(letter: str, side: Side) -> str:
    """The map in one sentence, for those who can't see it."""
    problem, moment = side.run.experiment.problem, side.timeline[side.timeline.frame]
    across, up = problem.coordinate_labels[:2]
    loss = f"train loss {number_said(moment.train_loss)}"
    if problem.picture:
        height, width = problem.picture
        return (
            f"First layer of {letter}, {side.name}, at epoch {epoch_text(side.epoch)}: the weights of each "
            f"of its {side.run.experiment.dims[1]} units as a picture of {height} × {width} pixels, coloured "
            f"from −{FULL_WEIGHT} to +{FULL_WEIGHT}. {loss}."
        )
    places = f"as a {side.seen}" if side.seen else f"for each {across} across and {up} upwards"
    return (
        f"Map of {letter}, {side.name}, at epoch {epoch_text(side.epoch)}: what the network says {places}, "
        f"with the points. {loss}."
    )


def map_html(letter: str, side: Side, colours: Theme) -> str:
    """The map with its text, as HTML; every word is text."""
    address = map_address(side, colours)
    said = html.escape(map_said(letter, side), quote=True)
    if not address:
        return f"<p>{said}</p>"
    style = f"width:100%;max-width:{SIZE}px;aspect-ratio:1;display:block;border:1px solid {colours.ink}"
    return f'<img src="{address}" alt="{said}" style="{style}">'


def curves(sides: tuple[Side, Side], colours: Theme) -> tuple[go.Figure, Alternative]:
    """The losses of both, and their text."""
    drawn = [Curve(letter, side.name, *side.losses()) for letter, side in zip(LETTERS, sides, strict=True)]
    tested = all(len(side.timeline.trainer.Y_test) for side in sides)
    title = "Test loss" if tested else "Loss"
    ends = [
        f"{one.letter} ({one.name}) from {number_said(one.losses[0])} to {number_said(one.losses[-1])}"
        for one in drawn
    ]
    table = pd.concat(
        [pd.DataFrame({"run": curve.letter, "epoch": curve.epochs, "loss": curve.losses}) for curve in drawn]
    )
    return loss_pair(drawn, colours, title=title), Alternative(title, f"{title}: {'; '.join(ends)}.", table)


def weights(letter: str, side: Side, colours: Theme) -> tuple[go.Figure, Alternative]:
    """The weights of one, and their text."""
    net, experiment = side.timeline.trainer.net, side.run.experiment
    labels = [experiment.problem.features[name].label for name in experiment.features]
    title = f"Weights of {letter} at epoch {epoch_text(side.epoch)}"
    figure = weight_heatmaps(net.W, net.b, labels, colours, title=title)
    theta = net.theta
    said = f"{title}: {len(theta)} from {number_said(theta.min())} to {number_said(theta.max())}."
    return figure, Alternative(
        title, said, pd.DataFrame({"parameter": np.arange(len(theta)), "value": theta})
    )
