"""The line under a picture: which experiment it shows, complete enough to make the picture again."""

from __future__ import annotations

from engine import Experiment


def summary(experiment: Experiment) -> str:
    """One line that says how a picture of this run was made."""
    e, problem = experiment, experiment.problem
    blobs = f" of {e.outputs} classes" if problem.any_classes else ""
    share = f"noise {e.noise:.0%}, train {e.train_share:.0%}"
    drawn = f"{e.samples} points, {share}, data seed {e.data_seed}"
    held = " ".join(f"x{k} = {value:g}" for k, value in enumerate(problem.held, start=3))
    layers = f"{'-'.join(map(str, e.dims))}, {' '.join((*e.activations, e.output_activation))}"
    parts = [
        f"{e.dataset}{blobs}, {'given points, all for training' if problem.fixed else drawn}",
        f"map at {held}, the means" if held else "",
        f"inputs {' '.join(e.features)}",
        f"net {layers}",
        f"{e.loss}, {e.optimizer} {e.learning_rate:g}, batch {e.batch_size}",
        f"{e.initializer}, seed {e.seed}",
        " ".join(f"{name} {value:g}" for name, value in e.optimizer_parameters),
        f"{e.regularization} {e.regularization_rate:g}" if e.regularization != "none" else "",
        f"{e.schedule} schedule" if e.schedule != "constant" else "",
        f"clipped at {e.clip_norm:g}" if e.clip_norm else "",
    ]
    return " · ".join(filter(None, parts))
