"""Ready-made sweeps, each of which answers one question."""

from __future__ import annotations

from dataclasses import dataclass

from engine import Experiment
from pages.experiments.settings import SweepSettings


@dataclass(frozen=True)
class SweepPreset:
    """A sweep worth seeing: its label, its question, what it starts from and what it varies."""

    label: str
    question: str
    base: Experiment
    settings: SweepSettings


SIX_LAYERS = Experiment(
    dataset="spiral", hidden=(8,) * 6, activations=("relu",) * 6, optimizer="adam", learning_rate=0.003
)
FIRST = "relu_sigmoid"
PRESETS: dict[str, SweepPreset] = {
    FIRST: SweepPreset(
        "ReLU against sigmoid",
        "Which one learns the spiral through six layers?",
        SIX_LAYERS,
        SweepSettings(success=0.1),
    ),
    "rate_init": SweepPreset(
        "Learning rate × initialiser",
        "How large may a step be, and from which start?",
        Experiment(dataset="xor", hidden=(8, 8, 8), activations=("relu",) * 3),
        SweepSettings(
            "initializer",
            ("zeros", "normal", "glorot_uniform", "he_normal"),
            "learning_rate",
            ("0.01", "0.1", "1"),
            epochs=60,
        ),
    ),
    "width_noise": SweepPreset(
        "Width × noise",
        "When does a wide network learn the noise by heart?",
        Experiment(
            samples=100, train_share=0.3, hidden=(4,), activations=("tanh",),
            optimizer="adam", learning_rate=0.03,
        ),
        SweepSettings(
            "hidden", ("1", "2", "4", "16"), "noise", ("0.1", "0.3", "0.5"), epochs=300, success=0.1
        ),
    ),
    "optimizers": SweepPreset(
        "Optimisers on the spiral",
        "Which one needs the least care with its rate?",
        Experiment(dataset="spiral", hidden=(8, 8), activations=("tanh", "tanh")),
        SweepSettings(
            "optimizer",
            ("sgd", "rmsprop", "adam"),
            "learning_rate",
            ("0.003", "0.03", "0.3"),
            success=0.15,
        ),
    ),
    "batch": SweepPreset(
        "Batch size × learning rate",
        "Do small batches help?",
        Experiment(dataset="xor", hidden=(4,), activations=("tanh",)),
        SweepSettings(
            "batch_size",
            ("1", "10", "all"),
            "learning_rate",
            ("0.01", "0.1", "1"),
            seeds=5,
            epochs=100,
            success=0.1,
        ),
    ),
}  # fmt: skip
OWN = "own"
"""The name of the preset that starts from the playground's experiment, and keeps what is varied."""
OWN_LABEL, OWN_QUESTION = "Your playground", "The same sweep with the network and data of the playground."
