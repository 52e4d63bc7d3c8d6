"""Walking down a function, broken on purpose: surfaces, rules, reasons to stop."""

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant("a rise of f taken for a small fall", "walk",
        "abs(place.value - here.value)", "place.value - here.value",
        "descent",
    ),
    Mutant(
        "a slope of the point before", "walk",
        '"tol_grad": place.norm}', '"tol_grad": here.norm}',
        "descent",
    ),
    Mutant(
        "stop tests that aren't strictly less", "walk",
        "if sizes[key] < tol", "if sizes[key] <= tol",
        "descent",
    ),
    Mutant(
        "|Δf| asked after the gradient", "walk",
        "for key, tol in self.watched.items():", "for key, tol in [*self.watched.items()][::-1]:",
        "descent",
    ),
    Mutant(
        "an ascent that descends", "walk",
        "self._sign * here.gradient", "here.gradient",
        "descent",
    ),
    Mutant("a cap that is one step late", "walk", "k == self.max_steps", "k > self.max_steps", "descent"),
    Mutant(
        "the farthest minimum", "descent",
        "return min((math.dist", "return max((math.dist",
        "descent",
    ),
    Mutant(
        "a rate over the wrong half", "descent",
        "1 / (self.steps - half)", "1 / half",
        "descent",
    ),
    Mutant(
        "a race that |Δf| stops", "race",
        'stops=("tol_grad",)', 'stops=("tol_f", "tol_grad")',
        "race",
    ),
    Mutant(
        "a race won on a hill", "race",
        "if descent is not None and end == self.goal", "if descent",
        "race",
    ),
    Mutant("places counted from 0", "race", "counts.index(count) + 1", "counts.index(count)", "race"),
    Mutant("a place given too early", "race", "ranked and count < earliest", "ranked", "race"),
    Mutant(
        "a rule that is there already and isn't waited for", "race",
        "walk.last if walk.stopped_by else walk.steps + 1", "walk.steps + 1",
        "race",
    ),
    Mutant("an ascent that looks for minima", "race", '"maximum" if ascent', '"minimum" if ascent', "race"),
    Mutant(
        "a saddle taken for a minimum", "ends",
        '"saddle" if len(signs) == 2 else "minimum"', '"minimum"',
        "race",
    ),
    Mutant("an end on a slope", "ends", "NEAR if tested else STILL", "np.inf", "race"),
    Mutant("a slope judged without curvature", "ends", "along / np.abs(lambdas)", "along", "race"),
    Mutant("a walk that has left and isn't missed", "ends", "FAR * (high - low)", "np.inf", "race"),
    Mutant(
        "Newton without its rate", "rules",
        "x - rate * np.linalg.solve", "x - np.linalg.solve",
        "descent",
    ),
    Mutant("Armijo without c", "rules", "armijo * float(g @ g)", "0.0 * float(g @ g)", "descent"),
    Mutant(
        "a line search along the curvature", "rules",
        "unit @ unit / (unit @ H @ unit)", "unit @ H @ unit / (unit @ unit)",
        "descent",
    ),
    Mutant("an if that takes 0 with it", "rules", "np.where(g > 0", "np.where(g >= 0", "descent"),
    Mutant("Nesterov as plain momentum", "rules", '{"nesterov": True}', '{"nesterov": False}', "descent"),
    Mutant("monotone only below 1/λmax", "convergence", "factors.min() >= 0", "factors.min() > 0", "descent"),
    Mutant("convergent at 2/λmax", "convergence", "np.abs(factors) >= 1", "np.abs(factors) > 1", "descent"),
    Mutant(
        "predicted steps counted from 0", "convergence",
        "int(below.argmax()) + 1", "int(below.argmax())",
        "descent",
    ),
    Mutant(
        "a prediction that isn't strictly less", "convergence",
        "[0] < tol", "[0] <= tol",
        "descent",
    ),
    Mutant(
        "a prediction that is one step late", "convergence",
        "while high - low > 1", "while high - low > 2",
        "convergence",
    ),
    Mutant(
        "a predicted gradient without λ", "convergence",
        "((self.lambdas * errors) ** 2)", "(errors**2)",
        "descent",
    ),
    Mutant(
        "a best step of 1/(λmax + λmin)", "convergence",
        "best_step=2 / (high + low)", "best_step=1 / (high + low)",
        "descent",
    ),
    Mutant(
        "a direction met by rounding alone", "convergence",
        "1e-9 * np.linalg.norm(points[0])", "0.0",
        "convergence",
    ),
    Mutant(
        "a saddle with a condition number", "convergence",
        "condition=high / low if bowl else None", "condition=high / low",
        "descent",
    ),
    Mutant(
        "digits that don't tell apart", "theory_words",
        "digits < MOST_DIGITS", "digits < 4",
        "convergence",
    ),
    Mutant(
        "a heavy ball that diverges at 2/λmax", "momentum",
        "(1 + root) ** 2, 2 * (1 + mu)", "(1 + root) ** 2, 2.0",
        "momentum",
    ),
    Mutant(
        "Nesterov's region as heavy ball's", "momentum",
        "1.0, 2 * (1 + mu) / (1 + 2 * mu)", "1.0, 2 * (1 + mu)",
        "momentum",
    ),
    Mutant(
        "roots whose product is 1", "momentum",
        "np.full_like(scaled, mu)", "np.ones_like(scaled)",
        "momentum",
    ),
    Mutant("a best step of the fixed one", "momentum", "2 * (1 + momentum) / (high", "2 / (high", "momentum"),
    Mutant(
        "the wrong half for Nesterov's best step", "momentum",
        "if flat > steep", "if flat < steep",
        "momentum",
    ),
    Mutant(
        "the smaller root", "momentum",
        "np.abs(roots).max(axis=-1)", "np.abs(roots).min(axis=-1)",
        "momentum",
    ),
    Mutant("the calmest regime", "momentum", "max(regimes, key", "min(regimes, key", "momentum"),
    Mutant(
        "a cycle with a rate", "descent",
        "if self.cycle or not half", "if not half",
        "convergence",
    ),
    Mutant(
        "a bowl turned the other way", "surfaces",
        "(first - second) * sin", "(second - first) * sin",
        "surfaces",
    ),
    Mutant(
        "Rosenbrock's bend with one sign wrong", "surfaces",
        "2 - 400 * up + 800", "2 + 400 * up + 800",
        "surfaces",
    ),
    Mutant("Himmelblau's twist a product", "surfaces", "4 * (x + y)", "4 * x * y", "surfaces"),
    Mutant("Beale's n² for n(n − 1)", "surfaces", "n * (n - 1)", "n * n", "surfaces"),
    Mutant("Rastrigin's slope without 2π", "surfaces", "2 * y + 10 * w *", "2 * y + 10 *", "surfaces"),
    Mutant("Hessian entries in the wrong places", "surfaces", "(0, 1, 1, 2)", "(0, 1, 2, 1)", "surfaces"),
)  # fmt: skip
