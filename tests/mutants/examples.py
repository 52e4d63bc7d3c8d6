"""Networks with fixed numbers, broken on purpose."""

from tests.mutants.mutant import Mutant

OWN = "examples/own"  # there is a table of one's own too

MUTANTS = (
    Mutant("torch's draws with 23 bits", "systems", "0xFFFFFF) / 2**24", "0x7FFFFF) / 2**23", "systems"),
    Mutant("weights drawn in×out", "systems", "W.T.ravel()", "W.ravel()", "systems"),
    Mutant("numbers of an erratum", "slides_errata", "(-1.1394, 1.1394)", "(1.1394, 1.1394)", "errata"),
    Mutant("the wrong row called right", "sigmoid_errata", "(row_3, row_2)", "(row_2, row_3)", "errata"),
    Mutant("the mean as the sum", "relu_errata", "0.7411, 5.9286", "5.9286, 0.7411", "errata"),
    Mutant("the last sample's biases for all", "systems", "_SEED_000[63:68]", "_SEED_000[78:83]", "systems"),
    Mutant("classes count from 0", OWN, "int(number) - 1", "int(number) - (number > 1) - 1", "own"),
    Mutant("targets without bounds", OWN, "LARGEST) if loss else", "LARGEST) if not loss else", "own"),
    Mutant("more samples than five", OWN, "1 <= samples <= MOST_SAMPLES", "1 <= samples", "own"),
    Mutant("numbers without end", OWN, "len(self.numbers) > MOST_NUMBERS", "False", "own"),
    Mutant("every sample with its biases", OWN, "1 if net.bias ==", "MOST_SAMPLES if net.bias ==", "own"),
    Mutant("layers matched from the front", "own_changes", "l + len(before) - len(now)", "l", "own"),
    Mutant("a matrix of any shape", "own_changes", "columns=given[name].shape[1]", "columns=None", "own"),
    Mutant("a new sample without a class", "own_changes", 'if loss == "cce":', "if False:", "own"),
    Mutant("a forbidden loss is kept", "own_changes", "else output.usual_loss", "else own.loss", "own"),
    Mutant("a comma that is read as it comes", "typed", "if len(fitting) == 2 and", "if False and", "typed"),
    Mutant("an empty cell is passed over", "typed", 'line.split(",") for cell in (part.split() or [""])',
           'line.split(",") for cell in part.split()', "typed"),
    Mutant("brackets in a power", "typed_rows", 'before in ("^", "*")', "False", "typed"),
    Mutant("packed in single precision", "link_values", 'np.array(numbers, "<f8").tobytes()',
           'np.array(numbers, "<f4").astype("<f8").tobytes()', "own"),
)  # fmt: skip
