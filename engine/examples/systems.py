"""Small networks with fixed numbers, to be worked through by hand: from five documents, and two classics.

Each document has its own convention and its own slips; a row here names both, and build() gives the network
in the convention of this engine. A key such as "seed003_bce" counts the documents: it stands in links, and so
it stays; a reader sees the label and the source.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.arrays import Array
from engine.examples.errata import (
    BACK_PROPAGATION,
    COLUMN_NOTES,
    NUMPY_NETWORK,
    SLIDES,
    WITHOUT_BIASES,
    Erratum,
)
from engine.examples.relu_errata import PER_SAMPLE_ERRATA, SHARED_ERRATA, WITHOUT_BIASES_ERRATA
from engine.examples.sigmoid_errata import (
    CROSS_ENTROPY_ERRATA,
    HALF_SQUARED_ERRATA,
    ONE_SAMPLE_ERRATA,
    SIX_SAMPLES_ERRATA,
)
from engine.examples.slides_errata import LINEAR_ERRATA, SOFTMAX_ERRATA
from engine.network import Network
from engine.optimizers import Optimizer, make_optimizer
from engine.options import Option, table
from engine.parameters import Bias


@dataclass(frozen=True)
class System(Option):
    """One network with its samples, and how its source writes it.

    Args:
        name, label, source: its key in SYSTEMS, how a control shows it, where it is from.
        dims, activations, loss, bias: as Network takes them; a loss of None is a forward pass only.
        samples:      N.
        numbers:      X, Y, every W and every b one after the other, row by row, in the engine's convention.
        optimizer, parameters, learning_rate: the update rule.
        samples_are:  "rows" or "columns" of the source's matrices.
        weights_are:  "in×out" or "out×in", the shape of the source's W.
        keep_biases:  whether the source leaves the biases as they are.
        errata:       where the source slips.
    """

    source: str
    dims: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str | None
    samples: int
    numbers: tuple[float, ...]
    bias: Bias = "shared"
    optimizer: str = "sgd"
    parameters: tuple[tuple[str, float], ...] = ()
    learning_rate: float = 0.1
    samples_are: str = "rows"
    weights_are: str = "in×out"
    keep_biases: bool = False
    errata: tuple[Erratum, ...] = ()

    def build(self) -> tuple[Network, Array, Array]:
        """The network with its numbers, X (N, D) and Y (N, K); without a loss Y is 0 and is not read."""
        rows = self.samples if self.bias == "per_sample" else None
        net = Network(self.dims, self.activations, bias=self.bias, samples=rows)
        X, Y = (np.empty((self.samples, width)) for width in (self.dims[0], self.dims[-1]))
        matrices = [X, Y, *net.W, *(b for b in net.b if b is not None)]
        parts = np.split(np.array(self.numbers), np.cumsum([matrix.size for matrix in matrices])[:-1])
        for matrix, part in zip(matrices, parts, strict=True):
            matrix[...] = part.reshape(matrix.shape)
        return net, X, Y

    def make_optimizer(self) -> Optimizer:
        """The update rule, before its first step."""
        return make_optimizer(self.optimizer, self.learning_rate, **dict(self.parameters))


def _floats(text: str) -> tuple[float, ...]:
    return tuple(float(word) for word in text.split())


def _torch_rand(seed: int, count: int) -> Array:
    """What torch.manual_seed(seed); torch.rand(count) draws, bit for bit: the weights of the slides."""
    raw = np.random.RandomState(seed).randint(0, 2**32, size=count, dtype=np.uint32)
    return np.asarray((raw & 0xFFFFFF) / 2**24)


def _drawn(seed: int, dims: tuple[int, ...], samples: str) -> tuple[float, ...]:
    """The numbers of the slides: W1 (out×in), b1, W2, b2 … drawn in this order."""
    layers = list(pairwise(dims))
    draws = iter(_torch_rand(seed, sum((fan_in + 1) * fan_out for fan_in, fan_out in layers)))
    weights, biases = [], []
    for fan_in, fan_out in layers:
        W = np.array([[next(draws) for _ in range(fan_in)] for _ in range(fan_out)])
        weights += W.T.ravel().tolist()
        biases += [next(draws) for _ in range(fan_out)]
    return (*_floats(samples), *weights, *map(float, biases))


_SEED_000 = _floats("""
-1.17204915182185 -0.39288424313877424 0.5264794654391638 1.1065098684809027 0.9272747371123735
-1.7420606491853965 -0.7699140277208829 0.786438430050321 -1.9962516762426026 0.5836459393491776
1.0392022408423625 0.802273816240949 0.5268961641721462 0.5729644269092162 0.13898206905254248
-1.1762067380693488 0.08517237212383899 0.1563388183689261 1.7895777573802352 -0.2059526952325466
-0.3987538245810337 0.5177840476400093 -0.7383248179959458 -0.3937679841384664 1.5146011239786419
1.4998690550014953 0.181759167971148 0.2836970566230768 1.260078346714949 1.165084819338277
-0.8565834185577588 -1.56608104015518 -0.8520024991342794 1.2769664652882102 0.1278499117681808
-0.7550437484130283 -1.1761621515643323 -1.4082407949032412 0.017504840074949447 -1.1908329348870457
0.5353870362150428 0.5578595481448789 0.07821730179048542 0.03336960088670146 0.014808075915612645
0.38262819711618773 -0.365616848466927 0.10963969920126286 1.4912803410092654 0.7135170522609526
0.5555814081294294 0.3611309920065122 -0.0377082420457348 -0.7835000227709901 -0.3114556829709956
0.0004909658022324581 0.34097525878587054 0.5248021768421568 0.7179093622147953 -1.7058688563021893
0.10054408597355055 -0.4193100533671727 -0.8370894668049875 -0.03189091583102243 0.2683857893506035
-0.31084827301148993 -0.34390377925023996 -0.0022755303889970976 -0.2351516337478007 0.271807831847126
-0.16269399608282714 0.15035300480704475 -0.34493842093434274 -0.07945571754032787 0.11417656494307746
-0.16864992220133554 -0.23708526404542737 -0.2981350723872189 0.2829784256687373 -0.2898738252208547
0.054108698455087915 0.1953603686864858 -0.11877223939519178 0.637920051937195 -0.19413111825923351
0.058856800506443034 0.15251914492019103 0.028740186888750952 0.35379889581737733 -0.08287918196005174
-0.3869805038429659 0.06539005703300396 0.41393507232532 -0.20647666173619889 -0.09354999367618515
0.038710268457507316 0.1519559836339068 0.02554976480059176 0.011831006173681033 0.4636671186169036
0.08403139011576725 0.4560148001082914 -0.2858860903786283 0.10596880296763866 -0.04508347423284397
0.2567543870748524 -0.23423971359252513
""")

_SEED_002_A = _floats("""
-0.4060728468260156 1.8675490189126167 -0.2516911312353179 1.1656117645264876 0.6452806218811877
-0.42053745492912237 2.1933177008332074 0.13412911986786236 1.9150820487862747 1.9334072042680792
-1.1040372722936995 0.9302258151440186 -1.0449801703037203 -1.4231008676094352 -0.9142254748383287
0.26867785430004043 -1.1683919382893755 0.22871054173939348 0.43612773183710674 -0.6544604636129737
0.7673456375588386 0.9754367662018898 -1.4683913878155026 -0.699408820245723 -1.1130680385618081
1.4041076613609376 -1.3578858875892745 -0.5429314996433421 1.7119010990782706 0.8798788046122147
-0.24914659458262853 -1.0475810892724455 1.618115259715736 0.7567489537087086 0.8048254536549788
-1.1689877018562171 0.7852384424300344 0.026491748090341636 0.09461654496589156 1.0937951966870516
1.178336058654206 -0.007480950700885507 -0.302559020442976 -1.32811111205747 -0.3086899360755808
0.8213483881237872 0.1834951245163788 1.7351183122647824 -1.0395777304403946 1.305403186517407
0.3883059456705264 0.15134986893951227 -1.2024654247383482 -0.33922286806936924 -1.1030625603402064
2.063100666157369 0.4678023580113506 0.21663534970973639 -0.755629588537732
""")

_SEED_002_B = _floats("""
-0.2816757792603523 -0.1742812278416929 -1.3614890629827188 -0.12207421072850397 -0.5902821015947006
-0.9544809515405133 0.6486120175230906 0.40858052357732927 -0.24606694635307014 1.018445703195973
-0.5567990786396254 -0.4074116163813384 0.12472385176469576 0.6600609898063738 -0.2824230340939609
-0.3858094205494317 -0.2783187500676798 -0.5491993916772535 1.0592052463864634 1.4730467123894204
-0.15578451343272076 -0.8712173236313953 0.25480132595129096 0.08166611343751551 -0.42053745492912237
2.1933177008332074 0.13412911986786236 1.9150820487862747 1.9334072042680792 -1.1040372722936995
0.9302258151440186 -1.0449801703037203 -1.4231008676094352 -0.9142254748383287 0.26867785430004043
-1.1683919382893755 0.22871054173939348 0.43612773183710674 -0.6544604636129737 0.7673456375588386
0.9754367662018898 -1.4683913878155026 -0.699408820245723 -1.1130680385618081 1.4041076613609376
-1.3578858875892745 -0.5429314996433421 1.7119010990782706 0.8798788046122147 -0.24914659458262853
-1.0475810892724455 1.618115259715736 0.7567489537087086 0.8048254536549788 -1.1689877018562171
0.7852384424300344 0.026491748090341636 0.09461654496589156 1.0937951966870516 -0.058671602299603984
0.7669498332432734 -2.43124759965175 -1.4142435800122652 -1.0395777304403946 1.305403186517407
0.3883059456705264 0.15134986893951227 -1.2024654247383482 -0.33922286806936924 -1.1030625603402064
2.063100666157369 0.4678023580113506 -0.03387150359824917
""")

_SEED_003 = _floats("""
2.3317408968313553 -0.994708294731724 0.8311101275725202 1.0400225830572873 1.0 -0.8344846393988511
-0.9559654645644721 0.007366260881502237 -0.5784620322522488 0.573971497246461 2.657184531547563
-0.2504769106784387 -0.4030035045613847 -0.5407644111756519 1.0730342252429161 -0.44022740921251824
0.6727351636059967 1.3699205016317388 -0.36358986346318645 -0.6236233724289805 1.0673122481518769
1.7684680549662624 0.07584053289552693 1.540900258369373 1.2740921892028034 -0.026195426012745247
-0.3859588411519414 0.6910097498292458 1.1025782623980078 -1.3975922310088336 -0.29339478586096224
""")

_SEED_004_X = "-8 1 -3 5 2  -2 2 -1 5 2  7 1 9 -5 -2"

# Samples and weights without the biases, 63 numbers; then the first sample's row of each bias matrix.
_SEED_001 = _SEED_000[:63]
_SEED_000_SHARED = (*_SEED_001, *_SEED_000[63:68], *_SEED_000[83:87], *_SEED_000[99:101])

_OUR_NUMBERS = "The numbers are drawn at random for this app."

SYSTEMS = table(
    System(
        "one_neuron", "One neuron", "A first lesson: two inputs, one sigmoid neuron.", (2, 1),
        ("sigmoid",), "half_sse", 1, _floats("1 0.5  1  0.6 -0.4  0.1"), learning_rate=0.5,
    ),
    System(
        "classic", "2-2-2 sigmoid, half SSE",
        "Matt Mazur, “A Step by Step Backpropagation Example”, 2015. The biases are kept.",
        (2, 2, 2), ("sigmoid", "sigmoid"), "half_sse", 1,
        _floats("0.05 0.10  0.01 0.99  0.15 0.25 0.20 0.30  0.40 0.50 0.45 0.55  0.35 0.35  0.60 0.60"),
        learning_rate=0.5, keep_biases=True,
    ),
    System(
        "seed000", "3-5-4-2 ReLU, biases per sample", f"{NUMPY_NETWORK}. {_OUR_NUMBERS}", (3, 5, 4, 2),
        ("relu", "relu", "linear"), "sse", 4, _SEED_000, "per_sample", learning_rate=0.01,
        errata=PER_SAMPLE_ERRATA,
    ),
    System(
        "seed000_shared", "3-5-4-2 ReLU, shared biases",
        f"{NUMPY_NETWORK}; here all samples share their biases. {_OUR_NUMBERS}",
        (3, 5, 4, 2), ("relu", "relu", "linear"), "sse", 4, _SEED_000_SHARED, learning_rate=0.01,
        errata=SHARED_ERRATA,
    ),
    System(
        "seed001", "3-5-4-2 ReLU, no biases", f"{WITHOUT_BIASES}. {_OUR_NUMBERS}", (3, 5, 4, 2),
        ("relu", "relu", "linear"), "sse", 4, _SEED_001, "none", learning_rate=0.01,
        errata=WITHOUT_BIASES_ERRATA,
    ),
    System(
        "seed002_a", "3-5-4-2 sigmoid, one sample",
        f"{COLUMN_NOTES}; read with several outputs: one sample, the mean over the outputs. {_OUR_NUMBERS}",
        (3, 5, 4, 2), ("sigmoid", "sigmoid", "linear"), "mse", 1, _SEED_002_A, samples_are="columns",
        weights_are="out×in", errata=ONE_SAMPLE_ERRATA,
    ),
    System(
        "seed002_b", "3-5-4-1 sigmoid, six samples",
        f"{COLUMN_NOTES}; read with one output: the mean over the samples. {_OUR_NUMBERS}",
        (3, 5, 4, 1), ("sigmoid", "sigmoid", "linear"), "mse_sample", 6, _SEED_002_B, samples_are="columns",
        weights_are="out×in", errata=SIX_SAMPLES_ERRATA,
    ),
    System(
        "seed003_bce", "4-3-2-1 sigmoid, cross-entropy", f"{BACK_PROPAGATION}. {_OUR_NUMBERS}",
        (4, 3, 2, 1), ("sigmoid",) * 3, "bce", 1, _SEED_003, errata=CROSS_ENTROPY_ERRATA,
    ),
    System(
        "seed003_half", "4-3-2-1 sigmoid, half SSE",
        f"{BACK_PROPAGATION}; with the other loss that they name, ½(y − ŷ)². {_OUR_NUMBERS}",
        (4, 3, 2, 1), ("sigmoid",) * 3, "half_sse", 1, _SEED_003, errata=HALF_SQUARED_ERRATA,
    ),
    System(
        "seed004_linear", "5-1 sigmoid, forward only",
        f"{SLIDES}: the demo of the linear model, with its numbers (torch.manual_seed(1)).",
        (5, 1), ("sigmoid",), None, 3, _drawn(1, (5, 1), f"{_SEED_004_X}  0 0 0"), weights_are="out×in",
        errata=LINEAR_ERRATA,
    ),
    System(
        "seed004_mlp", "5-7-4-3 softmax, cross-entropy",
        f"{SLIDES}: the live demo. The slides don't show their weights; torch.manual_seed(0) gives every "
        "number that they print.",
        (5, 7, 4, 3), ("sigmoid", "sigmoid", "softmax"), "cce", 4,
        _drawn(0, (5, 7, 4, 3), f"{_SEED_004_X}  3 1 9 5 2  0 0 1  1 0 0  0 1 0  0 0 1"),
        weights_are="out×in", errata=SOFTMAX_ERRATA,
    ),
)  # fmt: skip
