"""Pictures as data: which there are, how they are split, and what a recipe says of them."""

import gzip
import hashlib
import json
import re
import sys

import numpy as np
import pytest
import torch
from scipy import stats

from gan_lab.core.random_streams import Stream
from gan_lab.datasets import digits, from_dict, mnist, mnist_files
from gan_lab.datasets.images import all_digits
from gan_lab.datasets.minibatches import FOR_D, FOR_G, draw
from gan_lab.recording import frame_in_plane, frame_of, quick_frame
from gan_lab.sweeps import sweep
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe

CODE = {"digits": digits, "mnist": mnist, "Recipe": Recipe}
ALL = [
    digits(),
    digits("held out"),
    digits("all", labels=[3, 1, 3]),
    digits(labels=7),
    mnist("held out", labels=(0, 9)),
]


@pytest.mark.parametrize("data", ALL, ids=repr)
def test_pictures_are_written_down_by_name_and_not_by_pixels(data):
    text = json.dumps(data.as_dict())
    assert len(text) < 80 and from_dict(json.loads(text)) == data
    assert eval(repr(data), CODE) == data and hash(from_dict(data.as_dict())) == hash(data)
    recipe = Recipe(data=data)
    assert Recipe.from_json(recipe.to_json()) == recipe == eval(repr(recipe), CODE)


def test_digits_are_split_once_and_for_everybody():
    train, held_out, both = (digits(split) for split in ("train", "held out", "all"))
    assert len(train.pixels) == 1297 and len(held_out.pixels) == 500
    np.testing.assert_array_equal(np.concatenate([train.pixels, held_out.pixels]), both.pixels)
    everybody_s = hashlib.sha256(held_out.classes_of.astype("<i8").tobytes()).hexdigest()
    assert everybody_s.startswith("621312a4083e362a")


def test_where_there_is_no_scikit_learn_a_sentence_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(ModuleNotFoundError, match="^the digits come with scikit-learn: run 'pip"):
        all_digits.__wrapped__()


def test_digits_are_scikit_learn_s_from_paper_to_ink():
    from sklearn.datasets import load_digits

    found = load_digits()
    data = digits("all")
    assert data.pixels.min() == -1.0 and data.pixels.max() == 1.0 and data.shape == (8, 8)
    order = np.random.default_rng(0).permutation(1797)
    np.testing.assert_array_equal((data.pixels + 1) * 8, found.data[order])
    np.testing.assert_array_equal(data.classes_of, found.target[order])
    assert data.mean == pytest.approx(data.pixels.mean()) and data.sd == data.pixels.std()


def test_labels_choose_pictures():
    three = digits(labels=3)
    every = digits()
    np.testing.assert_array_equal(three.pixels, every.pixels[every.classes_of == 3])
    assert set(digits(labels=[0, 1]).classes_of.tolist()) == {0, 1}


def test_a_minibatch_draws_every_picture_alike_and_a_member_by_its_own_seed():
    data = digits(labels=4)
    x = draw(data, Stream([5, 9]), FOR_D, 0, 2**14)
    assert x.shape == (2, 2**14, 64) and x.dtype == torch.float64
    rows, counts = np.unique(x[1].numpy(), axis=0, return_counts=True)
    np.testing.assert_array_equal(rows, np.unique(data.pixels, axis=0))
    assert stats.chisquare(counts).pvalue > 1e-3
    assert torch.equal(x[1], draw(data, Stream([9]), FOR_D, 0, 2**14)[0])
    assert not torch.equal(x[1], draw(data, Stream([9]), FOR_G, 0, 2**14)[0])


def test_a_sample_is_of_pictures_that_there_are():
    data = digits(labels=[2])
    x = data.sample(50, np.random.default_rng(0))
    assert {row.tobytes() for row in x} <= {row.tobytes() for row in data.pixels}


TINY = Recipe(data=digits(), latent_dim=3, G=(6,), D=(6,), m=8, k=1, iterations=3)


def test_a_sweep_scores_pictures_and_refuses_what_is_of_points():
    games = sweep(TINY, {"r1": [0.0, 0.1]}, seeds=2, device="cpu", progress=False)
    assert list(games.values) == ["pixel_frechet"] and np.all(games.of("pixel_frechet") > 0)
    told = TINY.but(network="dcgan", conditional=True)
    games = sweep(told, seeds=[4], measure=["digits_read", "rarest_digit"], device="cpu")
    assert 0 <= games.of("digits_read")[0] <= 1 and games.of("rarest_digit")[0] <= 0.1
    for name, words in (("jsd", "this recipe's are pictures"), ("modes", "only a mixture")):
        with pytest.raises(ValueError, match=words):
            sweep(TINY, seeds=1, measure=[name], device="cpu")


def test_what_draws_points_refuses_pictures_in_a_sentence():
    game = Training(TINY, "cpu")
    for ask in (frame_of, frame_in_plane, quick_frame):
        with pytest.raises(ValueError, match="pictures|in the plane"):
            ask(game)
    with pytest.raises(ValueError, match="this recipe's are pictures"):
        game.p_g()


def idx(values) -> bytes:
    """An array of bytes in the format of MNIST's files."""
    head = bytes([0, 0, 8, values.ndim]) + np.array(values.shape, ">u4").tobytes()
    return head + values.astype(np.uint8).tobytes()


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """An archive of MNIST's format with few pictures in it, which nobody has put in place."""
    rng = np.random.default_rng(0)
    archive, made = tmp_path / "archive", {}
    archive.mkdir()
    for part, n in (("train", 6), ("t10k", 3)):
        made[part] = rng.integers(0, 256, (n, 28, 28)), np.arange(n) + 1
        for values, name in zip(made[part], mnist_files.NAMES.values(), strict=True):
            (archive / f"{name.format(part)}.gz").write_bytes(gzip.compress(idx(values)))
    monkeypatch.setenv("GAN_LAB_MNIST", str(tmp_path / "here"))
    return archive, made


def test_mnist_is_downloaded_and_read(tiny):
    archive, made = tiny
    with pytest.raises(ValueError, match="MNIST is not here: there is no train-images"):
        _ = mnist().pixels
    mnist_files.download_mnist(archive.as_uri() + "/")
    data = mnist("all")
    assert data.pixels.shape == (9, 784) and data.shape == (28, 28)
    first, _ = made["train"]
    np.testing.assert_allclose((data.pixels[:6] + 1) * 127.5, first.reshape(6, -1), atol=1e-12)
    assert data.classes_of.tolist() == [1, 2, 3, 4, 5, 6, 1, 2, 3]
    assert mnist("held out", labels=2).pixels.shape == (1, 784)


def test_a_file_that_is_unpacked_is_read_as_well_and_a_damaged_one_refused(tiny):
    archive, _ = tiny
    here = mnist_files.download_mnist(archive.as_uri() + "/")
    packed = here / "t10k-labels-idx1-ubyte.gz"
    whole = packed.read_bytes()
    packed.unlink()
    packed.with_suffix("").write_bytes(gzip.decompress(whole))
    assert len(mnist("held out").pixels) == 3
    for wrong in (
        whole[:-9],
        gzip.compress(b"\0\0\x08"),
        gzip.compress(idx(np.arange(4))[:-1]),
        gzip.compress(idx(np.arange(4))),
        gzip.compress(idx(np.array([1, 2, 99]))),
    ):
        packed.write_bytes(wrong)
        with pytest.raises(ValueError, match="cannot be read|or is damaged|with their labels"):
            _ = mnist("held out").pixels
    for name in mnist_files.NAMES.values():
        empty = np.zeros((0, 28, 28) if "images" in name else 0)
        (here / f"{name.format('t10k')}.gz").write_bytes(gzip.compress(idx(empty)))
    for data in (mnist("held out"), mnist(labels=9)):  # nothing in the files, nothing of the label
        with pytest.raises(ValueError, match=re.escape(f"there are no pictures in {data!r}")):
            _ = data.pixels
