"""Runs one of the benchmarks: `python -m tests.benchmarks live` or `engine`, with --help for its options."""

import importlib
import sys

names = ["engine", "live", "opening", "recovery", "sweep"]
if len(sys.argv) < 2 or sys.argv[1] not in names:
    sys.exit(f"usage: python -m tests.benchmarks {'|'.join(names)} [options]")
importlib.import_module(f"tests.benchmarks.{sys.argv[1]}").main(sys.argv[2:])
