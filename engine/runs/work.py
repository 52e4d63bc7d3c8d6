"""How much work training is, counted in multiply-adds: the same number on every machine."""

LAYER = 20_000
"""What a layer costs a step besides its arithmetic: the time of its calls, counted in multiply-adds."""
MOST_WORK = 2 * 10**9
"""Most work of one frame: some seconds, ten on a slow machine."""
SLICE = 4 * 10**6
"""Work between two pauses: a few milliseconds, some twenty on a slow machine."""
MOST_SWEEP = 10**12
"""Most work of all runs of a sweep: about ten minutes of one processor, more on a slow machine."""


def step_work(batch: int, parameters: int, layers: int) -> int:
    """The multiply-adds of one mini-batch step: forward once, backward twice.

        w = 3 · batch · P + 20,000 · L

    Args: batch: samples of the mini-batch; parameters: P; layers: L, without the inputs.
    """
    return 3 * batch * parameters + LAYER * layers


def run_work(epochs: int, samples: int, batch: int, parameters: int, layers: int) -> int:
    """The multiply-adds of one run that is measured after every epoch, which costs about a step over all.

        epochs · (⌈N / batch⌉ · w(batch) + w(N))      w: see step_work

    Args: samples: N, those for training; the others as for step_work.
    """
    steps = -(-samples // batch)
    epoch = steps * step_work(batch, parameters, layers) + step_work(samples, parameters, layers)
    return epochs * epoch
