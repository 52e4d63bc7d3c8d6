"""Networks with fixed numbers, broken on purpose."""

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant("torch's draws with 23 bits", "systems", "0xFFFFFF) / 2**24", "0x7FFFFF) / 2**23", "systems"),
    Mutant("weights drawn in×out", "systems", "W.T.ravel()", "W.ravel()", "systems"),
    Mutant("the last sample's biases for all", "systems", "_SEED_000[63:68]", "_SEED_000[78:83]", "systems"),
)  # fmt: skip
