"""Whatever is given to whatever is public: it works, or one sentence says what was wrong.

Each of `ASKED` is a function of one argument, which hypothesis fills with nonsense. What is asked
of a game must leave it as it was.
"""

import copy
import math
import warnings
from functools import partial

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from gan_lab import datasets, plots
from gan_lab.checkers import BUGS
from gan_lab.core.random_streams import Stream
from gan_lab.core.validation import scalar
from gan_lab.metrics import held_out, manifolds, memorisation, modes, pictures, scores, two_sample
from gan_lab.metrics.digit_classifier import digit_features, digit_probabilities
from gan_lab.metrics.gaussian_fits import frechet, frechet_limit
from gan_lab.recording import frames, images, plane
from gan_lab.recording.recording import Recording, record
from gan_lab.theory import couplings, cross_entropy, flows, gaussian, supports
from gan_lab.training import jacobian
from gan_lab.training.device import resolve_device
from gan_lab.training.loop import Training
from gan_lab.training.loss import Loss
from gan_lab.training.losses import LOSSES
from gan_lab.training.networks import MLP
from gan_lab.training.recipe import Recipe
from gan_lab.training.refiner import Refiner
from gan_lab.training.rewind import Rewindable
from gan_lab.training.schema import FIELDS

torch.set_num_threads(1)

LINE = Recipe(G=(4,), D=(4,), m=8, k=2, members=2, iterations=5, seed=1)
PLANE = LINE.but(data=datasets.ring(sd=0.3), latent_dim=2)
PICTURES = LINE.but(data=datasets.digits())
RING = datasets.ring(sd=0.3)
SAMPLE = np.random.default_rng(0).normal(size=(20, 2))
ON_LINE = SAMPLE[:, 0]

NUMBERS = st.sampled_from([
    0, -1, 1.5, -0.5, math.nan, math.inf, -math.inf, 1e300, 5e-324, 10**400, 10**5000, 2**62,
    2**64, True, 1j, np.float32(0.25), np.float64("nan"), np.int64(-3), np.float32("inf"),
]) | st.integers(-5, 70) | st.floats(width=64)
ARRAYS = st.sampled_from([
    np.array(1.0), np.zeros(0), np.zeros((0, 2)), np.ones((2, 3)), np.ones((3, 5, 1)),
    np.ones((2, 2, 2, 2)), np.array([1j]), np.array(["a"]), np.array([math.nan, 1.0]),
    np.arange(400.0).reshape(40, 10), torch.tensor(1.0), torch.zeros(3, 2), torch.ones(5, 2, 1),
    torch.ones(2, requires_grad=True), torch.ones(2, dtype=torch.complex64),
    torch.linspace(0, 1, 9, requires_grad=True)[:, None], torch.arange(12.0).bfloat16(),
    torch.zeros(3, 2, device="meta"), torch.tensor(3), torch.eye(3).to_sparse(),
    np.ma.masked, np.ma.masked_less(np.arange(9.0), 3), np.zeros((9, 2)), np.float32(1e30) * SAMPLE,
    np.arange(9).astype(object), np.longdouble("1e400"), np.array(3), np.True_, 1e-200 * SAMPLE,
    pd.DataFrame(SAMPLE), pd.Series([1.0, None, 2.0]), pd.DataFrame({"x": ["a", "b"], "y": [1, 2]}),
    pd.Series(ON_LINE).astype("Float64"), pd.NA, pd.DataFrame(), np.zeros(3, [("x", float)]),
])
OTHERS = st.sampled_from([
    None, "", "3", "two\nlines", "x" * 5000, b"x", {}, {"a": 1}, object(), int, range(3), [[]],
    [[1.0], [1.0, 2.0]], [None], ["a"], [1.0] * 1000, {1, 2}, [math.nan], [10**5000], list,
])
NONSENSE = NUMBERS | ARRAYS | OTHERS | st.lists(NUMBERS, max_size=3)


def builders():
    """(name, function) for each argument of each function that makes data."""
    right = {
        "gaussian": [0.0, 1.0], "bimodal": [0.0, 1.0, 0.3],
        "gaussian_mixture": [[0.0, 1.0], [1.0, 1.0], [1.0, 1.0]], "ring": [8, 1.0, 0.1],
        "grid": [3, 1.0, 0.1], "spots": [[[0, 1], [1, 1]], [1, 1], [1, 1]],
        "dots": [[[0, 1]], 0.1], "drawn": [[0.0, 1.0, 2.0], [0.0, 1.0, 0.0]], "moons": [0.1],
        "spiral": [1.0, 2, 0.1], "swiss_roll": [0.1], "two_rings": [0.5, 1.0, 0.1],
        "distribution": ["t", 5.0], "digits": ["train", None], "mnist": ["all", [1]],
    }
    for name, arguments in right.items():
        for i in range(len(arguments)):
            def ask(v, name=name, arguments=arguments, i=i):
                made = getattr(datasets, name)(*arguments[:i], v, *arguments[i + 1 :])
                assert np.isfinite(made.mean).all() and 0 < made.sd < math.inf
                assert datasets.from_dict(made.as_dict()) == made
            yield f"{name}, argument {i}", ask
    yield "law, loc", lambda v: datasets.distribution("norm", loc=v)
    yield "law, scale", lambda v: datasets.distribution("norm", scale=v)
    yield "data from a dict", datasets.from_dict
    yield "data of a kind", lambda v: datasets.from_dict({"kind": v})
    yield "data with a number", lambda v: datasets.from_dict({"kind": "ring", "modes": v})


def recipes():
    for name in FIELDS:
        yield f"Recipe({name}=)", lambda v, name=name: Recipe(**{name: v})
    costs = {name: getattr(LOSSES["hinge"], name) for name in ("D", "G")}
    for part in ("D", "G", "best", "labels", "G_sees_data", "name", "words"):
        yield f"Loss({part}=)", lambda v, part=part: Recipe(
            loss=Loss(**costs | {"name": "mine", part: v})
        )
    yield "Recipe.from_dict", Recipe.from_dict
    yield "Recipe.from_json", Recipe.from_json
    yield "Recipe.alone", LINE.alone


def made():
    stream = Stream([1, 2])
    yield "Training", Training
    yield "device", resolve_device
    yield "Training on a device", lambda v: Training(LINE, v)
    yield "Refiner", Refiner
    yield "Refiner(noise=)", lambda v: Refiner(PICTURES, v, device="cpu")
    yield "Refiner(weight=)", lambda v: Refiner(PICTURES, 1.0, v, "cpu")
    yield "Rewindable(keep=)", lambda v: Rewindable(LINE, "cpu", v)
    yield "Stream", Stream
    yield "Stream of a seed", lambda v: Stream([v])
    yield "Stream on a device", lambda v: Stream([1], v)
    yield "draw of an iteration", lambda v: stream.uniform(0, v, (2,))
    yield "draw of a step", lambda v: stream.normal(0, 0, (2,), v)
    yield "MLP of widths", lambda v: MLP(v, "relu", stream, 0)
    yield "MLP of an activation", lambda v: MLP([1, 1], v, stream, 0)
    yield "MLP with a gain", lambda v: MLP([1, 1], "relu", stream, 0, gain=v)
    yield "MLP from a stream", lambda v: MLP([1, 1], "relu", v, 0)
    yield "an answer that is chosen", lambda v: BUGS["noise"].verdict(v)
    yield "an answer that is typed", lambda v: BUGS["units"].verdict(v)
    yield "recording of bytes", Recording.from_bytes
    yield "recording of pictures of bytes", images.ImageRecording.from_bytes


def no_class(ask):
    """Where a function is wanted any function may be given, and its errors are its own."""
    return lambda v: None if isinstance(v, type) else ask(v)


def metrics():
    two = {
        "precision": manifolds.precision, "recall": manifolds.recall, "frechet": frechet,
        "frechet_limit": frechet_limit, "w1": two_sample.w1, "mmd": two_sample.mmd,
        "c2st": two_sample.c2st,
    }
    two["sliced_w1"] = lambda real, fake, v=2: two_sample.sliced_w1(real, fake, v, 2)
    for name, score in two.items():
        yield f"{name}(real)", lambda v, s=score: s(v, ON_LINE)
        yield f"{name}(fake)", lambda v, s=score: s(SAMPLE, v)
        if name in ("frechet", "frechet_limit", "c2st"):
            yield f"{name}(function)", no_class(lambda v, s=score: s(SAMPLE, SAMPLE, v))
        else:
            yield f"{name}(number)", lambda v, s=score: s(ON_LINE, ON_LINE, v)
    yield "frechet_limit(seed)", lambda v: frechet_limit(SAMPLE, SAMPLE, None, v)
    for score in (manifolds.precision, manifolds.recall):
        yield f"{score.__name__}(features)", no_class(lambda v, s=score: s(SAMPLE, SAMPLE, 3, v))
    for score in (modes.high_quality, modes.captured, modes.reverse_kl):
        yield f"{score.__name__}(fake)", lambda v, s=score: s(v, RING)
        yield f"{score.__name__}(data)", lambda v, s=score: s(SAMPLE, v)
        yield f"{score.__name__}(sds)", lambda v, s=score: s(SAMPLE, RING, v)
    yield "held_out_js(real)", lambda v: held_out.held_out_js(v, SAMPLE, RING)
    yield "held_out_js(fake)", lambda v: held_out.held_out_js(SAMPLE, v, RING)
    yield "held_out_js(data)", lambda v: held_out.held_out_js(SAMPLE, SAMPLE, v)
    yield "held_out_js(seed)", lambda v: held_out.held_out_js(SAMPLE, SAMPLE, RING, v)
    yield "held_out_kl(fake)", lambda v: held_out.held_out_kl(v, RING)
    yield "held_out_kl(data)", lambda v: held_out.held_out_kl(SAMPLE, v)
    for ask in (digit_features, digit_probabilities, pictures.read_surely, pictures.class_entropy,
                pictures.smallest_class):
        yield f"{ask.__name__}(images)", ask
    yield "read_surely(above)", lambda v: pictures.read_surely(np.zeros((3, 64)), v)
    yield "nearest_training(points)", lambda v: memorisation.nearest_training(v, SAMPLE)
    yield "nearest_training(training)", lambda v: memorisation.nearest_training(SAMPLE, v)
    yield "memorised(fake)", lambda v: memorisation.memorised(v, SAMPLE, SAMPLE)
    yield "memorised(training)", lambda v: memorisation.memorised(SAMPLE, v, SAMPLE)
    yield "memorised(held_out)", lambda v: memorisation.memorised(SAMPLE, SAMPLE, v)
    near = manifolds.precision
    to_sample = partial(near, SAMPLE)
    yield "compared(metric)", no_class(lambda v: scores.compared(v, SAMPLE, SAMPLE))
    yield "compared(fake)", lambda v: scores.compared(to_sample, v, SAMPLE)
    yield "compared(held_out)", lambda v: scores.compared(to_sample, SAMPLE, v)
    yield "compared(seed)", lambda v: scores.compared(to_sample, SAMPLE, SAMPLE, v)
    yield "baseline(metric)", no_class(lambda v: scores.baseline(v, RING, 9, 2))
    yield "baseline(data)", lambda v: scores.baseline(near, v, 9, 2)
    yield "baseline(n)", lambda v: scores.baseline(near, RING, v, 2)
    yield "baseline(repeats)", lambda v: scores.baseline(near, RING, 9, v)
    yield "baseline(seed)", lambda v: scores.baseline(near, RING, 9, 2, v)


def theory():
    half, one = [0.5, 0.5], [1.0]
    for ask in (couplings.plan, couplings.potential):
        name = ask.__name__
        yield f"{name}(x)", lambda v, ask=ask: ask(v, half, [0.0], one)
        yield f"{name}(a)", lambda v, ask=ask: ask([0.0, 1.0], v, [0.0], one)
        yield f"{name}(y)", lambda v, ask=ask: ask([0.0, 1.0], half, v, one)
        yield f"{name}(b)", lambda v, ask=ask: ask([0.0, 1.0], half, [0.0], v)
    p = gaussian(0, 1)
    yield "cross_entropy(share)", lambda v: cross_entropy(np.zeros_like, p, p, v)
    yield "apart(theta)", lambda v: supports.apart(v, 0)
    yield "apart(sigma)", lambda v: supports.apart(0, v)
    yield "straight_velocity(data)", flows.straight_velocity
    yield "euler_map(steps)", lambda v: flows.euler_map(np.add, v)
    yield "euler_path(steps)", few(lambda v: flows.euler_path(np.add, v, 0.0))


def few(function, most=70):
    """A function of a count, which is not asked to work for long."""
    def ask(v):
        whole = isinstance(scalar(v), (int, np.integer)) and not isinstance(v, bool)
        return None if whole and v > most else function(v)
    return ask


def questions_of_pictures(game):
    """What can be asked of a conditional game of pictures."""
    z, x = np.zeros((2, 1)), np.zeros((2, 64))
    yield "generate(labels)", lambda v: game.generate(z, labels=v)
    yield "logit(labels)", lambda v: game.logit(x, labels=v)
    yield "generate with labels", lambda v: game.generate(v, labels=3)
    yield "image_frame", images.image_frame
    yield "image_frame(member)", lambda v: images.image_frame(game, v, 2)
    yield "image_frame(pictures)", lambda v: images.image_frame(game, 0, v)
    yield "pictures(shown)", lambda v: plots.pictures(Figure().subplots(), v)
    yield "pictures(columns)", few(
        lambda v: plots.pictures(Figure().subplots(), np.zeros((2, 3, 3)), v)
    )


def questions(game, in_plane):
    """What can be asked of a game and must leave it as it is."""
    for name in ("generate", "logit", "map", "generator", "discriminator"):
        yield f"{name}", getattr(game, name)
    yield "generate in the plane", in_plane.generate
    yield "logit in the plane", in_plane.logit
    yield "a map", lambda v: game.map()(v)
    yield "a map to the plane", lambda v: in_plane.map()(v)
    yield "the curve of G", lambda v: game.generator()(v)
    yield "the curve of D", lambda v: game.discriminator()(v)
    yield "frame_of", frames.frame_of
    yield "frame_of(member)", lambda v: frames.frame_of(game, v)
    yield "frame_of(x)", lambda v: frames.frame_of(game, 0, v)
    yield "frame_of(arrows)", lambda v: frames.frame_of(game, 0, None, v)
    yield "frame_in_plane", plane.frame_in_plane
    yield "frame_in_plane(member)", lambda v: plane.frame_in_plane(in_plane, v, 20, 50)
    yield "frame_in_plane(cells)", lambda v: plane.frame_in_plane(in_plane, 0, v, 50)
    yield "frame_in_plane(mesh)", lambda v: plane.frame_in_plane(in_plane, 0, 20, v)
    yield "frame_in_plane(window)", lambda v: plane.frame_in_plane(in_plane, 0, 20, 50, v)
    yield "quick_frame", plane.quick_frame
    yield "quick_frame(member)", lambda v: plane.quick_frame(in_plane, v)
    yield "quick_frame(cells)", lambda v: plane.quick_frame(in_plane, 0, v)
    yield "record", record
    yield "record(iterations)", few(lambda v: record(copy.deepcopy(game), v, 3), 9)
    yield "record(frames)", lambda v: record(copy.deepcopy(game), 1, v)
    yield "record(member)", lambda v: record(copy.deepcopy(game), 1, 3, v)
    for ask in (jacobian.gradient_norm, jacobian.spectrum):
        yield f"{ask.__name__}", ask
        yield f"{ask.__name__}(member)", lambda v, ask=ask: ask(game, v, 2)
        yield f"{ask.__name__}(minibatches)", few(lambda v, ask=ask: ask(game, 0, v), 5)
    yield "next_gradient_norm(member)", lambda v: jacobian.next_gradient_norm(game, v)
    yield "next_gradient_norm", jacobian.next_gradient_norm
    for name in ("play", "half_steps", "lines"):
        ask = getattr(game, name)
        yield f"{name}(iterations)", few(lambda v, ask=ask: list(ask(v)), 0)


FOREIGN = (
    "size mismatch", "Expected", "expected", "tensor(s)", "Traceback", "ambiguous", "broadcast",
    "Exceeds", "invalid literal", "could not convert", "out of bounds", "must match",
)


def in_a_sentence(ask, value) -> bool:
    """Whether it worked; if not, the refusal is held against what a sentence should be."""
    with warnings.catch_warnings():
        # the numbers of numpy and scipy at infinite points are theirs to warn of
        warnings.simplefilter("ignore", RuntimeWarning)
        try:
            ask(value)
        except ValueError as refusal:
            said = str(refusal)
            assert type(refusal) is ValueError
            assert "\n" not in said and 20 <= len(said) <= 330 and " " in said
            assert not any(word in said for word in FOREIGN)
            assert not said.endswith((":", ",", " "))
            return False
    return True


ASKED = dict([*builders(), *recipes(), *made(), *metrics(), *theory()])


@pytest.mark.parametrize("name", ASKED)
@given(NONSENSE)
def test_anything_works_or_is_refused_in_one_sentence(name, value):
    in_a_sentence(ASKED[name], value)


def played(recipe):
    game = Training(recipe, "cpu")
    list(game.play(1))
    return game


PLAYED, IN_PLANE = played(LINE), played(PLANE)
OF_PICTURES = played(LINE.but(data=datasets.digits(), conditional=True))
OF_A_GAME = dict([*questions(PLAYED, IN_PLANE), *questions_of_pictures(OF_PICTURES)])


def state(game):
    moments = [vars(o) for o in (game.optimizer_G, game.optimizer_D)]
    return (
        game.recipe, game.t, game.steps, game.turn, game.stopped,
        game.G.flat.tolist(), game.D.flat.tolist(), str(moments),
    )


@pytest.mark.parametrize("name", OF_A_GAME)
@given(NONSENSE)
def test_a_question_is_answered_or_refused_and_leaves_the_game_as_it_was(name, value):
    games = PLAYED, IN_PLANE, OF_PICTURES
    before = [state(game) for game in games]
    in_a_sentence(OF_A_GAME[name], value)
    assert [state(game) for game in games] == before


@settings(max_examples=300)
@given(st.sampled_from(list(FIELDS)), NONSENSE)
def test_a_game_that_refused_a_change_plays_on_bit_for_bit(name, value):
    game, twin = copy.deepcopy(PLAYED), copy.deepcopy(PLAYED)
    if in_a_sentence(lambda v: game.change(**{name: v}), value):
        return
    assert state(game) == state(twin)
    list(game.play(1))
    list(twin.play(1))
    assert state(game) == state(twin)


@pytest.mark.parametrize("name", ["gain", "r1", "gp", "clip", "instance_noise", "lr_D", "lr_G"])
@pytest.mark.parametrize("size", [1e39, 1e300])
def test_numbers_too_large_for_the_weights_end_a_game_in_words_or_not_at_all(name, size):
    if name == "gain":
        size = 100.0
    game = Training(LINE.but(optimizer="sgd", **{name: size}), "cpu")
    list(game.play(3))
    assert game.t == 3 or "diverged" in game.stopped
    assert game.G.flat.isfinite().all() and game.D.flat.isfinite().all()


@given(NONSENSE)
def test_moves_are_taken_back_or_refused(value):
    game = Rewindable(LINE, "cpu")
    list(game.play(2))
    for ask in (game.back, game.rewind):
        before = state(game), len(game.moves)
        if not in_a_sentence(ask, value):
            assert (state(game), len(game.moves)) == before


def test_a_recording_of_a_run_that_diverges_keeps_what_was_good_and_says_why():
    wild = LINE.but(optimizer="sgd", lr_D=1e3, lr_G=1e3, r1=1.0, k=1, iterations=500)
    recording = record(Training(wild, "cpu"), frames=9)
    assert "diverged" in recording.note and "member 0 in iteration" in recording.note
    assert "member 1 in iteration" in recording.note and "\n" not in recording.note
    assert recording.t[-1] < 500 and np.isfinite(recording.G_z).all()
    assert Recording.from_bytes(recording.to_bytes()).note == recording.note


def test_one_member_that_diverges_is_named_and_the_others_are_recorded_to_the_end():
    one = LINE.but(optimizer="sgd", lr_D=[1e-2, 1e300], lr_G=1e-2, iterations=20)
    game = Training(one, "cpu")
    recording = record(game, frames=5)
    assert game.t == 20 == recording.t[-1] and list(game.diverged_at) == [1]
    assert "member 1 in iteration" in recording.note and "member 0" not in recording.note
