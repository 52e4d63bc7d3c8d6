"""Walking down a function, broken on purpose: surfaces, rules, reasons to stop."""

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant("a rise of f taken for a small fall", "descent", "abs(place[1] - f)", "place[1] - f", "descent"),
    Mutant(
        "a slope of the point before", "descent",
        '"tol_grad": place[3]}', '"tol_grad": path[-2][3]}',
        "descent",
    ),
    Mutant(
        "stop tests that aren't strictly less", "descent",
        "if sizes[key] < tol", "if sizes[key] <= tol",
        "descent",
    ),
    Mutant(
        "|Δf| asked after the gradient", "descent",
        'for key in (key for key, tol in watch.items()',
        'for key in (key for key, tol in [*watch.items()][::-1]',
        "descent",
    ),
    Mutant("an ascent that descends", "descent", "move(x, sign * g)", "move(x, g)", "descent"),
    Mutant("a cap that is one step late", "descent", "k == max_steps", "k > max_steps", "descent"),
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
        "a race that |Δf| stops", "descent",
        '"stops": ("tol_grad",)', '"stops": ("tol_f", "tol_grad")',
        "descent",
    ),
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
    Mutant("convergent at 2/λmax", "convergence", "if rate >= 1", "if rate > 1", "descent"),
    Mutant(
        "predicted steps counted from 0", "convergence",
        "(sizes < tol).argmax()) + 1", "(sizes < tol).argmax())",
        "descent",
    ),
    Mutant(
        "a prediction that isn't strictly less", "convergence",
        "(sizes < tol).argmax()", "(sizes <= tol).argmax()",
        "descent",
    ),
    Mutant(
        "a predicted gradient without λ", "convergence",
        "((lambdas * errors) ** 2).sum(axis=1)", "(errors**2).sum(axis=1)",
        "descent",
    ),
    Mutant(
        "a best step of 1/(λmax + λmin)", "convergence",
        "2 / (high + low)", "1 / (high + low)",
        "descent",
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
