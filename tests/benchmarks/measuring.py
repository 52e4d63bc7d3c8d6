"""What the benchmarks measure with."""

from __future__ import annotations

import os

import psutil

BLAS = ("OPENBLAS_", "MKL_", "BLIS_", "GOTO_")


def environment_without_blas_variables() -> dict[str, str]:
    """This process's environment as on a fresh machine: BLAS chooses its threads and its kernels itself."""
    return {
        name: value
        for name, value in os.environ.items()
        if not (name.endswith("_NUM_THREADS") or name.startswith(BLAS))
    }


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def cpu_seconds(processes: list[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        try:
            total += sum(process.cpu_times()[:2])
        except psutil.NoSuchProcess:
            continue
    return total
