"""Ready-made experiments, each of which shows one thing about learning."""

from __future__ import annotations

from dataclasses import dataclass

from engine import Experiment
from pages.playground.opening import OPENING


@dataclass(frozen=True)
class Preset:
    """An experiment worth seeing: its label, and in one sentence what it shows."""

    name: str
    label: str
    explanation: str
    experiment: Experiment


def _tanh(count: int) -> tuple[str, ...]:
    return ("tanh",) * count


PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset(
            "first",
            "Circle",
            "Each neuron of Hidden 1 draws a line; bent and added up, they close around the inner points.",
            OPENING,
        ),
        Preset(
            "line",
            "One line",
            "A single neuron can only draw a straight boundary: enough for two clouds, not for a circle.",
            Experiment(dataset="gauss", hidden=(), activations=(), noise=0.1),
        ),
        Preset(
            "xor_two",
            "XOR with two",
            "Two neurons cut out a band: most points, from a lucky start. The input x₁x₂ makes it easy.",
            Experiment(
                dataset="xor",
                hidden=(2,),
                activations=_tanh(1),
                optimizer="adam",
                learning_rate=0.03,
                seed=3,
            ),
        ),
        Preset(
            "spiral_sines",
            "Spiral, sines",
            "With sin x₁ and sin x₂ as inputs a small network unrolls the spiral.",
            Experiment(
                dataset="spiral",
                features=("x1", "x2", "sin_x1", "sin_x2"),
                hidden=(8, 8),
                activations=_tanh(2),
                optimizer="adam",
                learning_rate=0.01,
            ),
        ),
        Preset(
            "three_arms",
            "Three arms",
            "One output for each class; softmax makes the three sum to 1, like probabilities.",
            Experiment(
                dataset="spiral3",
                hidden=(8, 6),
                activations=_tanh(2),
                output_activation="softmax",
                loss="cce",
                optimizer="adam",
                learning_rate=0.01,
            ),
        ),
        Preset(
            "dead_relus",
            "Dead ReLUs",
            "A learning rate far too high makes ReLUs give 0 for every point, and so they stay.",
            Experiment(
                hidden=(6, 4),
                activations=("relu", "relu"),
                output_activation="linear",
                learning_rate=1.0,
                batch_size=30,
                seed=1,
            ),
        ),
        Preset(
            "vanishing",
            "Vanishing",
            "Six sigmoid layers: the gradient shrinks on its way back, so the first layers hardly learn.",
            Experiment(
                hidden=(6,) * 6,
                activations=("sigmoid",) * 6,
                output_activation="sigmoid",
                loss="bce",
                learning_rate=0.3,
            ),
        ),
        Preset(
            "twins",
            "Twin neurons",
            "Equal weights get equal gradients: without a random start all neurons of a layer stay twins.",
            Experiment(initializer="constant", hidden=(4, 4), activations=_tanh(2)),
        ),
        Preset(
            "overfit",
            "By heart",
            "Few noisy points and a large network: the training loss falls, the test loss climbs.",
            Experiment(
                dataset="moons",
                noise=0.5,
                train_share=0.1,
                hidden=(16, 16),
                activations=_tanh(2),
                optimizer="adam",
                learning_rate=0.01,
            ),
        ),
        Preset(
            "seed_004",
            "5-7-4-3 softmax",
            "Four points, five inputs, from the slides “Neural Networks: forward/backward propagation + "
            "training”. The map is one slice, so the colour under a point is not its answer.",
            Experiment(
                dataset="seed_004",
                features=("x1", "x2", "x3", "x4", "x5"),
                hidden=(7, 4),
                activations=("sigmoid", "sigmoid"),
                output_activation="softmax",
                loss="cce",
                learning_rate=1.0,
                batch_size=4,
            ),
        ),
        Preset(
            "divergence",
            "Diverging",
            "Learning rate 10, linear output: each step overshoots more than the last.",
            Experiment(
                activations=("relu", "relu"), output_activation="linear", loss="mse", learning_rate=10.0
            ),
        ),
        Preset(
            "hills",
            "Six hills",
            "Regression: the network fits a surface with six hills, and R² says how well.",
            Experiment(
                dataset="hills",
                hidden=(12, 12),
                activations=_tanh(2),
                output_activation="linear",
                optimizer="adam",
                learning_rate=0.01,
            ),
        ),
    )
}
