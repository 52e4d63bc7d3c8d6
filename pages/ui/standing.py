"""What is looked at when training stands still: every weight, and the whole history of the loss."""

from __future__ import annotations

import streamlit as st

from engine import FEATURES
from pages.figures.camera import PICTURE_FORMATS, camera_config
from pages.figures.loss_history import loss_history
from pages.figures.weight_heatmaps import weight_heatmaps
from pages.live.session import Session
from pages.ui.shell import theme


def standing_still(user: Session) -> None:
    """Draw the figures of the shown frame; they are redrawn on page load, pause and step."""
    timeline, e = user.timeline, user.experiment
    timeline.seek(min(user.shown, timeline.last))
    frame, seen = timeline[timeline.frame], slice(user.reached + 1)
    net = timeline.trainer.net
    colours = theme()
    with st.container(horizontal=True, vertical_alignment="bottom", key="standing_controls"):
        log = st.segmented_control(
            "Loss axis", ["log", "linear"], default="log", key="loss_axis", required=True
        )
        picture = st.segmented_control(
            "Camera saves",
            list(PICTURE_FORMATS),
            default="png",
            format_func=PICTURE_FORMATS.__getitem__,
            key="picture_format",
            required=True,
        )
    st.plotly_chart(
        weight_heatmaps(
            net.W,
            net.b,
            [FEATURES[name].label for name in e.features],
            colours,
            title=f"Weights at epoch {frame.epoch}",
        ),
        theme=None,
        key="weights",
        config=camera_config(f"weights-epoch-{frame.epoch}", picture or "png"),
    )
    st.plotly_chart(
        loss_history(
            timeline.epochs[seen],
            timeline.train_losses[seen],
            timeline.test_losses[seen],
            colours,
            log=log != "linear",
            mark=frame.epoch,
            title="Loss over the run",
        ),
        theme=None,
        key="losses",
        config=camera_config("loss", picture or "png"),
    )
