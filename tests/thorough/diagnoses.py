"""False alarms over healthy runs, and whether what is suggested ends what it is suggested against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from engine.analysis.kinds import KINDS
from tests.engine.analysis.healthy_runs import drawn, healthy_runs
from tests.engine.analysis.ill_runs import drawn_ill, ends_with_remedy, lasting, watched

HEALTHY, MOST_ALARMS = 50, 2
RUNS, LEAST_ENDED, MOST_DRAWN = 10, 8, 60


@dataclass
class Alarms:
    """The diagnoses of healthy runs; a ReLU that gives 0 at every point is told rightly: counted apart."""

    name: str = "healthy runs"
    told: list[str] = field(default_factory=list)
    dead: int = 0

    def report(self) -> bool:
        """Print the figures; says whether all was well."""
        for number, (seed, _) in enumerate(healthy_runs(HEALTHY), start=1):
            timeline, watch = watched(drawn(seed))
            outputs = np.hstack(timeline.trainer.activations()[1:-1])
            found = watch.diagnoses(timeline)
            truly = [one for one in found if one.kind == "dead" and not outputs[:, one.unit].any()]
            self.dead += bool(truly)
            self.told += [f"run {number}, seed {seed}: {one}" for one in found if one not in truly]
        print(f"{self.name:18} {HEALTHY:6} false alarms {len(self.told)}, with dead units indeed {self.dead}")
        for alarm in self.told:
            print("   ", alarm)
        return len(self.told) <= MOST_ALARMS


@dataclass
class Suggestions:
    """The first ten of the drawn runs that give a diagnosis, each with its suggestion taken."""

    kind: str

    def report(self) -> bool:
        """Print the figures; says whether all was well."""
        given = ended = tried = 0
        for experiment in islice(drawn_ill(self.kind), MOST_DRAWN):
            tried += 1
            timeline, watch = watched(experiment)
            if lasting(self.kind, timeline, watch):
                given += 1
                ended += ends_with_remedy(self.kind, timeline, watch)
            if given == RUNS:
                break
        print(f"{self.kind:18} given in {given} of {tried} runs, ended by its suggestion in {ended}")
        return given == RUNS and ended >= LEAST_ENDED


def sweep_diagnoses() -> Iterable[Alarms | Suggestions]:
    """Healthy runs, then each diagnosis with its suggestion."""
    return [Alarms(), *map(Suggestions, KINDS)]
