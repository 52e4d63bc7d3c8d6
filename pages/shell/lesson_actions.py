"""What can be done in the views of the pages, by the names that a teacher's link uses, in plain words."""

from __future__ import annotations

ACTIONS: dict[str, dict[str, str]] = {
    "playground": {
        "play": "Play",
        "pause": "Pause",
        "step": "Step",
        "step-back": "Step back",
        "reset": "Reset",
        "scrub": "Timeline",
        "new-weights": "New weights",
        "set-weight": "Setting a weight or bias by hand",
        "freeze": "Freezing a weight or bias",
        "undo": "Undo",
        "try": "Trying what is suggested against a diagnosis",
        "jump": "Going to the frame at which a diagnosis began",
        "add-neuron": "Adding a neuron in the diagram",
        "remove-neuron": "Removing a neuron in the diagram",
        "activation": "Choosing an activation in the diagram",
        "features": "Choosing inputs in the diagram",
        "discretize": "Discretize",
        "test-data": "Test data on the map",
        "log-scale": "Log or linear scale of the losses",
        "probe": "Moving the probe",
        "probe-point": "Moving the probe to a data point",
        "work-point": "Working the probe's point on the page Backprop",
        "inside": "Opening an inside view",
        "inside-layer": "Choosing the layer of an inside view",
        "inside-batch": "The mini-batch's gradient",
        "inside-close": "Closing an inside view",
        "last-run": "Going back to the last run",
        "save-png": "Saving a picture",
        "save-map": "Saving the map as a picture",
        "copy-link": "Copying a link",
    },
    "gradient-descent": {
        "play": "Play",
        "pause": "Pause",
        "step": "Step",
        "step-back": "Step back",
        "reset": "Back to the first step",
        "scrub": "Timeline",
        "start": "Moving the start",
        "step_size": "Moving the step size on its axis",
        "race": "Paths of the race",
        "zoom-in": "Nearer",
        "zoom-out": "Farther",
        "zoom-home": "The whole domain",
        "save-png": "Saving a picture (PNG)",
        "save-svg": "Saving a picture (SVG)",
    },
    "backprop": {
        "next": "Next",
        "back": "Back",
        "first": "To the first step",
        "last": "To the last step",
        "step": "Choosing a step above the board",
        "segment": "Choosing a layer above the board",
        "both-notations": "Both notations",
        "alternative": "Another way to the same result",
        "derivation": "Derived line by line",
    },
}
"""Page -> data-action of what is pressed, moved or typed there, or done by a key -> how the dialog calls it.

What has the name of a control is locked and hidden with it: on the playground "activation", for one.
"""
