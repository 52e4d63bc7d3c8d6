"""Looking at a network, broken on purpose: the gradient check, stuck units, loss surfaces."""

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        "the better of the two runs in the middle", "spread",
        "order[len(order) // 2]", "order[(len(order) - 1) // 2]",
        "spread",
    ),
    Mutant(
        "a run that overflowed counted by its last finite loss", "spread",
        'if outcome.stopped == "diverged":\n        return np.inf', "if False:\n        return np.inf",
        "spread",
    ),
    Mutant(
        "quartiles of the nearest value", "spread",
        "low + (high - low) * share", "low + (high - low) * (share > 0.5)",
        "spread",
    ),
    Mutant(
        "one-sided differences", "gradcheck",
        "start + eps * move, start - eps * move", "start + eps * move, start",
        "gradcheck",
    ),
    Mutant(
        "theta left where the check moved it", "objective",
        "moved = Parameters(net.dims, net.bias, net.samples)", "moved = net.parameters",
        "gradcheck",
    ),
    Mutant(
        "kinks that are never said", "gradcheck",
        "kink=bool(kink)", "kink=False",
        "gradcheck differences",
    ),
    Mutant(
        "a second derivative that may jump", "objective",
        "for kink in (g.kink, g.bend)", "for kink in (g.kink,)",
        "gradcheck differences",
    ),
    Mutant(
        "a floor that excuses a needlessly small ε", "gradcheck",
        "self.eps / np.maximum(self.eps, NEEDLESS)", "1",
        "differences",
    ),
    Mutant(
        "a plain error that is allowed for", "gradcheck",
        "return self._error(0.0)", "return self._error(self.floor)",
        "gradcheck differences",
    ),
    Mutant(
        "a largest error that is not allowed for", "gradcheck",
        "return self.largest(self.allowed_error)", "return self.largest(self.relative_error)",
        "gradcheck differences",
    ),
    Mutant(
        "an error over the larger of the two", "gradcheck",
        "np.maximum(np.abs(self.analytic) + np.abs(self.numeric), floor)",
        "np.maximum(np.maximum(np.abs(self.analytic), np.abs(self.numeric)), floor)",
        "gradcheck",
    ),
    Mutant(
        "ε² taken out with the wrong weight", "differences",
        "4**power - 1", "2**power - 1",
        "differences",
    ),
    Mutant(
        "the largest ε that agrees", "differences",
        "agreeing[-2:][0]", "agreeing[-1]",
        "differences",
    ),
    Mutant(
        "ε doubled whatever the values say", "differences",
        "if not all(abs(", "if not any(True or abs(",
        "differences",
    ),
    Mutant(
        "NaN that agrees with numbers", "differences",
        "if not all(abs(new.slope - old.slope) <= noise / new.eps + noise / old.eps for old",
        "if any(abs(new.slope - old.slope) > noise / new.eps + noise / old.eps for old",
        "differences",
    ),
    Mutant(
        "a slope across a kink", "differences",
        "[one for one in plain if not one.kink]", "plain",
        "differences",
    ),
    Mutant(
        "NaN hidden by the maximum", "gradcheck",
        "float(trusted.max())", "float(np.nanmax(trusted))",
        "gradcheck",
    ),
    Mutant(
        "a ReLU dead for one sample", "looks",
        "np.add.reduce(outside", "np.maximum.reduce(outside",
        "looks",
    ),
    Mutant("a ReLU at 0 alive", "looks", "(least >= A)", "(least > A)", "looks"),
    Mutant(
        "twins by their weights in alone", "looks",
        "parameters.blocks[l], onward)", "parameters.blocks[l],)",
        "looks",
    ),
    Mutant(
        "the gradient of the second layer", "looks",
        "float(self.gradient_norms[0])", "float(self.gradient_norms[1])",
        "looks",
    ),
    Mutant(
        "a diagnosis that forgets where it began", "watch",
        "self.since[k] = self._began[k]", "self.since[k] = frame",
        "watch",
    ),
    Mutant(
        "signs that needn't come in a row", "watch",
        "np.where(turns, self._run + 1, 0)", "self._run + turns",
        "watch",
    ),
    Mutant("looks that outlive their frames", "watch", "del self._looks[kept:]", "pass", "watch"),
    Mutant("a tanh that may die", "kinds", "g.alive == (0.0, inf)", "-inf < g.alive[0]", "watch"),
    Mutant(
        "a plateau though all is learned", "kinds",
        "level(look.step_ratio, 3e-5, 1e-5), _unlearned(look))", "level(look.step_ratio, 3e-5, 1e-5))",
        "watch",
    ),
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
        "forward_pass(net, self.trace, self.parameters)",
        "forward_pass(net, self.trace, net.parameters)",
        "landscape",
    ),
    Mutant(
        "a span without a margin", "landscape",
        "margin * np.maximum(width", "0.0 * np.maximum(width",
        "landscape",
    ),
    Mutant(
        "a plane of another network", "landscape",
        "if self.origin.size != net.theta.size:", "if False:",
        "refusals",
    ),
    Mutant(
        "frozen parameters in the norm of the next step", "next_step",
        "free = np.delete(g, settings.frozen)", "free = g",
        "next_step",
    ),
)  # fmt: skip
