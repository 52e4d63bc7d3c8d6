"""Every optimizer of the table with every combination of its switches: what the tests of rules run over."""

from itertools import product

from engine.optimizers import OPTIMIZERS, make_optimizer


def _values(row):
    """A switch off and on; a number at its default and at another, which is 0 if 0 is not the default."""
    if row.is_bool:
        return False, True
    return row.default, 0.6 if row.default == 0 else 0.5 * row.default


def variants(name):
    """The parameters of each combination that the rule takes."""
    rows = OPTIMIZERS[name].parameters
    for values in product(*(_values(row) for row in rows)):
        parameters = dict(zip((row.name for row in rows), values, strict=True))
        try:
            make_optimizer(name, **parameters)
        except ValueError:
            continue  # Nesterov's look-ahead needs a momentum
        yield parameters


def switches():
    """(name, parameters) of each combination in which a number is at its default or, if that is 0, not 0."""
    for name, row in OPTIMIZERS.items():
        still = {p.name: p.default for p in row.parameters if not p.is_bool and p.default != 0}
        yield from ((name, v) for v in variants(name) if still.items() <= v.items())
