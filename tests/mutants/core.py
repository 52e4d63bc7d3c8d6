"""The core broken on purpose: functions, passes, optimisers, training, and the checks they stand on."""

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        "element-wise softmax in a hidden layer", "activations",
        "yield np.subtract, dA, of_row, dZ\n    yield np.multiply, dZ, A, dZ",
        "yield np.subtract, 1, A, A\n    yield np.multiply, dZ, A, dZ",
        "gradcheck",
    ),
    Mutant(
        "softmax without subtracting the maximum", "activations",
        "np.subtract, Z, of_row, A", "np.positive, Z, A",
        "traps",
    ),
    Mutant(
        "softmax over the samples", "activations",
        "yield row_sums, A, of_row", "yield row_sums, A[:1] * len(A), of_row",
        "golden",
    ),
    Mutant("tanh' = 1 − a", "activations", "np.multiply, A, A, out", "np.positive, A, out", "gradcheck"),
    Mutant(
        "sigmoid' without (1 − a)", "activations",
        "np.multiply, out, A, out  # σ'", "np.positive, A, out  # σ'",
        "native_seeds",
    ),
    Mutant(
        "sigmoid that overflows", "activations",
        "np.maximum, Z, bound, A", "np.positive, Z, A",
        "activations",
    ),
    Mutant(
        "ReLU gradient 1 at 0 by default", "activations",
        "grad_at_zero: float = 0.0", "grad_at_zero: float = 1.0",
        "traps",
    ),
    Mutant(
        "ReLU that hides NaN", "activations",
        "np.maximum, Z, 0, A", "np.fmax, Z, 0, A",
        "traps",
    ),
    Mutant(
        "leaky ReLU with slope 1 at 0", "activations",
        "np.heaviside, Z, 0, out", "np.heaviside, Z, 1, out",
        "traps",
    ),
    Mutant(
        "ELU' = exp(z) right of 0 too", "activations",
        "np.minimum, Z, 0, out  # g'", "np.positive, Z, out  # g'",
        "gradcheck",
    ),
    Mutant(
        "ELU' = a + 1, which is 0 far left", "activations",
        "np.minimum, Z, 0, out  # g' = exp(z) left of 0, and 1 at 0 and right of it\n"
        "    yield np.exp, out, out",
        "np.minimum, A, 0, out\n    yield np.add, out, 1, out",
        "traps",
    ),
    Mutant(
        "GELU' without z·φ(z)", "activations",
        "np.add, cdf, out, out", "np.positive, cdf, out",
        "gradcheck",
    ),
    Mutant(
        "SiLU' with σ for 1 − σ", "activations",
        "np.subtract, 1, out, rest", "np.positive, out, rest",
        "gradcheck",
    ),
    Mutant(
        "softplus that overflows", "activations",
        "yield np.logaddexp, 0, Z, A", "yield np.exp, Z, A\n    yield np.log1p, A, A",
        "traps",
    ),
    Mutant(
        "softsign' that forgets its square", "activations",
        "np.square, out, out", "np.positive, out, out",
        "gradcheck",
    ),
    Mutant(
        "a step that lets gradients through", "activations",
        "np.subtract, A, A, out", "np.square, A, out",
        "activations",
    ),
    Mutant("a step that is never stuck", "activations", "alive=(0.0, 0.0), ", "", "looks"),
    Mutant(
        "sigmoids that lie flat only at 1", "activations",
        'alive=(0.005, 0.995), sign="σ"', 'alive=(-inf, 0.995), sign="σ"',
        "looks",
    ),
    Mutant("a loss divisor off by K", "losses", "1.0 / A.size", "1.0 / len(A)", "losses"),
    Mutant("squared losses whose gradient lacks the 2", "losses", "2 * scale(A)", "scale(A)", "gradcheck"),
    Mutant(
        "the wrong cross-entropy sign", "losses",
        "np.subtract, dZ, Y, dZ", "np.subtract, Y, dZ, dZ",
        "golden",
    ),
    Mutant(
        "cross-entropy that takes every row of Y as one-hot", "losses",
        "np.multiply, A, of_row, dZ", "np.positive, A, dZ",
        "properties",
    ),
    Mutant(
        "cross-entropy divided by N·K", "losses",
        "return total / len(Y)", "return total / Y.size",
        "golden",
    ),
    Mutant("row losses that divide by all rows", "losses", "* scale(A[:1])", "* scale(A)", "losses"),
    Mutant("row losses that forget 0·∞", "losses", "((Y == 0) & ~np", "((Y < 0) & ~np", "losses"),
    Mutant("0·∞ in cross-entropy", "losses", "if not math.isfinite(total):", "if False:", "traps"),
    Mutant(
        "binary cross-entropy from probabilities", "losses",
        "return Y * np.logaddexp(0, -Z) + (1 - Y) * np.logaddexp(0, Z)",
        "return -Y * np.log(A) - (1 - Y) * np.log(1 - A)",
        "traps",
    ),
    Mutant("MAE uphill", "losses", "np.sign, dA, dA", "np.negative, dA, dA", "losses"),
    Mutant("Huber quadratic beyond delta", "losses", "near = np.minimum(r, delta)", "near = r", "losses"),
    Mutant(
        "Huber' that forgets delta", "losses",
        "np.minimum, dA, delta, dA", "np.minimum, dA, 1, dA",
        "gradcheck",
    ),
    Mutant(
        "a bias gradient that averages", "network",
        "            yield np.positive, dZ[l], db  # every",
        "            yield np.positive, dZ[l], db\n        elif db is not None:\n"
        "            yield np.divide, db, len(Y), db  # every",
        "golden",
    ),
    Mutant(
        "per-sample bias gradients summed up", "network",
        "yield np.positive, dZ[l], db", "yield np.copyto, db, dZ[l][:1]",
        "native_seeds",
    ),
    Mutant(
        "a dropped transpose", "network",
        "np.dot, W[l], gradient.dZ_T[l], gradient.dA_T[l]",
        "np.dot, W[l].T.reshape(W[l].shape), gradient.dZ_T[l], gradient.dA_T[l]",
        "golden",
    ),
    Mutant(
        "the slope of the next layer's activation", "network",
        "key=lambda l: net.activations[l])", "key=lambda l: net.activations[min(l + 1, layers - 1)])",
        "native_seeds",
    ),
    Mutant(
        "dL/dX left out", "network",
        "np.dot(self.W[0], gradient.dZ_T[0], gradient.dA_T[0])", "pass",
        "golden",
    ),
    Mutant(
        "a trace that the next call overwrites", "network",
        "trace = Trace(self, len(matrix))",
        'trace = vars(self).setdefault("kept", Trace(self, len(matrix)))',
        "network",
    ),
    Mutant(
        "L2 on biases", "parameters",
        "np.repeat((1.0, 0.0), size)", "np.repeat((1.0, 1.0), size)",
        "training",
    ),
    Mutant(
        "W apart from theta", "parameters",
        "Weights(layer[:fan_in] for", "Weights(layer[:fan_in].copy() for",
        "network",
    ),
    Mutant(
        "another theta than that of the views", "parameters",
        'self._theta[...] = as_shaped("theta", values, self._theta.shape)',
        "self._theta = np.asarray(values)",
        "network",
    ),
    Mutant(
        "an assigned layer that stretches", "parameters",
        "as_shaped(name, values, view.shape).copy()", "np.array(values)",
        "network",
    ),
    Mutant(
        "layers that overwrite each other while they are assigned", "parameters",
        "view.shape).copy()", "view.shape)",
        "network",
    ),
    Mutant(
        "a copied gradient whose theta is not its dW's", "parameters",
        "memo.update({id(self._theta): twin._theta, id(self.W): twin.W, id(self.b): twin.b})", "pass",
        "network",
    ),
    Mutant(
        "a copied trainer that trains the original's buffers", "training",
        "twin._make_buffers()  # copied", "pass  # copied",
        "network",
    ),
    Mutant(
        "a copied trainer whose samples are in another order", "training",
        "twin._gather()\n        twin", "twin",
        "network",
    ),
    Mutant(
        "bce of targets beyond 1", "losses",
        "target_range=(0.0, 1.0)", "target_range=(0.0, math.inf)",
        "losses",
    ),
    Mutant(
        "cce of targets below 0", "losses",
        "target_range=(0.0, math.inf)", "target_range=(-math.inf, math.inf)",
        "losses",
    ),
    Mutant(
        "the gradient for one 1 in a row given to any number of them", "losses",
        "(Y.sum(axis=1) == 1).all()", "True",
        "built_step",
    ),
    Mutant(
        "the gradient for one 1 in a row given to shares", "losses",
        "not (((Y == 0) | (Y == 1)).all() and", "not (True and",
        "built_step",
    ),
    Mutant(
        "targets that nobody checks", "network",
        "loss.check_targets(name, targets)", "pass",
        "losses",
    ),
    Mutant(
        "targets in range that are refused at their bounds", "arrays",
        "(value < least) | (value > most)", "(value <= least) | (value >= most)",
        "losses",
    ),
    Mutant(
        "threads for a mini-batch of many samples", "training",
        "one_blas_thread if mini else self._measuring_threads", "self._measuring_threads",
        "training",
    ),
    Mutant(
        "imaginary parts dropped", "arrays",
        'in "biuf"', 'in "biufc"',
        "arrays",
    ),
    Mutant(
        "a mask dropped", "arrays",
        "if any(isinstance(row, np.ma.MaskedArray) for row in rows):", "if False:",
        "arrays",
    ),
    Mutant(
        "(N,) taken for (N, 1)", "arrays",
        "matrix = as_reals(name, value)",
        "matrix = as_reals(name, value)\n"
        "    matrix = matrix[:, None] if matrix.ndim == 1 else matrix",
        "traps",
    ),
    Mutant("rows that needn't match", "arrays", "and rows in (None, len(matrix))", "", "arrays"),
    Mutant(
        "a batch of no samples", "arrays",
        "matrix.ndim == 2 and len(matrix) and", "matrix.ndim == 2 and",
        "arrays",
    ),
    Mutant("above that includes its bound", "arrays", "above < number", "above <= number", "arrays"),
    Mutant("most that excludes its bound", "arrays", "number <= most", "number < most", "arrays"),
    Mutant("infinity where no bound is", "arrays", "isfinite(number) and above", "above", "arrays"),
    Mutant(
        "True as the number 1", "arrays",
        "isinstance(value, bool | np.bool_) or", "False or",
        "arrays",
    ),
    Mutant(
        "3.0 as a count", "arrays",
        "not isinstance(value, int | np.integer)", "value != int(value)",
        "arrays",
    ),
    Mutant(
        "infinity in the data taken", "arrays",
        "if not np.isfinite(value).all():", "if np.isnan(value).any():",
        "arrays",
    ),
    Mutant(
        "the column of a NaN called its row", "arrays",
        "np.argwhere(~np.isfinite(value))[0][0]", "np.argwhere(~np.isfinite(value))[0][-1]",
        "arrays",
    ),
    Mutant(
        "another seed for None each time", "arrays",
        "return np.random.default_rng(seed)", "return np.random.default_rng(rng)",
        "arrays",
    ),
    Mutant(
        "a negative seed taken", "arrays",
        "or seed < 0:", "or False:",
        "refusals",
    ),
    Mutant(
        "True as the seed 1", "arrays",
        "isinstance(seed, bool) or", "False or",
        "refusals",
    ),
    Mutant(
        "things of another type taken", "arrays",
        "if not isinstance(value, kind):", "if False:",
        "refusals",
    ),
    Mutant(
        "a text taken for the list of its letters", "arrays",
        "if isinstance(value, str) or not isinstance(value, Iterable):",
        "if not isinstance(value, Iterable):",
        "refusals",
    ),
    Mutant(
        "an array compared with the names of options", "arrays",
        "isinstance(value, np.ndarray) or value not in options", "value not in options",
        "refusals",
    ),
    Mutant(
        "the trace of any network taken", "network",
        "if ours != theirs:", "if False:",
        "refusals",
    ),
    Mutant(
        "the trace of a network without biases taken", "network",
        "_layout(self.dims, self.bias == \"shared\"), trace.layout",
        '_layout(self.dims, True), _layout([A.shape[1] for A in trace.A], True)',
        "refusals",
    ),
    Mutant(
        "a step that a list can't take", "optimizers",
        'if not isinstance(theta, np.ndarray) or theta.dtype.kind != "f":', "if False:",
        "refusals",
    ),
    Mutant(
        "a gradient of any type", "optimizers",
        'if type(grad_theta) is not np.ndarray or grad_theta.dtype.kind != "f":', "if False:",
        "refusals",
    ),
    Mutant(
        "a damaged generator that is found out when half is loaded", "training",
        'kind(0).state = state["generator"]', "pass",
        "refusals",
    ),
    Mutant(
        "a state without its parts", "training",
        "if not isinstance(state, Mapping) or not state.keys() >= set(STATE):", "if False:",
        "refusals",
    ),
    Mutant(
        "Adam without the correction of its mean", "optimizers",
        "c / (1.0 - self.beta1**self.step_count)", "c",
        "optimizers",
    ),
    Mutant(
        "Adam without the correction of its squares", "optimizers",
        "c = sqrt(1.0 - self.beta2**self.step_count)", "c = 1.0",
        "optimizers",
    ),
    Mutant(
        "Nesterov without the look-ahead", "optimizers",
        "if self.nesterov:\n            direction", "if False:\n            direction",
        "optimizers",
    ),
    Mutant(
        "lines in which the first velocity isn't the gradient", "optimizers",
        "fresh if self.step_count else g", "fresh",
        "optimizers",
    ),
    Mutant(
        "lines that forget the decay", "optimizers",
        "elif self.weight_decay:\n            yield \"g\"", "elif False:\n            yield \"g\"",
        "optimizers",
    ),
    Mutant(
        "AdamW with coupled decay", "optimizers",
        "decoupled = True", "decoupled = False",
        "optimizers",
    ),
    Mutant(
        "momentum lost at load_state", "optimizers",
        "setattr(self, name, copy(value))",
        "setattr(self, name, np.zeros_like(value) if isinstance(value, np.ndarray) else value)",
        "properties",
    ),
    Mutant(
        "an optimiser's state that is no copy", "optimizers",
        "copy(getattr(self, row.name))", "getattr(self, row.name)",
        "properties",
    ),
    Mutant(
        "sign(0) = 1", "optimizers",
        "np.sign, g, self._scratch", "np.copysign, 1.0, g, self._scratch",
        "optimizers",
    ),
    Mutant(
        "a first step that is dampened", "optimizers",
        'if self.step_count else g, "velocity"', 'if True else g, "velocity"',
        "optimizers",
    ),
    Mutant(
        "Nesterov with the velocity before", "optimizers",
        'keep * p.own("v"), "direction', 'keep * p.old("v"), "direction',
        "optimizers",
    ),
    Mutant(
        "Adam's t a step behind", "optimizers",
        't = self.step_count + 1', 't = max(self.step_count, 1)',
        "optimizers",
    ),
    Mutant(
        "AMSGrad that forgets", "optimizers",
        'p.maximum(p.old("vmax"), squares)', 'squares',
        "optimizers",
    ),
    Mutant(
        "AdamW's decay without the rate", "optimizers",
        'pull = p.number(self.learning_rate, "η") *', "pull =",
        "optimizers",
    ),
    Mutant(
        "a dropped partial last batch", "training",
        "pairwise([*range(0, self.samples, self.batch_size), self.samples])",
        "pairwise(range(0, max(self.samples, self.batch_size) + 1, self.batch_size))",
        "training",
    ),
    Mutant(
        "a shuffle that isn't restored", "training",
        "self.order[...] = order", "pass",
        "training",
    ),
    Mutant(
        "a random generator that isn't restored", "training",
        'self.rng.bit_generator.state = state["generator"]', "pass",
        "training",
    ),
    Mutant(
        "a position that isn't restored", "training",
        'state["clipped"], state["position"]', 'state["clipped"], 0',
        "training",
    ),
    Mutant(
        "samples not laid out anew after load_state", "training",
        'state["generator"]\n        self._gather()', 'state["generator"]',
        "training",
    ),
    Mutant(
        "a state that shares theta", "training",
        '"theta": self.net.theta.copy()', '"theta": self.net.theta',
        "training",
    ),
    Mutant(
        "one shuffle for all epochs", "training",
        "if self.shuffle:", "if self.shuffle and not self.epochs_done:",
        "training",
    ),
    Mutant(
        "targets that stay where they are", "training",
        'self.Y.T.take(self.order, 1, self._targets_T, "clip")', "pass",
        "training",
    ),
    Mutant(
        "the test loss over the training samples", "training",
        "self.loss.value(Z[n:], A[n:], self.Y_test)", "self.loss.value(Z[:n], A[:n], self.Y)",
        "training",
    ),
    Mutant(
        "the penalty counted into the loss", "training",
        "A[:n], self.Y)\n", "A[:n], self.Y) + self.penalty()\n",
        "training",
    ),
    Mutant("a penalty without ½", "training", "l2 / 2 * np.vdot", "l2 * np.vdot", "training"),
    Mutant(
        "L2's gradient with a 2", "training",
        "theta, self.l2)", "theta, 2 * self.l2)",
        "training",
    ),
    Mutant("NaN in the data taken", "training", "check_finite(Y_name, targets)", "pass", "training"),
    Mutant(
        "a copy of all samples every epoch", "training",
        'self._source.take(self.order, 0, self._shuffled, "clip")',
        "self._shuffled[...] = self._source[self.order]",
        "training",
    ),
    Mutant(
        "a step that is never built anew", "training",
        "if self._settings() != self._built_for:", "if not self._steps:",
        "built_step",
    ),
    Mutant(
        "a step that keeps the memory from before load_state", "optimizers",
        "id(value) if isinstance(value, np.ndarray)", "0 if isinstance(value, np.ndarray)",
        "built_step",
    ),
    Mutant(
        "a step that keeps its first learning rate", "optimizers",
        "        eta[()] = self.learning_rate",
        "        eta[()] = self.learning_rate if self.step_count == 1 else eta",
        "built_step",
    ),
    Mutant(
        "AdamW's decay with the first learning rate", "optimizers",
        "rest[()] = 1.0 - self.learning_rate * self.weight_decay",
        "rest[()] = 1.0 - self.learning_rate * self.weight_decay if self.step_count == 1 else rest",
        "built_step",
    ),
    Mutant(
        "mini-batches that all read the first one's samples", "calls",
        "if not set(places).isdisjoint(map(id, args))", "if False",
        "built_step",
    ),
    Mutant(
        "numbers in another precision than the arrays beside them", "calls",
        "np.array(x, precision)", "np.array(x, np.float64)",
        "built_step",
    ),
    Mutant(
        "slopes in other rows than their layers'", "network",
        "starts = list(accumulate((len(inputs) for inputs in self.inputs_T[1:]), initial=0))",
        "starts = list(accumulate((len(Z_T) for Z_T in self.Z_T), initial=0))",
        "built_step",
    ),
    Mutant(
        "clipping upside down", "training",
        "if norm > self.clip_norm:", "if norm < self.clip_norm:",
        "training",
    ),
    Mutant(
        "clipping to a length that forgets the norm", "training",
        "self.clip_norm / norm", "self.clip_norm",
        "training",
    ),
    Mutant(
        "clipping before the penalty", "training",
        "norm = self._free_norm(gradient)",
        "norm = self._free_norm(gradient - self.l2 * self.net.theta * self._mask)",
        "training",
    ),
    Mutant(
        "frozen parameters in the norm that is clipped", "training",
        "gradient[self.frozen] = 0.0", "pass",
        "training",
    ),
    Mutant("a frozen weight that moves", "training", "yield theta.put, frozen, kept", "pass", "edits"),
    Mutant(
        "a frozen weight that still decays", "training",
        "            yield theta.take, frozen, 0, kept, \"wrap\"\n"
        "        yield from self.optimizer.calls(theta, gradient)\n"
        "        if frozen.size:\n            yield theta.put, frozen, kept\n",
        "            yield gradient.put, frozen, 0.0\n"
        "        yield from self.optimizer.calls(theta, gradient)\n",
        "edits",
    ),
    Mutant(
        "1,000 read as one", "numbers",
        "if _THOUSAND_OR_DECIMAL.fullmatch(digits):", "if False:",
        "numbers",
    ),
    Mutant(
        "a percent that is ten times too large", "numbers",
        '(2 if found["percent"]', '(1 if found["percent"]',
        "numbers",
    ),
    Mutant("unicode digits read", "numbers", "    re.ASCII,\n)", ")", "numbers"),
    Mutant(
        "a number too small read as 0", "numbers",
        'or (value == 0 and digits.strip("0."))', "",
        "numbers",
    ),
    Mutant(
        "a comma in a list that always separates", "numbers",
        r",(?=[ \t\r\n])", ",",
        "numbers",
    ),
    Mutant(
        "a switch that takes 1 for True", "options",
        "return check_flag(self.name, value)", "return bool(value)",
        "options",
    ),
    Mutant(
        "a parameter without a maximum", "options",
        "least=self.minimum, most=self.maximum", "least=self.minimum",
        "options",
    ),
    Mutant(
        "a parameter without a minimum", "options",
        "least=self.minimum, most=self.maximum", "most=self.maximum",
        "options",
    ),
    Mutant(
        "parameters that stay at their defaults", "options",
        "given.get(row.name, row.default)", "row.default",
        "options",
    ),
    Mutant(
        "a misspelt parameter passed over", "options",
        'check_choice("parameter", name, [row.name for row in rows])', "pass",
        "options",
    ),
)  # fmt: skip
