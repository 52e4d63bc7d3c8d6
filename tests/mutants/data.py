"""What is learned from, broken on purpose: data sets, features, scores."""

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        "a split that forgets the classes", "datasets",
        "turn[rows] = np.arange(rows.size) / max(rows.size, 1)", "pass",
        "datasets",
    ),
    Mutant(
        "every coordinate is the last one", "features",
        "lambda *x, k=k: x[k]", "lambda *x: x[-1]",
        "features",
    ),
    Mutant(
        "columns in the order of the alphabet", "features",
        "enumerate(columns)", "enumerate(sorted(columns))",
        "features",
    ),
    Mutant(
        "a picture with its bottom row first", "features",
        "np.meshgrid(centres, centres[::-1])", "np.meshgrid(centres, centres)",
        "features",
    ),
    Mutant(
        "corners of pixels for their centres", "features",
        "2.0 * np.arange(pixels) + 1.0", "2.0 * np.arange(pixels)",
        "features",
    ),
    Mutant(
        "an output on the threshold is high", "metrics",
        "~(outputs[:, 0] > threshold)", "~(outputs[:, 0] >= threshold)",
        "metrics",
    ),
    Mutant(
        "an answer NaN that counts as right", "metrics",
        "(predicted == true) & (predicted >= 0)", "predicted == true",
        "metrics",
    ),
    Mutant("R² about one mean of all columns", "metrics", "Y.mean(axis=0)", "Y.mean()", "metrics"),
    Mutant(
        "a data set drawn anew each time from one seed", "datasets",
        "rng = as_generator(rng)", "rng = np.random.default_rng()",
        "datasets",
    ),
    Mutant("R² of rounding", "metrics", "ROUNDING * np.abs(Y).max(axis=0)", "0.0", "metrics"),
    Mutant(
        "a small spread taken for rounding", "metrics",
        "ROUNDING = 8 *", "ROUNDING = 1e8 *",
        "metrics",
    ),
    Mutant(
        "a confusion matrix on its side", "metrics",
        "truth * classes + guess", "guess * classes + truth",
        "metrics",
    ),
)  # fmt: skip
