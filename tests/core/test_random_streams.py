"""A draw is a function of (seed, purpose, iteration, step, index), and of nothing else."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from gan_lab.core.random_streams import (
    WORD,
    Domain,
    Stream,
    box_muller,
    log_unit,
    philox,
    root,
    unit,
)

# Known answers of Philox4x32-10, from kat_vectors of the authors' Random123 library.
KNOWN = [
    (
        "00000000 00000000 00000000 00000000",
        "00000000 00000000",
        "6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    ),
    (
        "ffffffff ffffffff ffffffff ffffffff",
        "ffffffff ffffffff",
        "408f276d 41c83b0e a20bc7c6 6d5451fd",
    ),
    (
        "243f6a88 85a308d3 13198a2e 03707344",
        "a4093822 299f31d0",
        "d16cfe09 94fdcceb 5001e420 24126ea1",
    ),
]


def words(text):
    return [torch.tensor([int(word, 16)]) for word in text.split()]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_philox_gives_the_published_answers(counter, key, answer):
    assert [w.item() for w in philox(words(counter), words(key))] == [
        w.item() for w in words(answer)
    ]


def plain_philox(counter, key):
    """The same rounds in Python's own integers, which never overflow."""
    c, k = list(counter), list(key)
    for _ in range(10):
        a, b = c[0] * 0xD2511F53, c[2] * 0xCD9E8D57
        c = [b >> 32 ^ c[1] ^ k[0], b & WORD, a >> 32 ^ c[3] ^ k[1], a & WORD]
        k = [k[0] + 0x9E3779B9 & WORD, k[1] + 0xBB67AE85 & WORD]
    return c


@settings(max_examples=50)
@given(st.lists(st.integers(0, WORD), min_size=6, max_size=6))
def test_philox_is_the_same_in_unbounded_integers(six):
    tensors = [torch.tensor([w]) for w in six]
    assert [w.item() for w in philox(tensors[:4], tensors[4:])] == plain_philox(six[:4], six[4:])


def test_a_draw_is_the_philox_word_of_its_counter():
    seed = 5 + (7 << 32)
    u = Stream([seed]).uniform(Domain.NOISE_FOR_D, 11, (6,), step=2)[0]
    expected = [
        (word + 0.5) / 2**32
        for block in (0, 1)
        for word in plain_philox([block, 11, 2, Domain.NOISE_FOR_D], [5, 7])
    ]
    assert u.tolist() == expected[:6]


@pytest.mark.parametrize("kind", ["uniform", "normal"])
def test_a_member_alone_draws_the_same_as_in_company_bit_for_bit(kind):
    seeds = [3, 1, 4, 159, 2**40]
    together = getattr(Stream(seeds), kind)(Domain.DATA_FOR_D, 9, (31, 2))
    for i, seed in enumerate(seeds):
        alone = getattr(Stream([seed]), kind)(Domain.DATA_FOR_D, 9, (31, 2))
        assert torch.equal(alone[0], together[i])


@pytest.mark.parametrize("kind", ["uniform", "normal"])
def test_many_iterations_at_once_are_the_same_as_one_at_a_time(kind):
    draw = getattr(Stream([0, 8]), kind)
    block = draw(Domain.NOISE_FOR_D, range(5, 8), (7, 1), range(2))
    assert block.shape == (3, 2, 2, 7, 1)
    for i, t in enumerate(range(5, 8)):
        for j in range(2):
            assert torch.equal(block[i, j], draw(Domain.NOISE_FOR_D, t, (7, 1), j))


def test_a_longer_draw_begins_with_the_shorter_one():
    stream = Stream([2])
    assert torch.equal(stream.normal(0, 0, (100,))[:, :33], stream.normal(0, 0, (33,)))


def test_draws_differ_when_anything_differs():
    stream = Stream([0, 1])
    base = stream.uniform(Domain.DATA_FOR_D, 3, (8,))
    assert not torch.equal(base[0], base[1])
    for other in (
        stream.uniform(Domain.DATA_FOR_G, 3, (8,)),
        stream.uniform(Domain.DATA_FOR_D, 4, (8,)),
        stream.uniform(Domain.DATA_FOR_D, 3, (8,), step=1),
    ):
        assert not torch.isin(other, base).any()


def test_the_numbers_of_purposes_never_change():
    assert [p.name for p in sorted(Domain)] == [
        "G_WEIGHTS",
        "D_WEIGHTS",
        "DATA_FOR_D",
        "NOISE_FOR_D",
        "DATA_FOR_G",
        "NOISE_FOR_G",
        "PICK_FOR_D",
        "PICK_FOR_G",
        "BETWEEN_FOR_D",
        "BLUR_DATA_FOR_D",
        "BLUR_FAKE_FOR_D",
        "BLUR_DATA_FOR_G",
        "BLUR_FAKE_FOR_G",
        "BETWEEN_FOR_G",
        "PICK_TRAINING_SET",
        "DATA_TRAINING_SET",
        "PICK_TO_LOOK",
        "DATA_TO_LOOK",
        "NOISE_TO_LOOK",
    ]
    assert [int(p) for p in sorted(Domain)] == [*range(16), 64, 65, 66]


def test_uniform_numbers_are_uniform():
    n = 2**16
    u = Stream([17]).uniform(0, 0, (n,))[0].numpy()
    assert 0.0 < u.min() and u.max() < 1.0
    # Kolmogorov: sqrt(n) times the largest distance exceeds 1.95 once in a thousand samples.
    assert math.sqrt(n) * stats.kstest(u, "uniform").statistic < 1.95
    # Neighbours are uncorrelated: five standard errors.
    assert abs(np.corrcoef(u[:-1], u[1:])[0, 1]) < 5 / math.sqrt(n)


def test_normal_numbers_are_normal():
    n = 2**16
    z = Stream([18]).normal(0, 0, (n,))[0].numpy()
    assert math.sqrt(n) * stats.kstest(z, "norm").statistic < 1.95
    # Moments within five standard errors: Var z^k = (2k - 1)!! - ((k - 1)!! for even k)^2.
    for k, moment, variance in ((1, 0, 1), (2, 1, 2), (3, 0, 15), (4, 3, 96)):
        assert abs((z**k).mean() - moment) < 5 * math.sqrt(variance / n)
    # The two numbers of one pair of words are independent in their squares too.
    pair = z.reshape(-1, 2) ** 2
    assert abs(np.corrcoef(pair[:, 0], pair[:, 1])[0, 1]) < 5 / math.sqrt(n / 2)


def test_our_logarithm_and_box_muller_are_those_of_numpy():
    stream = Stream([3])
    a, b, _, _ = (w.flatten() for w in philox(*stream.counters(0, 0, 4000)))
    a = torch.cat([a, torch.tensor([0, 1, WORD - 1, WORD])])  # the ends too
    b = torch.cat([b, torch.tensor([0, 2**30, 2**31, WORD])])
    u = unit(a).numpy()
    np.testing.assert_allclose(log_unit(unit(a)).numpy(), np.log(u), rtol=1e-15)
    x, y = box_muller(a, b)
    # Our angle starts at minus an eighth of a turn, so that the first quarter is around 0.
    angle = 2 * np.pi * (unit(b).numpy() - 0.125)
    radius = np.sqrt(-2 * np.log(u))
    np.testing.assert_allclose(x.numpy(), radius * np.cos(angle), atol=2e-14)
    np.testing.assert_allclose(y.numpy(), radius * np.sin(angle), atol=2e-14)


@pytest.mark.parametrize("seeds", [[], [-1], [2**63], [1, 0.5], [True]])
def test_impossible_seeds_are_refused_in_a_sentence(seeds):
    with pytest.raises(ValueError, match="seed"):
        Stream(seeds)


@pytest.mark.parametrize("iteration", [-1, 2**32, [0, -1]])
def test_a_counter_out_of_range_is_refused_rather_than_wrapped(iteration):
    with pytest.raises(ValueError, match="iteration of a draw"):
        Stream([0]).uniform(0, iteration, (1,))


def test_our_square_root_is_the_one_that_ieee_754_asks_for():
    u = Stream([1]).uniform(0, 0, (200_000,))[0]
    x = torch.cat([74.0 * u, u * 1e-9, torch.tensor([2.0**-52, 1.0, 4.0, 1.0 + 2.0**-52])])
    assert np.array_equal(root(x).numpy(), np.sqrt(x.numpy()))  # numpy's is the processor's own
