"""A training written down: names and numbers, nothing else.

A recipe is a frozen value. It prints as the code that remakes it, naming only what differs
from the defaults; it goes to JSON and back without loss; it can be held against another one.
What is not a possible training is refused when it is written down, in one sentence.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from textwrap import indent

from gan_lab.core.validation import member_of, quoted
from gan_lab.datasets import Images, bimodal, digits, grid, moons, ring, spots
from gan_lab.datasets.forms import where_they_are
from gan_lab.training.architectures import deepest
from gan_lab.training.loss import Loss
from gan_lab.training.losses import LOSSES, PENALTIES, loss_of
from gan_lab.training.schema import FIELDS, PER_MEMBER, Fields, numpydoc_parameters


def wrong_length(recipe) -> str | None:
    """Which field is a list of a length that is not the number of members."""
    lists = {n: v for n in PER_MEMBER if isinstance(v := getattr(recipe, n), tuple)}
    return next((n for n, v in lists.items() if len(v) != recipe.members), None)


def some(value) -> bool:
    """Whether a field is more than nothing, for any member."""
    return any(value) if isinstance(value, tuple) else bool(value)


def for_pictures(recipe) -> list[str]:
    """The fields of networks that are for pictures and that this recipe sets."""
    usual = {"network": "mlp", "norm": "none", "z_in": "input", "conditional": False}
    return [name for name, value in usual.items() if getattr(recipe, name) != value]


def too_deep(recipe) -> bool:
    """Whether a DCGAN has no layer, or more than its pictures can be halved."""
    if recipe.network != "dcgan" or not isinstance(recipe.data, Images):
        return False
    most = deepest(recipe.data.shape)
    return not all(1 <= len(widths) <= most for widths in (recipe.G, recipe.D))


RULES: list[tuple[Callable, Callable]] = [
    (
        wrong_length,
        lambda r: (
            f"{(name := wrong_length(r))} must be one number, or one for each of the "
            f"{r.members} members, not a list of {len(getattr(r, str(name)))}"
        ),
    ),
    (
        lambda r: max(r.seeds) > FIELDS["seed"].high,
        lambda r: (
            "member i has the seed `seed` + i, of which none may be above "
            f"{FIELDS['seed'].high}: with {r.members} members seed must be at most "
            f"{FIELDS['seed'].high + 1 - r.members}, not {r.seed}"
        ),
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
        lambda r: some(r.smoothing) and not loss_of(r.loss).labels,
        lambda r: (
            "smoothing softens D's label of the data, and in the loss "
            f"{quoted(str(r.loss))} D has no labels: the losses that do are "
            + ", ".join(name for name, loss in LOSSES.items() if loss.labels)
        ),
    ),
    (
        lambda r: r.unrolled and (some(r.clip) or r.spectral),
        lambda r: (
            "unrolled steps of D are plain gradient steps, which clip and spectral would "
            "interrupt: hold D back by a penalty, or set unrolled to 0"
        ),
    ),
    (
        lambda r: r.m % r.packing,
        lambda r: (
            f"m must be a multiple of packing, so that no sample is left over, and {r.m} "
            f"is none of {r.packing}"
        ),
    ),
    (
        lambda r: for_pictures(r) and not isinstance(r.data, Images),
        lambda r: (
            f"{for_pictures(r)[0]}={getattr(r, for_pictures(r)[0])!r} is for pictures, and "
            f"the data of this recipe are {where_they_are(r.data)}"
        ),
    ),
    (
        too_deep,
        lambda r: (
            "each layer of a dcgan doubles or halves the picture, so that G and D must each "
            f"have from 1 to {deepest(r.data.shape)} widths for pictures of {r.data.shape[0]} x "
            f"{r.data.shape[1]}, not {len(r.G)} and {len(r.D)}"
        ),
    ),
    (
        lambda r: r.n and isinstance(r.data, Images),
        lambda r: (
            "pictures are a training set of their own size, of which n makes no smaller one: "
            f"set n to 0, not {r.n}"
        ),
    ),
    (
        lambda r: r.norm == "batch" and any(some(getattr(r, name)) for name in PENALTIES),
        lambda r: (
            "with batch norm D judges a whole minibatch, and has no slope at one picture to "
            f"be penalised: set {', '.join(PENALTIES)} to 0, or norm to 'layer' or 'none'"
        ),
    ),
    (
        lambda r: r.conditional and r.packing > 1,
        lambda r: (
            "a conditional D is told the label of one picture, and packs have several: set "
            "packing to 1"
        ),
    ),
]
"""What does not go together: pairs of a question to a recipe and the sentence if so."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Recipe(Fields):
    """The hyperparameters of a GAN: everything that decides a run of Algorithm 1.

    A frozen value, which prints as the code that remakes it. The defaults reach their optimum.

    Parameters
    ----------
    {fields}

    Raises
    ------
    ValueError
        In one sentence, for a field that is no such thing and for fields that do not go together.

    References
    ----------
    Goodfellow et al. 2014, Algorithm 1.

    Examples
    --------
    >>> from gan_lab import Recipe
    >>> Recipe(loss="hinge", k=1)
    Recipe(loss='hinge', k=1)
    >>> Recipe(lr_D=[0.1, 0.2], members=2).alone(1).lr_D
    0.2
    >>> Recipe(k=0)
    Traceback (most recent call last):
        ...
    ValueError: k must be a whole number from 1 to 1000, not 0
    """

    def __post_init__(self):
        for name, field in FIELDS.items():
            object.__setattr__(self, name, field.read(name, getattr(self, name)))
        for impossible, why in RULES:
            if impossible(self):
                raise ValueError(why(self))

    def but(self, **changes) -> Recipe:
        """The same recipe with some fields changed.

        Parameters
        ----------
        **changes
            Fields with their new values.

        Returns
        -------
        Recipe
            Another recipe.

        Raises
        ------
        ValueError
            For an unknown name, and for what is no recipe.

        Examples
        --------
        >>> from gan_lab import PRESETS
        >>> PRESETS["bump"].but(k=1).k
        1
        """
        checked_names(changes)
        return replace(self, **changes)

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seed of each member."""
        seed = self.seed
        return seed if isinstance(seed, tuple) else tuple(range(seed, seed + self.members))

    def alone(self, member: int) -> Recipe:
        """The recipe of one member's game, without the others.

        Parameters
        ----------
        member : int
            Which member.

        Returns
        -------
        Recipe
            One that has the same numbers, and plays the same game.

        Examples
        --------
        >>> from gan_lab import Recipe
        >>> Recipe(members=3, seed=7).alone(2).seed
        9
        """
        member = member_of(self.members, member)
        own = {n: v[member] for n in PER_MEMBER if isinstance(v := getattr(self, n), tuple)}
        return self.but(**own | {"members": 1, "seed": self.seeds[member]})

    def as_dict(self) -> dict:
        """Every field, as JSON can hold it.

        Raises ValueError for a loss that is no name: functions are no JSON.
        """
        if isinstance(self.loss, Loss):
            raise ValueError(
                f"the loss {quoted(self.loss.name)} is code of your own, which JSON, a link, a "
                "page and the lab's menu cannot carry: play this recipe with Training, record or "
                "sweep"
            )
        return parts_of(self)

    @classmethod
    def from_dict(cls, parts) -> Recipe:
        """The inverse of `as_dict`; fields left out are the defaults."""
        if not isinstance(parts, dict):
            raise ValueError(f"a recipe must be a table of fields, not {quoted(parts)}")
        checked_names(parts)
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


Recipe.__doc__ = (Recipe.__doc__ or "{fields}").replace(
    "    {fields}", indent(numpydoc_parameters(), " " * 4)
)


def parts_of(recipe: Recipe) -> dict:
    """Every field as JSON can hold it, but for a loss of the reader's own, which stays as it is."""
    values = ((f.name, getattr(recipe, f.name)) for f in fields(recipe))
    plain = {name: list(v) if isinstance(v, tuple) else v for name, v in values}
    return plain | {"data": recipe.data.as_dict()}


def checked_names(names) -> None:
    """Refuses names that are not fields of a recipe."""
    strange = [name for name in names if name not in FIELDS]
    if strange:
        raise ValueError(
            f"a recipe has no field {quoted(strange[0])}; its fields are {', '.join(FIELDS)}"
        )


SMOOTH = Recipe(activation="silu")
"""A generator without kinks, whose p_G is as smooth as the paper draws it."""

# Small enough to be trained in a page while one looks on.
LINE = Recipe(G=(16, 16), D=(16, 16), m=64, k=2, lr_D=0.01, lr_G=3e-3, iterations=10000)
PLANE = Recipe(
    data=ring(8, 1.0, 0.05),
    latent_dim=2,
    G=(32, 32),
    D=(32, 32),
    gain=1.0,
    m=64,
    k=1,
    lr_D=4e-3,
    lr_G=2e-3,
    beta1=0.5,
    iterations=10000,
)
SPOTS = PLANE.but(loss="relativistic", activation="relu", r1=0.01, r2=0.01, iterations=4000)

# Thin modes in the plane: four layers, so that G can be steep between the modes and flat on them,
# and long training; what the blur adds is small (benchmarks/README.md has what else was tried).
THIN = Recipe(
    data=grid(),
    latent_dim=2,
    G=(128,) * 4,
    D=(128,) * 4,
    activation="relu",
    gain=1.0,
    loss="relativistic",
    r1=0.01,
    r2=0.01,
    instance_noise=0.1,
    k=1,
    m=64,
    lr_D=2e-3,
    lr_G=1e-3,
    ema=0.995,
    iterations=20000,
)

# Pictures of 8 x 8 pixels (benchmarks/digits.md).
PICTURES = Recipe(
    data=digits(),
    latent_dim=16,
    G=(128, 128),
    D=(128, 128),
    gain=1.0,
    loss="relativistic",
    r1=0.02,
    r2=0.02,
    k=1,
    m=64,
    lr_D=2e-3,
    lr_G=2e-3,
    iterations=2000,
)

# Which digit is not told: then layer norm and larger steps help, a G that is deep enough to be
# steep between one digit and the next, few numbers of noise, more time, and the average of G over
# many steps that stay large.
UNTOLD = PICTURES.but(
    norm="layer",
    latent_dim=8,
    G=(128, 128, 128),
    r1=0.1,
    r2=0.1,
    beta2=0.999,
    lr_D=5e-3,
    lr_G=5e-3,
    schedule="constant",
    ema=0.999,
    iterations=10000,
)
# With the layers of a DCGAN a step takes longer, and few will do where the digit is told.
CONVOLUTIONS = PICTURES.but(
    network="dcgan",
    norm="layer",
    conditional=True,
    latent_dim=8,
    G=(32, 16),
    D=(16, 32),
    lr_D=5e-3,
    lr_G=5e-3,
    iterations=600,
)
CONDITIONAL = PICTURES.but(conditional=True)


@dataclass(frozen=True)
class Preset:
    """A game to begin with: its recipe, and how the page offers it."""

    recipe: Recipe
    words: str
    t: int = 0  # so many iterations are played before a reader sees it
    large: bool = False  # made for more room than a page has: slow there
    in_page: bool = True  # whether page and lab can play it


PRESET_ROWS = {
    # The games that the lab of the page begins with, on the line and (below) in the plane.
    "bump": Preset(LINE.but(activation="silu"), "One bump", t=600),
    "two": Preset(
        LINE.but(data=bimodal(0.0, 2.0, 0.3), k=8, r1=0.02, r2=0.02, iterations=4000),
        "Two bumps",
        t=600,
    ),
    "turns": Preset(
        LINE.but(activation="silu", k=20, lr_G=0.03, beta1=0.5, iterations=2000),
        "Figure 1: turns that can be seen",
    ),
    "bare": Preset(
        LINE.but(
            r1=0.0,
            r2=0.0,
            k=1,
            lr_D=1e-3,
            lr_G=1e-3,
            beta1=0.5,
            beta2=0.999,
            gain=1.0,
            schedule="constant",
            standardise=False,
        ),
        "As a tutorial sets it",
    ),
    "kinks": Preset(LINE, "What kinks do", t=600),
    # N(3, 0.5^2), learned to a JSD of 0.0005 nats or less, in ten of ten seeds
    # (benchmarks/optimum.md).
    "gaussian": Preset(
        SMOOTH.but(k=20, lr_G=6e-3, iterations=150), "One bump, of the book", large=True
    ),
    # The same data with larger steps of G, so that one turn of each player can be seen and p_G
    # overshoots: where the panels are taken it is displaced, as in the paper's drawing.
    "figure-1": Preset(
        SMOOTH.but(k=25, lr_G=3e-2, beta1=0.5, iterations=300), "Figure 1, of the book", large=True
    ),
    # Two bumps: a deeper G of tanh, which can be steep between them, and penalties that keep D
    # from chasing every slope of G's density (benchmarks/README.md has what else was tried).
    "bimodal": Preset(
        Recipe(
            data=bimodal(0.0, 2.0, 0.3),
            activation="tanh",
            G=(32, 32, 32),
            gain=1.0,
            r1=0.001,
            r2=0.001,
            k=8,
            m=128,
            lr_D=6e-3,
            lr_G=3e-3,
        ),
        "Two bumps, of the book",
        large=True,
    ),
    # What a tutorial would set, and the data as they are: D ends flat at 1/2 and blind.
    "tutorial": Preset(
        Recipe(
            G=(32, 32),
            D=(32, 32),
            gain=1.0,
            r1=0.0,
            r2=0.0,
            k=1,
            lr_D=1e-3,
            lr_G=1e-3,
            beta1=0.5,
            beta2=0.999,
            schedule="constant",
            iterations=4000,
            standardise=False,
        ),
        "A tutorial’s, of the book",
        large=True,
    ),
    "ring": Preset(SPOTS, "Ring of 8 spots", t=1000),
    "pair": Preset(
        PLANE.but(data=spots([[-0.7, 0.0], [0.7, 0.0]], [0.15, 0.15])), "Two spots", t=400
    ),
    "grid": Preset(SPOTS.but(data=grid(3, 1.0, 0.05)), "Grid of 9 spots", t=600),
    "moons": Preset(PLANE.but(data=moons(0.1)), "Two moons", t=600),
    # PacGAN's 2D ring and 2D grid (benchmarks/modes-ring.md, benchmarks/modes-grid.md).
    "pacgan-ring": Preset(THIN.but(data=ring(), iterations=10000), "PacGAN’s ring", large=True),
    "pacgan-grid": Preset(THIN, "PacGAN’s grid", large=True),
    # Pictures, which page and lab cannot show.
    "digits": Preset(UNTOLD, "Handwritten digits", in_page=False),
    "digits dcgan": Preset(CONVOLUTIONS, "Digits by convolutions", in_page=False),
    "digits conditional": Preset(CONDITIONAL, "Digits that are asked for", in_page=False),
}
"""Games to begin with, by name, in the order in which the page offers those that it plays."""

PRESETS = {name: preset.recipe for name, preset in PRESET_ROWS.items()}
"""Recipes of games to begin with, by name, as `PRESETS["gaussian"]`."""
