"""What the benchmarks measure with."""

from __future__ import annotations

import os

import psutil


def environment_without_blas_variables() -> dict[str, str]:
    """This process's environment without any limits on threads."""
    return {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}


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
