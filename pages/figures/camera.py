"""The mode bar above a figure: a camera, and nothing else."""

from __future__ import annotations

PICTURE_FORMATS = {"png": "PNG ×3", "svg": "SVG"}
"""Format -> label. Plotly's camera saves in one format, so a switch on the page chooses which."""


def camera_config(filename: str, picture_format: str = "png") -> dict[str, object]:
    """Plotly configuration whose only button saves the figure as `filename`.png or .svg.

    Args:
        filename: name of the saved file, without its ending.
        picture_format: a key of PICTURE_FORMATS. PNG has three times the pixels of the screen.
    Raises: ValueError for another format.
    """
    if picture_format not in PICTURE_FORMATS:
        allowed = ", ".join(PICTURE_FORMATS)
        raise ValueError(f"picture_format must be one of {allowed}. Got {picture_format!r}.")
    return {
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {
            "filename": filename,
            "format": picture_format,
            "height": None,
            "width": None,
            "scale": 3 if picture_format == "png" else 1,
        },
    }
