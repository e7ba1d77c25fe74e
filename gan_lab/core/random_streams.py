"""Counter-based randomness: a draw is a function of (seed, domain, iteration, step, index).

The generator is Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy
as 1, 2, 3", SC 2011), written in 64-bit integer arithmetic of torch so that it runs on any
device. Nothing is remembered between draws: a member draws the same numbers alone and in
company, and to resume a run only its counters are needed. Uniform and normal numbers are
made with + - * / and the square root alone, which IEEE 754 rounds correctly everywhere, so
that another language can repeat them bit for bit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from enum import IntEnum
from numbers import Integral
from typing import TYPE_CHECKING

from gan_lab.core import torch
from gan_lab.core.validation import is_whole, listed, quoted

if TYPE_CHECKING:
    from torch import Tensor

WORD = 0xFFFFFFFF
MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
WEYL = (0x9E3779B9, 0xBB67AE85)


class Domain(IntEnum):
    """What a random draw is for, so that no two uses share numbers (domain separation).

    The numbers are part of every recording: never renumber them.

    Parameters
    ----------
    value : int
        The number of the domain, 0 to 15; of draws that no game is played with, from 64 on.

    Examples
    --------
    >>> from gan_lab.core import Domain
    >>> Domain.NOISE_FOR_D.value
    3
    """

    G_WEIGHTS = 0
    D_WEIGHTS = 1
    DATA_FOR_D = 2
    NOISE_FOR_D = 3
    DATA_FOR_G = 4
    NOISE_FOR_G = 5
    PICK_FOR_D = 6
    PICK_FOR_G = 7
    BETWEEN_FOR_D = 8
    BLUR_DATA_FOR_D = 9
    BLUR_FAKE_FOR_D = 10
    BLUR_DATA_FOR_G = 11
    BLUR_FAKE_FOR_G = 12
    BETWEEN_FOR_G = 13
    PICK_TRAINING_SET = 14
    DATA_TRAINING_SET = 15
    PICK_TO_LOOK = 64
    DATA_TO_LOOK = 65
    NOISE_TO_LOOK = 66


def philox(counter: Sequence[Tensor], key: Sequence[Tensor]) -> tuple[Tensor, ...]:
    """Ten rounds of Philox4x32: four counter words and two key words to four random words.

    All are int64 tensors of broadcastable shapes holding numbers in [0, 2^32).
    """
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        # The product overflows int64, but its 64 bits are right; the mask undoes the sign.
        a, b = c0 * MULTIPLIERS[0], c2 * MULTIPLIERS[1]
        c0, c1, c2, c3 = (
            ((b >> 32) & WORD) ^ c1 ^ k0,
            b & WORD,
            ((a >> 32) & WORD) ^ c3 ^ k1,
            a & WORD,
        )
        k0, k1 = (k0 + WEYL[0]) & WORD, (k1 + WEYL[1]) & WORD
    return c0, c1, c2, c3


def unit(word: Tensor) -> Tensor:
    """A 32-bit word as a float64 strictly between 0 and 1: the middle of its cell."""
    return (word.double() + 0.5) * 2.0**-32


def log_unit(u: Tensor) -> Tensor:
    """log(u) for u in (0, 1): the exponent, and the series of atanh for the mantissa."""
    bits = u.view(torch.int64)  # of a normal number: what frexp tells, in terms a compiler knows
    exponent = (bits >> 52) - 1022
    mantissa = (bits & (2**52 - 1) | 1022 << 52).view(torch.float64)
    low = mantissa < math.sqrt(0.5)
    mantissa = torch.where(low, 2.0 * mantissa, mantissa)
    exponent = torch.where(low, exponent - 1, exponent).double()
    s = (mantissa - 1.0) / (mantissa + 1.0)
    return polynomial(s * s, [2.0 / n for n in range(1, 23, 2)]) * s + exponent * math.log(2.0)


def root(x: Tensor) -> Tensor:
    """The square root of x > 0, rounded correctly, which torch's vector library is not always.

    One step of Newton from torch's own, with the square of that in two parts that are exact.
    """
    y = x.sqrt()
    high = (y.view(torch.int64) & -(2**27)).view(torch.float64)
    low = y - high
    return y + (x - high * high - 2.0 * high * low - low * low) / (2.0 * y)


def polynomial(y: Tensor, coefficients: Sequence[float]) -> Tensor:
    """Horner's rule, lowest power first; a product and a sum at a time, never fused."""
    total = torch.full_like(y, coefficients[-1])
    for c in reversed(coefficients[:-1]):
        total.mul_(y).add_(c)
    return total


SINE = [(-1.0) ** n / math.factorial(2 * n + 1) for n in range(9)]
COSINE = [(-1.0) ** n / math.factorial(2 * n) for n in range(9)]


def box_muller(first: Tensor, second: Tensor) -> tuple[Tensor, Tensor]:
    """Two words to two independent standard normal numbers (Box and Muller 1958)."""
    radius = root(-2.0 * log_unit(unit(first)))
    quarter = second >> 30
    angle = ((second & 0x3FFFFFFF).double() + 0.5) * 2.0**-30 - 0.5
    angle = angle * (math.pi / 2)  # within a quarter turn, where the series are short
    square = angle * angle
    sine, cosine = polynomial(square, SINE) * angle, polynomial(square, COSINE)
    odd = (quarter & 1).bool()
    x, y = torch.where(odd, -sine, cosine), torch.where(odd, cosine, sine)
    sign = 1.0 - (quarter & 2).double()
    return radius * (sign * x), radius * (sign * y)


def uniforms(counter: Sequence[Tensor], key: Sequence[Tensor]) -> Tensor:
    """Four uniform numbers for each counter, on a last axis."""
    return torch.stack([unit(word) for word in philox(counter, key)], dim=-1)


def normals(counter: Sequence[Tensor], key: Sequence[Tensor]) -> Tensor:
    """Four standard normal numbers for each counter, on a last axis."""
    a, b, c, d = philox(counter, key)
    pairs = box_muller(torch.stack([a, c], dim=-1), torch.stack([b, d], dim=-1))
    return torch.stack(pairs, dim=-1).flatten(-2)


class Stream:
    """Reproducible random numbers for an ensemble: counter-based, one seed for each member.

    Draws have shape (members, `*shape`). When `iteration` or `step` is a range or a sequence
    instead of a number, the draws of all of them are made at once, on leading axes in the
    order (iteration, step): the same numbers as one at a time. `samplers` are the functions that
    make numbers of counters and keys; other ones must make the same, and may be faster.

    Parameters
    ----------
    seeds : iterable of int
        The seed of each member.
    device : torch.device or str
        Where the numbers are made; they are the same everywhere.

    Raises
    ------
    ValueError
        For seeds that are not whole numbers from 0 on.

    References
    ----------
    Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"
    (Philox4x32-10).

    Examples
    --------
    >>> from gan_lab.core import Domain, Stream
    >>> both = Stream([0, 1]).normal(Domain.NOISE_FOR_D, iteration=7, shape=(3,))
    >>> both.shape
    torch.Size([2, 3])
    >>> alone = Stream([1]).normal(Domain.NOISE_FOR_D, iteration=7, shape=(3,))
    >>> bool((both[1] == alone[0]).all())
    True
    """

    def __init__(self, seeds: Iterable[int], device: torch.device | str = "cpu"):
        seeds = listed(seeds, "a stream needs a list of seeds")
        if not seeds:
            raise ValueError("a stream needs at least one seed")
        for seed in seeds:
            if not is_whole(seed) or not 0 <= seed < 2**63:
                raise ValueError(
                    f"a seed must be a whole number from 0 to 2**63 - 1, not {quoted(seed)}"
                )
        self.seeds = tuple(int(seed) for seed in seeds)
        try:
            self.device = torch.device(device)
        except (RuntimeError, TypeError):
            raise ValueError(f"device must be cpu or cuda, not {quoted(device)}") from None
        seed = torch.tensor(self.seeds, dtype=torch.int64, device=self.device)
        self.key = (seed & WORD, seed >> 32)
        self.samplers = {"uniform": uniforms, "normal": normals}

    def counters(self, domain, iteration, count, step=0) -> tuple[tuple, tuple]:
        """Counter and key, which broadcast to (iterations, steps, members, blocks).

        A block gives four numbers, and there are as many as give `count` of them.
        """
        blocks = torch.arange(-(-count // 4), device=self.device)
        iterations = self.axis(iteration, "iteration")[:, None, None, None]
        steps = self.axis(step, "step")[None, :, None, None]
        key = [k[:, None] for k in self.key]
        domains = torch.full_like(blocks, int(domain))
        return (blocks, iterations, steps, domains), tuple(key)

    def axis(self, values, name: str) -> Tensor:
        words = f"the {name} of a draw must be from 0 to 2**32 - 1"
        several = [values] if isinstance(values, int) else listed(values, words)
        if any(not isinstance(value, Integral) or not 0 <= int(value) <= WORD for value in several):
            raise ValueError(f"{words}, not {quoted(values)}")
        return torch.tensor(several, dtype=torch.int64, device=self.device)

    def uniform(self, domain, iteration, shape, step=0, dtype=None) -> Tensor:
        """Uniform on (0, 1), never an end point (in float64, unless another dtype is asked for;
        float32 may round up to 1)."""
        return self.draw("uniform", domain, iteration, shape, step, dtype)

    def normal(self, domain, iteration, shape, step=0, dtype=None) -> Tensor:
        """Standard normal, at most 6.77 in size."""
        return self.draw("normal", domain, iteration, shape, step, dtype)

    def draw(self, sampler, domain, iteration, shape, step, dtype) -> Tensor:
        counters = self.counters(domain, iteration, math.prod(shape), step)
        flat = self.samplers[sampler](*counters).to(dtype or torch.float64).flatten(-2)
        leading = [len(list(v)) for v in (iteration, step) if not isinstance(v, int)]
        flat = flat[..., : math.prod(shape)]
        return flat.reshape(*leading, len(self.seeds), *shape)
