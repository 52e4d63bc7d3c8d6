"""Looking at a network, broken on purpose: the gradient check, stuck units, loss surfaces."""

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        "one-sided differences", "gradcheck",
        "start + eps * move, start - eps * move", "start + eps * move, start",
        "gradcheck",
    ),
    Mutant(
        "theta left where the check moved it", "gradcheck",
        "moved = Parameters(net.dims, net.bias, net.samples)", "moved = net.parameters",
        "gradcheck",
    ),
    Mutant("kinks that are never said", "gradcheck", "kinks[i] = (", "kinks[i] = False and (", "gradcheck"),
    Mutant(
        "NaN hidden by the maximum", "gradcheck",
        "float(trusted.max())", "float(np.nanmax(trusted))",
        "gradcheck",
    ),
    Mutant(
        "a ReLU dead for one sample", "diagnostics",
        '.all(axis=0).sum()', '.any(axis=0).sum()',
        "diagnostics",
    ),
    Mutant(
        "a ReLU at 0 alive", "diagnostics",
        '(least >= A)', '(least > A)',
        "diagnostics",
    ),
    Mutant(
        "a layer stuck by a single unit", "diagnostics",
        "== A[l].shape[1]", "> 0",
        "diagnostics",
    ),
    Mutant("an output layer that blocks", "diagnostics", "activations[:-1]", "activations", "diagnostics"),
    Mutant(
        "a loss grid on its side", "landscape",
        'plane.at(alphas[i], betas[j]) for j, i in part', 'plane.at(alphas[j], betas[i]) for j, i in part',
        "landscape",
    ),
    Mutant(
        "a weight counted twice on its axis", "landscape",
        "origin[place], unit[place] = 0.0, 1.0", "unit[place] = 1.0",
        "landscape",
    ),
    Mutant(
        "a projection as if u ⟂ v", "landscape",
        "np.linalg.lstsq(basis, offsets.T, rcond=None)[0].T",
        "offsets @ basis / (basis * basis).sum(axis=0)",
        "landscape",
    ),
    Mutant("losses of path and shadow swapped", "landscape", "true, seen)", "seen, true)", "landscape"),
    Mutant(
        "spread for its square", "landscape",
        "sizes[:2] ** 2 / ((sizes**2)", "sizes[:2] / ((sizes)",
        "landscape",
    ),
    Mutant("a path about its start", "landscape", "path - path.mean(axis=0)", "path - path[0]", "landscape"),
    Mutant(
        "an axis whose sign is chance", "landscape",
        "row * np.sign(row[np.abs(row).argmax()])", "-row",
        "landscape",
    ),
    Mutant(
        "directions normalised as a whole", "landscape",
        "np.linalg.norm(W, axis=0) / np.linalg.norm(D, axis=0)", "np.linalg.norm(W) / np.linalg.norm(D)",
        "landscape",
    ),
    Mutant(
        "fine points never measured", "landscape",
        "fresh[::2, ::2] = False", "fresh[::2] = False",
        "landscape",
    ),
    Mutant(
        "a landscape that forgets theta", "landscape",
        "run_forward(self.net, self.trace, self.parameters)",
        "run_forward(self.net, self.trace, self.net.parameters)",
        "landscape",
    ),
    Mutant(
        "a span without a margin", "landscape",
        "margin * np.maximum(width", "0.0 * np.maximum(width",
        "landscape",
    ),
)  # fmt: skip
