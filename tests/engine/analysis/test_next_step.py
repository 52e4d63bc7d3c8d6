"""What the next step would be is what a trainer does whose mini-batch is the whole data set."""

from dataclasses import replace

import numpy as np
import pytest

from engine import OPTIMIZERS, Network, Trainer
from engine.analysis.next_step import next_step
from engine.runs.settings import Settings

RNG = np.random.default_rng(5)
X, Y = RNG.normal(size=(12, 3)), RNG.normal(size=(12, 2))
ADDED = (
    {}, {"l1": 0.1}, {"l2": 0.2}, {"weight_decay": 0.1}, {"clip_norm": 0.05}, {"frozen": (0, 7)},
    {"clip_norm": 0.05, "frozen": (0, 7)},
)  # fmt: skip


def trained(settings):
    net = Network((3, 4, 2), ("tanh", "linear"), rng=2)
    trainer = Trainer(
        net, X, Y, loss="mse", optimizer=settings.make_optimizer(), batch_size=12, shuffle=False
    )
    settings.apply(trainer)
    trainer.epochs(3)
    return trainer


def gradient_of(trainer):
    return trainer.net.backward(trainer.net.forward(X), Y, trainer.loss).theta


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("added", ADDED, ids=str)
def test_it_is_what_a_full_batch_trainer_does(name, added):
    settings = Settings(optimizer=name, learning_rate=0.01, schedule="exponential", **added)
    trainer = trained(settings)
    before, memory = trainer.net.theta.copy(), trainer.optimizer.state()
    step = next_step(trainer, settings, gradient_of(trainer))
    np.testing.assert_array_equal(trainer.net.theta, before)
    np.testing.assert_equal(trainer.optimizer.state(), memory)
    trainer.epoch()
    np.testing.assert_allclose(step, trainer.net.theta - before, rtol=1e-9, atol=1e-15)


def test_settings_that_are_only_chosen_so_far_count_at_once():
    trainer = trained(Settings())
    gradient = gradient_of(trainer)
    step = next_step(trainer, Settings(learning_rate=0.5), gradient)
    np.testing.assert_allclose(step, -0.5 * gradient, rtol=1e-12, atol=1e-15)


def test_a_step_is_plain_only_if_nothing_but_the_gradient_makes_it():
    assert Settings(schedule="exponential", frozen=(1,)).plain
    for added in ADDED[1:5]:
        assert not Settings(**added).plain
    assert not Settings(parameters=(("momentum", 0.9),)).plain
    assert not replace(Settings(), optimizer="adam").plain
