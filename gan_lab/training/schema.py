"""The fields of a recipe, a row each: what `Recipe`, its controls and its tables are made from.

A row says a field's type and default, which values it may have, whether every member may have its
own and whether a running game can change it; and its label, hint and group in page and notebook.
From here come `Recipe`'s fields, checks and docstring, the controls of a notebook's lab, the table
in the reference and, by `widgets.page_schema`, checks and controls of the page.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, fields

from gan_lab.datasets import Data, gaussian
from gan_lab.training.field import Field, choice, data, rate, real, share, truth, whole, widths
from gan_lab.training.loss import Loss
from gan_lab.training.losses import LOSSES, read_loss
from gan_lab.training.networks import ACTIVATIONS
from gan_lab.training.optimizers import AS_D, OPTIMIZERS

LARGEST_SEED = 2**53  # a number that JSON and JavaScript carry exactly

Number = float | tuple[float, ...]
"""One for all members, or one for each."""

GROUPS = {
    "first": "Learning rates, k and loss",
    "target": "Data and noise",
    "networks": "Networks",
    "game": "Minibatch and penalties",
    "optimizer": "Optimizer and schedule",
}
"""Where readers look for a field, in page and notebook: what they try first, and the rest."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Fields:
    """The fields of `Recipe`, in the order in which it prints them."""

    data: Data = data(
        gaussian(3.0, 0.5), group="target", label="Data p_data", live=False,
        says="what p_data is, from `gan_lab.datasets`",
        hint="The distribution that G is to learn. Several bumps or spots are harder than one: G "
        "may find some of them only.",
    )
    n: int = whole(
        0, 0, 2**20, group="target", label="Training set size n", step=10, reach=10_000,
        chapter="finite_data#training-set",
        says="how many samples the training set has, from which the minibatches are drawn with "
        "replacement; a function of the seed, and of fewer samples the first ones (0: each "
        "minibatch is a fresh sample of p_data)",
        hint="How many samples there are to learn from; 0 is a fresh sample in each step. With "
        "few, D learns them by heart, and G learns what is accidental in them.",
    )
    latent: str = choice(
        "gaussian", ("gaussian", "uniform", "bernoulli"), group="target", label="Noise p_z",
        words={"gaussian": "N(0, 1)", "uniform": "U(−1, 1)", "bernoulli": "0 or 1"},
        says='p_z: "gaussian" is N(0, 1), "uniform" is U(-1, 1), "bernoulli" is 0 or 1 with '
        "probability 1/2, in each of `latent_dim` dimensions",
        hint="The distribution of each number in z. G can only bend it: from U(−1, 1) no G reaches "
        "far tails, and from 0 or 1 it makes single points.",
    )
    latent_dim: int = whole(
        1, 1, 1024, group="target", label="Latent dimension", live=False, move="form", reach=64,
        says="how many numbers z has",
        hint="How many numbers z has. With fewer than the data have, all that G makes lies on a "
        "curve.",
    )
    G: tuple[int, ...] = widths(
        (48, 48), group="networks", label="Layers of G", live=False,
        says="widths of G's hidden layers",
        hint="Hidden layers of the generator, and how wide they are. Wider ones can make finer "
        "shapes, and train more slowly.",
    )
    D: tuple[int, ...] = widths(
        (48, 48), group="networks", label="Layers of D", live=False,
        says="widths of D's hidden layers",
        hint="Hidden layers of the discriminator, and how wide they are. A small D cannot tell "
        "fine differences, and G learns none that D cannot see.",
    )
    activation: str = choice(
        "leaky_relu", ACTIVATIONS, group="networks", label="Activation", move="form",
        words={"leaky_relu": "leaky ReLU", "relu": "ReLU", "silu": "SiLU"},
        says="what stands between the layers of both networks",
        hint="The function between the layers of both networks. ReLUs make densities with corners; "
        "tanh and SiLU smooth ones.",
    )
    gain: Number = real(
        0.6, 0, 100, group="networks", label="Initial gain of G", per_member=True, live=False,
        step=0.1, reach=10,
        says="G's first weights are those of `torch.nn.Linear` times this: the smaller, the "
        "smoother the first G (D's are as torch has them)",
        hint="Times the usual size of G's first weights. With less, G begins as a narrow bump; "
        "with more, spread out and folded.",
    )
    loss: str | Loss = choice(
        "non-saturating", LOSSES, group="first", place=3, label="Loss", move="form",
        words={name: loss.words for name, loss in LOSSES.items() if loss.words},
        own=Loss, read_own=read_loss, chapter="family#loss-{}",
        says="a name from `losses.LOSSES`, or a `Loss` of your own",
        hint="What each player lowers in its steps. Minimax is the game of the theory; the "
        "non-saturating loss gives G a gradient where D is sure of itself.",
    )
    r1: Number = real(
        0.005, group="game", label="Penalty R1", per_member=True, move="number", step=0.005,
        chapter="family#penalty-r1",
        says="strength of the penalty R1, on D's slope at the data",
        hint="Keeps D flat at the data. Raise it when the game circles or D gets too steep; too "
        "much of it blurs what G makes.",
    )
    r2: Number = real(
        0.005, group="game", label="Penalty R2", per_member=True, move="number", step=0.005,
        chapter="family#penalty-r2",
        says="strength of the penalty R2, on D's slope at G's points",
        hint="Keeps D flat at G's points, as R1 does at the data. The two are often set together.",
    )
    gp: Number = real(
        0.0, group="game", label="Gradient penalty (WGAN-GP)", per_member=True, move="number",
        step=0.5,
        chapter="family#penalty-gp",
        says="strength of the penalty of WGAN-GP, which wants slopes of 1 between data and G's "
        "points",
        hint="Wants a slope of 1 between data and G's points, as WGAN-GP does with 10. It belongs "
        "to the Wasserstein critic.",
    )
    clip: Number = real(
        0.0, group="game", label="Weight clipping of D", per_member=True, step=0.01,
        chapter="family#penalty-clip",
        says="every parameter of D is kept within this bound (0: none)",
        hint="Holds every weight of D within this bound; 0 is none. The first WGAN took 0.01.",
    )
    spectral: bool = truth(
        False, group="game", label="Spectral normalisation of D", in_page=False,
        chapter="family#penalty-spectral",
        says="every weight matrix of D is kept at a largest singular value of 1",
        hint="Keeps every weight matrix of D at a largest singular value of 1, so that D is never "
        "steep. It goes together with no clipping.",
    )
    smoothing: Number = share(
        0.0, group="game", label="Label smoothing", per_member=True, move="number", step=0.05,
        reach=0.99,
        chapter="family#penalty-smoothing",
        says="D's label of the data is 1 - smoothing (one-sided; that of G's points stays 0)",
        hint="D's label of the data is 1 minus this. It keeps D from being too sure, and moves its "
        "best output away from ½.",
    )
    instance_noise: Number = real(
        0.0, group="game", label="Instance noise", per_member=True, move="number", step=0.05,
        chapter="family#penalty-instance_noise",
        says="sd of Gaussian noise on all that D is given while the players learn; falls linearly "
        "to 0 over `iterations`",
        hint="Noise on all that D sees, which falls to 0. It helps at the start, while data and "
        "G's points do not overlap.",
    )
    packing: int = whole(
        1, 1, 64, group="game", label="Packing", live=False, move="form", in_page=False,
        chapter="family#penalty-packing",
        says="so many samples of one kind side by side are one input of D (PacGAN, Lin et al. "
        "2018): D judges m / packing packs of a minibatch, and no single point",
        hint="How many samples D judges at once. A D that sees several sees that they are too much "
        "alike, where G has lost a mode.",
    )
    unrolled: int = whole(
        0, 0, 100, group="game", label="Unrolled steps of D", move="form", in_page=False,
        chapter="family#penalty-unrolled",
        says="G looks so many steps of D ahead, and its gradient flows through them (Metz et al. "
        "2017); they are plain gradient steps of size lr_D on the minibatch of G's turn, whatever "
        "the optimizer, and D does not keep them",
        hint="How many answers of D a step of G takes into account. With some, G runs less after "
        "the D of the moment, and each step takes longer.",
    )
    k: int = whole(
        4, 1, 1000, group="first", place=2, label="k, steps of D", reach=100,
        says="Algorithm 1's k: steps of D in one iteration",
        hint="Steps of D before each step of G. The theory wants D at its best for every G: raise "
        "k when D lags behind, at the price of time.",
    )
    k_G: int = whole(
        1, 1, 1000, group="first", place=2, label="Steps of G", reach=100,
        says="steps of G for each turn of D, an iteration each: D's k steps come in every k_G-th "
        "iteration, before G's",
        hint="Steps of G, an iteration each, before D moves again. Algorithm 1 has one. With more, "
        "G runs after a D that stands still.",
    )
    m: int = whole(
        256, 1, 2**20, group="game", place=-1, label="Minibatch size m", move="form", reach=4096,
        says="Algorithm 1's m: examples in one minibatch",
        hint="Samples in each step. With more, the steps are less random, and each of them takes "
        "longer.",
    )
    optimizer: str = choice(
        "adam", OPTIMIZERS, group="optimizer", label="Optimizer", move="form",
        words={"adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop"},
        says='of both players: "adam" (beta1, beta2), "sgd" (momentum) or "rmsprop" (beta2, '
        "momentum), with the rates lr_D and lr_G",
        hint="How a gradient becomes a step. Adam and RMSprop divide it by its usual size; SGD "
        "does not, and wants other learning rates.",
    )
    optimizer_G: str = choice(
        AS_D, (AS_D, *OPTIMIZERS), group="optimizer", label="Optimizer of G", move="form",
        words={AS_D: "the same", "adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop"},
        says='the optimizer of G, if it is to be another than that of D: "as D" is `optimizer`',
        hint="How G makes a step of its gradient, where D does it in another way. The settings "
        "below, such as β1, are those of both.",
    )
    lr_D: Number = rate(
        4e-3, group="first", label="Learning rate of D", per_member=True, move="number",
        says="the learning rate of D",
        hint="How far D moves in a step. Raise it when D lags behind the best D (the thin line); "
        "lower it when its loss jumps about.",
    )
    lr_G: Number = rate(
        1e-3, group="first", label="Learning rate of G", per_member=True, move="number",
        says="the learning rate of G",
        hint="How far G moves in a step. Lower it when G runs past the data or circles around "
        "them; it is often smaller than that of D.",
    )
    beta1: Number = share(
        0.0, group="optimizer", label="β1 of Adam", per_member=True, move="number", step=0.05,
        reach=0.999, of=("adam",),
        says="the decay of Adam's mean of gradients",
        hint="How long Adam remembers past gradients. In this game a long memory makes the players "
        "run in circles: 0 or 0.5, not 0.9.",
    )
    beta2: Number = share(
        0.99, group="optimizer", label="β2", per_member=True, move="number", step=0.005,
        reach=0.9999, of=("adam", "rmsprop"),
        says="the decay of the mean of squared gradients in Adam and RMSprop",
        hint="How long the size of past gradients is remembered. Nearer to 1 the steps are more "
        "even, and slower to adapt.",
    )
    momentum: Number = share(
        0.0, group="optimizer", label="Momentum", per_member=True, move="number", step=0.05,
        reach=0.99, of=("sgd", "rmsprop"),
        says="how much of its last step a player makes again in SGD and RMSprop",
        hint="How much of its last step a player makes again. In this game it makes the players "
        "circle.",
    )
    schedule: str = choice(
        "cosine", ("constant", "cosine"), group="optimizer", label="Schedule",
        words={"cosine": "fall to 0"},
        says='"constant", or "cosine": both rates fall to 0 over `iterations`',
        hint="Whether the learning rates stay or fall to 0. Where they fall, the game comes to "
        "rest, and then nothing changes any more.",
    )
    ema: Number = share(
        0.0, group="optimizer", label="Averaging of G's weights", per_member=True, in_page=False,
        says="a second set of G's weights follows them as their running mean, of this decay a step "
        "(0: none); it is shown and sampled when asked, and plays no part",
        hint="Keeps a running mean of G's weights, with this much of the old one in each step. 0 "
        "is none. It is only looked at: the game does not change.",
    )
    iterations: int = whole(
        2000, 1, 10**8, group="optimizer", label="Iterations of the schedule", step=100,
        reach=10**6,
        says="when what falls over the training has arrived at 0; a game may go on",
        hint="When falling learning rates, and instance noise, arrive at 0. More of them give both "
        "players time; the game goes on after it.",
    )
    standardise: bool = truth(
        True, group="networks", label="Standardise the data", live=False,
        says="D is given (x - mean) / sd and G's output is mean + sd * net(z), with the mean and "
        "sd of p_data, so that both networks work at the scale of their weights; in the plane the "
        "sd is one number for both coordinates, and circles stay circles; a penalty then acts on "
        "the slope, and instance noise on x, in these units",
        hint="Both networks work at the scale of the data. Without it, G has to find out first "
        "where they are, and how wide.",
    )
    members: int = whole(
        1, 1, 2**16, group="target", place=1, label="Members", live=False, in_page=False,
        says="this many games at once; member i has the seed `seed` + i",
        hint="How many games are played at once, each from a seed of its own. What all of them do "
        "is no accident of one.",
    )
    seed: int | tuple[int, ...] = whole(
        0, 0, LARGEST_SEED, group="target", label="Seed", per_member=True, live=False, reach=10**6,
        says="where all random numbers come from",
        hint="Where all random numbers come from: the same seed gives the same run. Change it "
        "before you believe what one run shows.",
    )
    dtype: str = choice(
        "float32", ("float32", "float64"), group="networks", label="Precision", live=False,
        move="form", in_page=False,
        says='"float32" or "float64"',
        hint="How many digits the numbers of a game have: seven, or sixteen, which is slower on "
        "most cards.",
    )
    network: str = choice(
        "mlp", ("mlp", "dcgan"), group="networks", label="Kind of networks", live=False,
        move="form", in_page=False,
        words={"mlp": "multilayer perceptrons", "dcgan": "convolutions, as DCGAN"},
        says='"mlp", or "dcgan" for pictures: G doubles a small picture with each layer by '
        "transposed convolutions, D halves what it sees, and `G` and `D` are their channels",
        hint="Multilayer perceptrons see pixels in no order. Convolutions see which lie side by "
        "side, and are for pictures alone.",
    )
    norm: str = choice(
        "none", ("none", "batch", "layer"), group="networks", label="Normalisation", live=False,
        move="form", in_page=False,
        says='what is divided by its sd between the layers, for pictures: "none", "batch" over a '
        'minibatch (D judges real and fake ones apart) or "layer" over the units of one sample; '
        "not before D's first layer, nor after the last of either",
        hint="Keeps what passes between the layers at one scale. With batch norm D judges a whole "
        "minibatch, and no penalty on its slope makes sense.",
    )
    z_in: str = choice(
        "input", ("input", "every layer", "nowhere"), group="networks", label="Where z enters",
        live=False, move="form", in_page=False,
        says='where G is given z, for pictures: at its "input", in "every layer", or "nowhere"',
        hint="G can be given its noise at its input, in each layer, or not at all: then it makes "
        "one picture, or one for each label.",
    )
    conditional: bool = truth(
        False, group="networks", label="Tell the label", live=False, move="form", in_page=False,
        says="whether both players are told the label of a picture, beside what else they are "
        "given: G makes a picture of a label, and D judges whether it is one",
        hint="Tells G and D which digit it is to be. Afterwards one can ask G for a digit.",
    )


FIELDS: dict[str, Field] = {f.name: f.metadata["field"] for f in fields(Fields)}
"""What each field of a recipe is, in the order of the code."""

PER_MEMBER = tuple(name for name, field in FIELDS.items() if field.per_member)
"""The fields of which every member may have its own."""

BUILT_IN = tuple(name for name, field in FIELDS.items() if not field.live)
"""The fields that a running game cannot change."""


def fields_by_group() -> dict[str, list[str]]:
    """The names of the fields in each group, as readers see them."""
    ordered = sorted(FIELDS, key=lambda name: FIELDS[name].place)
    return {group: [n for n in ordered if FIELDS[n].group == group] for group in GROUPS}


TYPES = {"widths": "tuple of int", "data": "Data"}


def numpydoc_parameters() -> str:
    """What each field is, as the parameters in a docstring (numpydoc)."""
    lines = []
    for name, field in FIELDS.items():
        kind = TYPES.get(field.kind, type(field.default).__name__)
        lines.append(f"{name} : {kind}" + (", or one for each member" if field.per_member else ""))
        lines += textwrap.wrap(field.says, 92, initial_indent="    ", subsequent_indent="    ")
    return "\n".join(lines)
