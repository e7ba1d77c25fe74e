"""A training written down: names and numbers, nothing else.

A recipe is a frozen value. It prints as the code that remakes it, naming only what differs
from the defaults; it goes to JSON and back without loss; it can be held against another one.
What is not a possible training is refused when it is written down, in one sentence.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from numbers import Integral, Real

import numpy as np

from gan_lab.data import Data, bimodal, from_dict, gaussian
from gan_lab.losses import LOSSES
from gan_lab.networks import ACTIVATIONS
from gan_lab.optimizers import OPTIMIZERS
from gan_lab.plane import grid, ring
from gan_lab.refusals import member_of, quoted, scalar, whole_between

LARGEST_SEED = 2**53  # a number that JSON and JavaScript carry exactly


def whole(low: int, high: int) -> Callable:
    """Reads a whole number between two bounds."""
    return lambda name, value: whole_between(low, high, value, name)


def real(low: float, high: float = math.inf, below: bool = False) -> Callable:
    """Reads a finite number from `low` up to `high`, or below it."""
    bounds = f"{low:g} or more" if math.isinf(high) else f"from {low:g} to {high:g}"
    bounds = f"{low:g} or more and below {high:g}" if below else bounds

    def read(name, value):
        right = isinstance(value, Real) and not isinstance(value, bool)
        value = float(value) if isinstance(value, np.floating) else value
        right = right and low <= value <= min(high, sys.float_info.max)  # and so not nan
        if not right or (below and value == high):
            raise ValueError(f"{name} must be a number, {bounds}, not {quoted(value)}")
        return float(value)

    return read


def one_of(*known: str) -> Callable:
    """Reads one of a few names."""

    def read(name, value):
        if not isinstance(value, str) or value not in known:
            raise ValueError(f"{name} must be one of {', '.join(known)}, not {quoted(value)}")
        return str(value)  # numpy has words of its own, which print as no code

    return read


def for_each(read: Callable) -> Callable:
    """Reads one value, or a list of them: one for each member."""

    def read_all(name, value):
        if not isinstance(value, (tuple, list)):
            return read(name, value)
        if len(value) == 0:
            raise ValueError(f"{name} must be a number or a list of numbers, not {quoted(value)}")
        return tuple(read(name, one) for one in value)

    return read_all


def truth(name, value):
    """Reads True or False."""
    truth = scalar(value)
    if not isinstance(truth, bool):
        raise ValueError(f"{name} must be True or False, not {quoted(value)}")
    return truth


def widths(name, value):
    """Reads the sizes of hidden layers."""
    value = value.tolist() if getattr(value, "ndim", 0) == 1 else value
    right = isinstance(value, (tuple, list)) and len(value) <= 8
    if not right or any(isinstance(w, bool) or not isinstance(w, Integral) for w in value):
        raise ValueError(f"{name} must be a list of at most 8 layer widths, not {quoted(value)}")
    if any(not 1 <= w <= 4096 for w in value):
        raise ValueError(f"{name} must be layer widths from 1 to 4096, not {quoted(value)}")
    return tuple(int(w) for w in value)


def data(name, value):
    """Reads data, as a value or as its `as_dict` wrote it."""
    if isinstance(value, dict):
        return from_dict(value)
    if not isinstance(value, Data):
        raise ValueError(
            f"{name} must be made by gan_lab.data (gaussian(3, 0.5)), not {quoted(value)}"
        )
    return value


PER_MEMBER = {
    "gain": real(0.0, 100.0),
    "r1": real(0.0),
    "r2": real(0.0),
    "gp": real(0.0),
    "clip": real(0.0),
    "smoothing": real(0.0, 1.0, below=True),
    "instance_noise": real(0.0),
    "lr_D": real(0.0),
    "lr_G": real(0.0),
    "beta1": real(0.0, 1.0, below=True),
    "beta2": real(0.0, 1.0, below=True),
    "momentum": real(0.0, 1.0, below=True),
    "ema": real(0.0, 1.0, below=True),
    "seed": whole(0, LARGEST_SEED),
}
"""The fields of which every member may have its own, and how one such value is read."""

READ = {
    "data": data,
    "latent": one_of("gaussian", "uniform", "bernoulli"),
    "latent_dim": whole(1, 1024),
    "G": widths,
    "D": widths,
    "activation": one_of(*ACTIVATIONS),
    "loss": one_of(*LOSSES),
    "spectral": truth,
    "packing": whole(1, 64),
    "unrolled": whole(0, 100),
    "k": whole(1, 1000),
    "m": whole(1, 2**20),
    "optimizer": one_of(*OPTIMIZERS),
    "schedule": one_of("constant", "cosine"),
    "iterations": whole(1, 10**8),
    "standardise": truth,
    "members": whole(1, 2**16),
    "dtype": one_of("float32", "float64"),
} | {name: for_each(read) for name, read in PER_MEMBER.items()}


def wrong_length(recipe) -> str | None:
    """Which field is a list of a length that is not the number of members."""
    lists = {n: v for n in PER_MEMBER if isinstance(v := getattr(recipe, n), tuple)}
    return next((n for n, v in lists.items() if len(v) != recipe.members), None)


def some(value) -> bool:
    """Whether a field is more than nothing, for any member."""
    return any(value) if isinstance(value, tuple) else bool(value)


RULES: list[tuple[Callable, Callable]] = [
    (
        wrong_length,
        lambda r: f"{(name := wrong_length(r))} must be one number, or one for each of the "
        f"{r.members} members, not a list of {len(getattr(r, name))}",
    ),
    (
        lambda r: isinstance(r.clip, tuple) and not all(r.clip),
        lambda r: f"clip must be above 0 for every member, or 0 for all, not {quoted(r.clip)}",
    ),
    (
        lambda r: some(r.clip) and r.spectral,
        lambda r: "clip and spectral each want the last word on D's weights: set one of them",
    ),
    (
        lambda r: some(r.smoothing) and not LOSSES[r.loss].labels,
        lambda r: "smoothing softens D's label of the data, and in the loss "
        f"{r.loss!r} D has no labels: the losses that do are "
        + ", ".join(name for name, loss in LOSSES.items() if loss.labels),
    ),
    (
        lambda r: r.unrolled and (some(r.clip) or r.spectral),
        lambda r: "unrolled steps of D are plain gradient steps, which clip and spectral would "
        "interrupt: hold D back by a penalty, or set unrolled to 0",
    ),
    (
        lambda r: r.m % r.packing,
        lambda r: f"m must be a multiple of packing, so that no sample is left over, and {r.m} "
        f"is none of {r.packing}",
    ),
]
"""What does not go together: pairs of a question to a recipe and the sentence if so."""


Number = float | tuple[float, ...]
"""One for all members, or one for each."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Recipe:
    """Everything that decides a run of Algorithm 1. The defaults reach their optimum.

    data         what p_data is, from `gan_lab.data`
    latent       p_z: "gaussian" is N(0, 1), "uniform" is U(-1, 1), "bernoulli" is 0 or 1 with
                 probability 1/2, in each of `latent_dim` dimensions
    G, D         widths of the hidden layers; `activation` stands between the layers of both
    gain         G's first weights are those of `torch.nn.Linear` times this: the smaller, the
                 smoother the first G (D's are as torch has them)
    loss         a name from `losses.LOSSES`; r1, r2, gp are the strengths of those penalties
    clip         every parameter of D is kept within this bound (0: none)
    spectral     every weight matrix of D is kept at a largest singular value of 1
    smoothing    D's label of the data is 1 - smoothing (one-sided; that of G's points stays 0)
    instance_noise   sd of Gaussian noise on all that D is given while the players learn; falls
                 linearly to 0 over `iterations`
    packing      so many samples of one kind side by side are one input of D (PacGAN, Lin et al.
                 2018): D judges m / packing packs of a minibatch, and no single point
    unrolled     G looks so many steps of D ahead, and its gradient flows through them (Metz et
                 al. 2017); they are plain gradient steps of size lr_D on the minibatch of G's
                 turn, whatever the optimizer, and D does not keep them
    k, m         Algorithm 1's: steps of D in one iteration, examples in one minibatch
    optimizer    "adam" (beta1, beta2), "sgd" (momentum) or "rmsprop" (beta2, momentum), with
                 the rates lr_D and lr_G
    schedule     "constant", or "cosine": both rates fall to 0 over `iterations`
    ema          a second set of G's weights follows them as their running mean, of this decay
                 a step (0: none); it is shown and sampled when asked, and plays no part
    standardise  D is given (x - mean) / sd and G's output is mean + sd * net(z), with the mean
                 and sd of p_data, so that both networks work at the scale of their weights; in
                 the plane the sd is one number for both coordinates, and circles stay circles;
                 a penalty then acts on the slope, and instance noise on x, in these units
    members      this many games at once; member i has the seed `seed` + i
    dtype        "float32" or "float64"

    A field of `PER_MEMBER` is one value for all, or a list with one for each member.

    Raises ValueError, in one sentence, for a field that is no such thing and for fields that
    do not go together.
    """

    data: Data = gaussian(3.0, 0.5)
    latent: str = "gaussian"
    latent_dim: int = 1
    G: tuple[int, ...] = (48, 48)
    D: tuple[int, ...] = (48, 48)
    activation: str = "leaky_relu"
    gain: Number = 0.6
    loss: str = "non-saturating"
    r1: Number = 0.005
    r2: Number = 0.005
    gp: Number = 0.0
    clip: Number = 0.0
    spectral: bool = False
    smoothing: Number = 0.0
    instance_noise: Number = 0.0
    packing: int = 1
    unrolled: int = 0
    k: int = 4
    m: int = 256
    optimizer: str = "adam"
    lr_D: Number = 4e-3
    lr_G: Number = 1e-3
    beta1: Number = 0.0
    beta2: Number = 0.99
    momentum: Number = 0.0
    schedule: str = "cosine"
    ema: Number = 0.0
    iterations: int = 2000
    standardise: bool = True
    members: int = 1
    seed: int | tuple[int, ...] = 0
    dtype: str = "float32"

    def __post_init__(self):
        for name, read in READ.items():
            object.__setattr__(self, name, read(name, getattr(self, name)))
        for impossible, why in RULES:
            if impossible(self):
                raise ValueError(why(self))

    def but(self, **changes) -> Recipe:
        """The same recipe with some fields changed; an unknown name is a ValueError."""
        known(changes)
        return replace(self, **changes)

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seed of each member."""
        own = isinstance(self.seed, tuple)
        return self.seed if own else tuple(range(self.seed, self.seed + self.members))

    def alone(self, member: int) -> Recipe:
        """The recipe of one member's game, without the others."""
        member = member_of(self.members, member)
        own = {n: v[member] for n in PER_MEMBER if isinstance(v := getattr(self, n), tuple)}
        return self.but(**own | {"members": 1, "seed": self.seeds[member]})

    def as_dict(self) -> dict:
        """Every field, as JSON can hold it."""
        values = ((f.name, getattr(self, f.name)) for f in fields(self))
        plain = {name: list(v) if isinstance(v, tuple) else v for name, v in values}
        return plain | {"data": self.data.as_dict()}

    @classmethod
    def from_dict(cls, parts) -> Recipe:
        """The inverse of `as_dict`; fields left out are the defaults."""
        if not isinstance(parts, dict):
            raise ValueError(f"a recipe must be a table of fields, not {quoted(parts)}")
        known(parts)
        return cls(**parts)

    def to_json(self) -> str:
        """One line of JSON that `from_json` turns into this very recipe."""
        return json.dumps(self.as_dict())

    @classmethod
    def from_json(cls, text: str) -> Recipe:
        """A recipe from JSON; ValueError in one sentence for anything else."""
        try:
            parts = json.loads(text)
        except (TypeError, ValueError, RecursionError) as error:
            raise ValueError(f"a recipe must be JSON text, and this is not: {error}") from None
        return cls.from_dict(parts)

    def __repr__(self) -> str:
        values = ((f.name, getattr(self, f.name), f.default) for f in fields(self))
        changed = ", ".join(f"{name}={v!r}" for name, v, default in values if v != default)
        return f"Recipe({changed})"


def known(names) -> None:
    """Refuses names that are not fields of a recipe."""
    strange = [name for name in names if name not in READ]
    if strange:
        raise ValueError(
            f"a recipe has no field {quoted(strange[0])}; its fields are {', '.join(READ)}"
        )


# A generator without kinks, whose p_G is as smooth as the paper draws it.
SMOOTH = Recipe(activation="silu")

# Thin modes in the plane: four layers, so that G can be steep between the modes and flat on them,
# and long training; what the blur adds is small (benchmarks/README.md has what else was tried).
THIN = Recipe(
    data=grid(), latent_dim=2, G=(128,) * 4, D=(128,) * 4, activation="relu", gain=1.0,
    loss="relativistic", r1=0.01, r2=0.01, instance_noise=0.1, k=1, m=64, lr_D=2e-3, lr_G=1e-3,
    ema=0.995, iterations=20000,
)

PRESETS = {
    # N(3, 0.5^2), learned to a JSD of 0.0005 nats or less, in ten of ten seeds
    # (benchmarks/optimum.md).
    "gaussian": SMOOTH.but(k=20, lr_G=6e-3, iterations=150),
    # The same data with larger steps of G, so that one turn of each player can be seen and p_G
    # overshoots: where the panels are taken it is displaced, as in the paper's drawing.
    "figure-1": SMOOTH.but(k=25, lr_G=3e-2, beta1=0.5, iterations=300),
    # Two bumps: a deeper G of tanh, which can be steep between them, and penalties that keep D
    # from chasing every slope of G's density (benchmarks/README.md has what else was tried).
    "bimodal": Recipe(
        data=bimodal(0.0, 2.0, 0.3), activation="tanh", G=(32, 32, 32), gain=1.0, r1=0.001,
        r2=0.001, k=8, m=128, lr_D=6e-3, lr_G=3e-3,
    ),
    # What a tutorial would set, and the data as they are: D ends flat at 1/2 and blind.
    "tutorial": Recipe(
        G=(32, 32), D=(32, 32), gain=1.0, r1=0.0, r2=0.0, k=1, lr_D=1e-3, lr_G=1e-3, beta1=0.5,
        beta2=0.999, schedule="constant", iterations=4000, standardise=False,
    ),
    # PacGAN's 2D ring and 2D grid (benchmarks/modes-ring.md, benchmarks/modes-grid.md).
    "ring": THIN.but(data=ring(), iterations=10000),
    "grid": THIN,
}
