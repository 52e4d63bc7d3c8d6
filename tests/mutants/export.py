"""Scripts and notebooks of runs, broken on purpose."""

from tests.mutants.mutant import Mutant

SCRIPT, TORCH, NOTEBOOK = "numpy_script", "torch_script", "notebook"

MUTANTS = (
    Mutant("a penalty on biases too", "network_code", "np.zeros({m})", "np.ones({m})", SCRIPT),
    Mutant("a layer's gradient twice", "network_code", "@ W{l + 1}.T", "@ W{l + 1}.T * 2", SCRIPT),
    Mutant("another order of the samples", "loop_code", "seed}, 1])", "seed}, 2])", SCRIPT),
    Mutant("a step that isn't counted", "loop_code", "or len(merged) > 1", "", SCRIPT),
    Mutant("changes one part late", "loop_code", "merged[i + 1][0]", "merged[i + 1][0] + 1", SCRIPT),
    Mutant("a frame of one epoch", "plan", "+ frames * speed\n    return", "+ frames\n    return", SCRIPT),
    Mutant("a stop that ends no frame", "plan", "(min(epochs, stop) if stop else epochs)", "epochs", SCRIPT),
    Mutant("a frozen weight that pulls", "update_code", '"np.delete(g, frozen)" if', '"g" if', SCRIPT),
    Mutant("a sum without brackets", "update_code", "self.level >= level", "True", SCRIPT),
    Mutant("every step as the first", "update_code", "if t > 1 else", "if t < 1 else", SCRIPT),
    Mutant("a name that ends the docstring", "text", "replace('\"', \"'\")", "strip()", SCRIPT),
    Mutant("numbers with six digits", "text", "repr(float(value))", 'f"{value:g}"', SCRIPT),
    Mutant("a table's numbers without end", "data_code", "X.size > MOST_NUMBERS", "False", SCRIPT),
    Mutant("two inputs changed over", "torch_network", 'f"{j}, {i}"', 'f"{i}, {j}"', TORCH),
    Mutant("a memory that begins late", "torch_script", "_check_waking(settings, before)\n", "pass\n", TORCH),
    Mutant("Markdown in a table's name", "notebook", "if sign in MARKS", "if sign in ()", NOTEBOOK),
    Mutant("a notebook without its frame", "notebook", "run.to_link()", "run.experiment.to_link()", NOTEBOOK),
)  # fmt: skip
