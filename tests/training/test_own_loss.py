"""A loss of the reader's own: written as functions, given to a recipe as a name is."""

import copy
import pickle
from functools import partial

import numpy as np
import pytest
import torch
from small_games import SMALL, after, close, same

from gan_lab.recording.recording import Recording, record
from gan_lab.sweeps.grid import run_key, sweep
from gan_lab.training import backends
from gan_lab.training.backends import Traced, captured_move, rehearsed, traced
from gan_lab.training.jacobian import gradient_norm
from gan_lab.training.loop import Training
from gan_lab.training.loss import Loss
from gan_lab.training.losses import LOSSES
from gan_lab.training.recipe import Recipe
from gan_lab.training.rewind import Rewindable
from gan_lab.widgets import lab

softplus = torch.nn.functional.softplus


def cross_entropy(real, fake):
    return softplus(-real).mean(-1) + softplus(fake).mean(-1)


def not_log_D(real, fake):
    return softplus(-fake).mean(-1)


def to_0_and_1(real, fake):
    return 0.5 * ((real - 1.0).square().mean(-1) + fake.square().mean(-1))


def to_1(real, fake):
    return 0.5 * (fake - 1.0).square().mean(-1)


def pairs(real, fake):
    return softplus(fake - real).mean(-1)


def pairs_G(real, fake):
    return softplus(real - fake).mean(-1)


AGAIN = Loss(cross_entropy, not_log_D, best=lambda l: l, labels=True, name="again")
SQUARES = Loss(to_0_and_1, to_1, best=torch.sigmoid, name="squares")
PAIRS = Loss(pairs, pairs_G, G_sees_data=True, name="pairs")
TWO = SMALL.but(members=2, gp=0.1)


@pytest.mark.parametrize(
    ("own", "name"), [(AGAIN, "non-saturating"), (PAIRS, "relativistic")], ids=str
)
def test_a_loss_written_again_is_the_same_game_bit_for_bit(own, name):
    assert same(*(after(Training(TWO.but(loss=l), "cpu"), 8) for l in (own, name)))


def test_a_new_loss_plays_is_copied_taken_back_and_given_up():
    game = Rewindable(SMALL.but(loss=SQUARES), "cpu")
    start, first = game.G.flat.clone(), copy.deepcopy(after(game, 3))
    assert game.loss_D.isfinite().all() and not torch.equal(game.G.flat, start)
    game.rewind(0)
    assert torch.equal(game.G.flat, start) and same(after(game, 3), first)
    game.change(loss="hinge")
    game.change(loss=SQUARES)
    game.back()
    assert game.recipe.loss == "hinge" and gradient_norm(first, minibatches=2).value > 0


def test_a_new_loss_learns_the_data():
    """Least squares to the labels 0 and 1, as most code has it (Mao et al. 2017, Equation 9)."""
    recipe = Recipe(G=(16,), D=(16,), m=64, k=2, loss=SQUARES, iterations=600, dtype="float64")
    x = after(Training(recipe, "cpu"), 600).generate(torch.randn(4000, 1, generator=seeded()))
    assert x.mean().item() == pytest.approx(3.0, abs=0.2)
    assert x.std().item() == pytest.approx(0.5, abs=0.2)


def seeded():
    return torch.Generator().manual_seed(0)


@pytest.mark.parametrize("way", [traced, partial(captured_move, record=rehearsed)])
@pytest.mark.parametrize("own", [SQUARES, PAIRS], ids=str)
def test_the_faster_backends_play_it_too(own, way, monkeypatch):
    monkeypatch.setattr(Traced, "READY", {})
    monkeypatch.setattr(backends, "CompiledSampler", lambda name, plain: plain)
    monkeypatch.setitem(backends.BACKENDS, "cpu", partial(Traced, "traced", way, 16))
    fast, slow = (Training(TWO.but(loss=own), "cpu", compiled) for compiled in (True, False))
    assert fast.backend.note == "" and fast.backend.name == "traced"
    close(after(fast, 5), after(slow, 5))


def test_what_cannot_be_compiled_is_played_eagerly_and_says_why(monkeypatch):
    def by_the_sign(real, fake):
        return to_0_and_1(real, fake) if real.sum() > 0 else 2.0 * to_0_and_1(real, fake)

    monkeypatch.setattr(backends, "CompiledSampler", lambda name, plain: plain)
    monkeypatch.setitem(backends.BACKENDS, "cpu", partial(Traced, "traced", traced, 16))
    recipe = SMALL.but(loss=Loss(by_the_sign, to_1, name="by the sign"))
    game = Training(recipe, "cpu", compiled=True)
    assert game.backend.name == "eager" and "it was to be traced" in game.backend.note
    assert "\n" not in game.backend.note and same(after(game, 3), after(Training(recipe, "cpu"), 3))


def test_it_prints_as_code_and_a_row_of_the_table_is_its_name():
    recipe = Recipe(loss=SQUARES)
    names = {"Recipe": Recipe, "Loss": Loss, "to_0_and_1": to_0_and_1, "to_1": to_1,
             "sigmoid": torch.sigmoid}
    assert repr(recipe) == (
        "Recipe(loss=Loss(D=to_0_and_1, G=to_1, best=sigmoid, name='squares'))"
    )
    assert eval(repr(recipe), names) == recipe and recipe != Recipe()
    assert repr(AGAIN).endswith("best=..., labels=True, name='again')")
    assert repr(Recipe(loss=LOSSES["f-js"])) == "Recipe(loss='f-js')"
    assert pickle.loads(pickle.dumps(recipe)) == recipe


@pytest.mark.parametrize("ask", [
    Recipe.as_dict, Recipe.to_json, lab, lambda r: lab(r, view="matplotlib"),
])
def test_what_cannot_carry_it_says_so_in_one_sentence(ask):
    recipe = Recipe(loss=SQUARES)
    with pytest.raises(ValueError, match=r"^the loss 'squares' is code of your own, which JSON,"):
        ask(recipe)
    assert recipe.loss is SQUARES


def test_a_recording_keeps_all_but_the_code(tmp_path):
    taken = record(Training(SMALL.but(loss=AGAIN), "cpu"), 4, frames=3)
    taken.save(tmp_path / "taken")
    back = Recording.load(tmp_path / "taken")
    assert taken.recipe.loss is AGAIN and str(back.recipe.loss) == "again"
    assert (back.jsd == taken.jsd).all() and b"Loss(D=cross_entropy, G=not_" in taken.to_bytes()
    assert Recording.from_bytes(back.to_bytes()).recipe == back.recipe
    game = Training(back.recipe, "cpu")
    with pytest.raises(ValueError, match="the code of this game's loss is not in the file"):
        game.update_discriminator()
    after(Training(back.recipe.but(loss=AGAIN), "cpu"), 1)


def test_what_is_unknown_of_a_loss_without_labels_is_left_out_and_said_by_its_name():
    recording = record(Training(SMALL.but(loss=SQUARES), "cpu"), 2)
    assert recording.note.endswith("and not in squares")
    assert np.isnan(recording.D).all() and np.isfinite(recording.jsd).all()


def test_a_sweep_plays_it_and_keeps_its_runs_by_what_its_code_is(tmp_path):
    recipe = SMALL.but(iterations=4)

    def kept(losses, measure="jsd"):
        before = set(tmp_path.iterdir())
        found = sweep(recipe, {"loss": losses}, seeds=2, measure=measure, path=tmp_path)
        return found, len({f for f in tmp_path.iterdir() if f.suffix == ".json"} - before)

    found, new = kept([AGAIN, "non-saturating", SQUARES])
    assert new == 3 and (found.of("jsd")[0] == found.of("jsd")[1]).all()
    assert "| again |" in str(found.table("jsd")) or "again" in repr(found.table("jsd"))
    assert kept([AGAIN, "non-saturating", SQUARES])[1] == 0
    other = Loss(lambda real, fake: 2.0 * to_0_and_1(real, fake), to_1, name="squares")
    assert kept([other])[1] == 1
    assert run_key(recipe.but(loss=other)) != run_key(recipe.but(loss=SQUARES))


def test_a_loss_that_cannot_be_told_from_others_is_not_kept(tmp_path):
    with open(__file__, encoding="utf-8") as file:
        def of_a_file(real, fake):
            return to_1(real, fake) + len(file.name)

        own = Loss(to_0_and_1, of_a_file, name="of a file")
        with pytest.raises(ValueError, match="^the loss 'of a file' cannot be told from others:"):
            sweep(SMALL.but(iterations=2, loss=own), seeds=1, path=tmp_path)


WRONG = [
    (lambda: Loss(3, to_1), "^D of a loss must be a function, not 3$"),
    (lambda: Loss(to_1, to_1, best=1), "^best of a loss must be a function, not 1$"),
    (lambda: Loss(to_1, to_1, labels=1), "^labels of a loss must be True or False, not 1$"),
    (lambda: Loss(to_1, to_1, name=1), "^name of a loss must be text, not 1$"),
    (lambda: Recipe(loss=Loss(to_1, to_1)), "^a loss of your own needs a name, as in"),
    (lambda: Recipe(loss=Loss(to_1, to_1, name="hinge")), "^'hinge' is the name of another loss"),
    (lambda: Recipe(loss=to_1), r"^loss must be one of minimax, .*, or a Loss, not <function to_1"),
]


@pytest.mark.parametrize(("make", "said"), WRONG)
def test_what_is_no_loss_is_refused(make, said):
    with pytest.raises(ValueError, match=said):
        make()


NO_COSTS = {
    "must be the mean over the last axis: (2,) of outputs (2, 4), and its shape is ()":
        lambda real, fake: fake.mean(),
    "must be the mean over the last axis: (2,) of outputs (2, 4), and its shape is (2, 4)":
        lambda real, fake: fake,
    "must be a tensor, the mean over the last axis: (2,) of outputs (2, 4), not 0.5":
        lambda real, fake: 0.5,
    "must be finite, and at outputs from -1 to 1 it is not":
        lambda real, fake: fake.log().mean(-1),
    "must have a finite slope, and at outputs from -1 to 1 it has not":
        lambda real, fake: (fake - fake).sqrt().mean(-1),
    "must have a gradient, and it does not depend on D's outputs":
        lambda real, fake: fake.detach().mean(-1),
    "must be of each member alone, and one's depends on another's":
        lambda real, fake: fake.mean() + 0.0 * fake.mean(-1),
    "must have the dtype of D's outputs, and not torch.float64":
        lambda real, fake: fake.double().mean(-1),
    "raised RuntimeError: no such thing": lambda real, fake: broken(),
}


def broken():
    raise RuntimeError("no\nsuch thing.")


@pytest.mark.parametrize("player", "DG")
@pytest.mark.parametrize("said", NO_COSTS)
def test_functions_that_are_no_costs_are_refused_before_a_game_begins(said, player):
    costs = {"D": to_0_and_1, "G": to_1, player: NO_COSTS[said]}
    with pytest.raises(ValueError) as refused:
        Recipe(loss=Loss(**costs, name="mine"))
    told = str(refused.value)
    assert told.startswith(f"{player}'s cost in the loss 'mine' {said}") and "\n" not in told


def test_costs_are_tried_where_the_words_say():
    seen = []

    def watched(real, fake):
        seen.append((real.min().item(), real.max().item(), fake.min().item(), fake.max().item()))
        return to_0_and_1(real, fake)

    Recipe(loss=Loss(watched, to_1, name="watched"))
    assert seen == [(-1.0, 1.0, -1.0, 1.0)]


def test_a_cost_of_G_that_looks_at_the_data_has_to_say_so():
    with pytest.raises(ValueError, match=r"real is None unless G_sees_data is True\)$"):
        Recipe(loss=Loss(pairs, pairs_G, name="pairs"))


def test_D_s_cost_must_look_at_what_G_makes():
    with pytest.raises(ValueError, match="must depend on D's outputs at G's points"):
        Recipe(loss=Loss(lambda real, fake: softplus(-real).mean(-1), to_1, name="half"))


def test_smoothing_is_refused_by_the_name_of_a_loss_without_labels():
    with pytest.raises(ValueError, match="in the loss 'squares' D has no labels"):
        Recipe(loss=SQUARES, smoothing=0.1)
    assert Recipe(loss=AGAIN, smoothing=0.1).loss is AGAIN


def test_a_loss_that_becomes_infinite_ends_its_game_in_a_sentence():
    steep = Loss(to_0_and_1, lambda real, fake: (40.0 * fake.square()).exp().mean(-1), name="steep")
    game = after(Training(SMALL.but(loss=steep, lr_D=1e3, lr_G=1e3, dtype="float32"), "cpu"), 50)
    assert game.over and game.stopped.startswith("diverged (a loss or a weight was no longer")
