"""What all tests share."""

from hypothesis import settings

# A busy machine fails a deadline; how fast something is, the benchmarks measure.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
