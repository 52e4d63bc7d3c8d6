"""The loss landscape told to a pupil: what the plane is, what a point on it is, why two losses differ."""

from __future__ import annotations

import html

SHOWN = (
    "Each point of this plane is the whole network with other weights and biases. Its colour, and in space "
    "its height, is the loss that this network has on the training data."
)
PATH = "The path is the training, from the start to the frame that is shown."
PATHS = "Each path is the training by one optimiser, from the start to the epoch that is shown."
SUMMARY = "How to read this plane"
PLANE = (
    "What is the plane?",
    "All weights and biases of this network together are {numbers}, and so one point in a space with as many "
    "directions. No picture shows such a space. The plane is a flat cut through it, with two directions.",
)
LOSSES = (
    "Why isn't the true loss that of the surface?",
    "Training changes all the numbers, so the path leaves the plane. It is drawn as its shadow: at the "
    "nearest points of the plane. The surface shows the loss at the shadow, which is another network; the "
    "true loss is that of the network itself. The farther it is from the plane, the less the surface says "
    "about it.",
)
THROUGH = (
    "Which frame does it go through?",
    "The network of one frame lies right on the plane, at a distance of 0: there both losses are equal. You "
    "choose whether that is the last frame or the one that is shown.",
)
SHARED = (
    "Where does it lie in a race?",
    "All paths share one plane. It goes through the mean of their points, in the two directions in which "
    "these differ most, and so may hold none of them exactly.",
)


def explained(parameters: int, racing: bool) -> str:
    """A sentence on what is drawn, and below it the answers to what pupils ask, folded away, as HTML.

    Args: parameters: how many weights and biases the network has.
    """
    answers = [PLANE, LOSSES, SHARED if racing else THROUGH]
    numbers = f"{parameters:,} numbers"
    parts = "".join(
        f"<div><dt>{html.escape(question)}</dt><dd>{html.escape(answer.format(numbers=numbers))}</dd></div>"
        for question, answer in answers
    )
    return (
        f'<div class="landscape-explained"><p>{html.escape(f"{SHOWN} {PATHS if racing else PATH}")}</p>'
        f"<details><summary>{SUMMARY}</summary><dl>{parts}</dl></details></div>"
    )
