"""Pictures as data: digits as rows of numbers in [-1, 1], split for training and for tests.

A data set of pictures is what it has read, each picture as likely as another: it has no density.
It is told by its kind, its split and its labels; the pixels stay where they are read from, and are
read when they are first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import ClassVar

import numpy as np

from gan_lab.core.validation import is_whole, listed, quoted
from gan_lab.datasets import mnist_files

SPLITS = ("train", "held out", "all")
"""What may be asked for of pictures: those to train on, those that no training sees, or both."""

HELD_OUT = 500
"""So many of scikit-learn's 1797 digits are never trained on."""


@dataclass(frozen=True, repr=False)
class Images:
    """Pictures with labels, of which a minibatch is a draw with replacement: `digits`, `mnist`.

    Parameters
    ----------
    split : {"train", "held out", "all"}
        Which of them.
    labels : tuple of int, optional
        Only pictures of these labels.

    Attributes
    ----------
    dim : int
        Pixels of a picture.
    shape : tuple of (int, int)
        Its rows and columns.
    classes : int
        How many labels there are in all, of which some may be left out.
    pixels : ndarray of shape (n, dim)
        The pictures, from -1 (paper) to 1 (ink).
    classes_of : ndarray of int of shape (n,)
        Their labels.
    mean, sd : float
        Of all pixels together: a game standardises by one number each.

    Examples
    --------
    >>> from gan_lab.datasets import digits
    >>> data = digits()
    >>> data.pixels.shape, data.classes_of.shape, data.shape
    ((1297, 64), (1297,), (8, 8))
    """

    split: str = "train"
    labels: tuple[int, ...] | None = None
    kind: ClassVar[str]
    shape: ClassVar[tuple[int, int]]
    classes: ClassVar[int] = 10

    def __post_init__(self):
        if not isinstance(self.split, str) or self.split not in SPLITS:
            raise ValueError(f"split must be one of {', '.join(SPLITS)}, not {quoted(self.split)}")
        object.__setattr__(self, "labels", read_labels(self.labels, self.classes))

    def read(self) -> tuple[np.ndarray, np.ndarray]:
        """Pixels from 0 to 1, (n, dim), and labels of the split."""
        raise NotImplementedError

    @property
    def dim(self) -> int:
        return self.shape[0] * self.shape[1]

    @cached_property
    def _kept(self) -> tuple[np.ndarray, np.ndarray]:
        ink, classes = self.read()
        wanted = slice(None) if self.labels is None else np.isin(classes, self.labels)
        found = 2.0 * ink[wanted] - 1.0, classes[wanted].astype(np.int64)
        if not len(found[0]):
            raise ValueError(f"there are no pictures in {self!r}: its files have none")
        for values in found:
            values.setflags(write=False)
        return found

    @property
    def pixels(self) -> np.ndarray:
        return self._kept[0]

    @property
    def classes_of(self) -> np.ndarray:
        return self._kept[1]

    @cached_property
    def mean(self) -> float:
        return float(self.pixels.mean())

    @cached_property
    def sd(self) -> float:
        return float(self.pixels.std())

    def sample(self, n: int, rng: np.random.Generator) -> np.ndarray:
        """n independent draws (n, dim), with replacement."""
        return self.pixels[rng.integers(len(self.pixels), size=n)]

    def as_dict(self) -> dict:
        """The kind, the split and the labels, for JSON."""
        labels = None if self.labels is None else list(self.labels)
        return {"kind": self.kind, "split": self.split, "labels": labels}

    def __repr__(self) -> str:
        given = [] if self.split == "train" else [repr(self.split)]
        given += [] if self.labels is None else [f"labels={list(self.labels)}"]
        return f"{self.kind}({', '.join(given)})"


def read_labels(labels, classes: int) -> tuple[int, ...] | None:
    """Which labels are asked for, each once and in order; None for all of them."""
    if labels is None:
        return None
    words = f"labels must be a digit from 0 to {classes - 1}, or a list of them"
    found = (labels,) if is_whole(labels) else listed(labels, words)
    if not found or any(not is_whole(v) or not 0 <= v < classes for v in found):
        raise ValueError(f"{words}, not {quoted(labels)}")
    return tuple(sorted({int(v) for v in found}))


class Digits(Images):
    """scikit-learn's digits, 8 x 8."""

    kind = "digits"
    shape = (8, 8)

    def read(self) -> tuple[np.ndarray, np.ndarray]:
        ink, classes = all_digits()
        order = np.random.default_rng(0).permutation(len(ink))
        train, held_out = order[:-HELD_OUT], order[-HELD_OUT:]
        which = {"train": train, "held out": held_out, "all": order}[self.split]
        return ink[which], classes[which]


@cache
def all_digits() -> tuple[np.ndarray, np.ndarray]:
    """The 1797 digits that scikit-learn carries, from 0 to 1, in its order."""
    try:
        from sklearn.datasets import load_digits
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "the digits come with scikit-learn: run 'pip install scikit-learn', then this again"
        ) from None
    ink, classes = load_digits(return_X_y=True)
    return np.asarray(ink) / 16.0, np.asarray(classes)


class MNIST(Images):
    """The digits of MNIST, 28 x 28, from files that are there."""

    kind = "mnist"
    shape = (28, 28)

    def read(self) -> tuple[np.ndarray, np.ndarray]:
        parts = {"train": ("train",), "held out": ("t10k",), "all": ("train", "t10k")}[self.split]
        found = [mnist_files.pictures_and_labels(part) for part in parts]
        ink, classes = (np.concatenate(column) for column in zip(*found, strict=True))
        return ink.reshape(-1, self.dim) / 255.0, classes


def digits(split: str = "train", labels: int | Iterable[int] | None = None) -> Digits:
    """Handwritten digits, 8 x 8, of scikit-learn: 1297 to train on, and 500 held out.

    The split is one permutation of numpy's `default_rng(0)`, the same for everybody. It needs
    scikit-learn and no network; pixels are from -1 to 1.

    Parameters
    ----------
    split : {"train", "held out", "all"}
        Which of them.
    labels : int or iterable of int, optional
        Only these digits.

    Returns
    -------
    Images
        The pictures and their labels.

    Raises
    ------
    ValueError
        In one sentence, for another split and for labels that are no digits.

    References
    ----------
    Alpaydin and Kaynak 1998, "Optical Recognition of Handwritten Digits", UCI.

    Examples
    --------
    >>> from gan_lab.datasets import digits
    >>> digits("held out").pixels.shape
    (500, 64)
    >>> sorted(set(digits(labels=[7, 3]).classes_of.tolist()))
    [3, 7]
    """
    return Digits(split, labels)  # pyright: ignore[reportArgumentType]  # labels are read there


def mnist(split: str = "train", labels: int | Iterable[int] | None = None) -> MNIST:
    """MNIST's handwritten digits, 28 x 28: 60 000 to train on, and 10 000 held out.

    They are read when their pixels are first asked for, from the folder that the environment
    variable GAN_LAB_MNIST names, by default `~/.cache/gan_lab/mnist`; `download_mnist` puts them
    there. Pixels are from -1 to 1.

    Parameters
    ----------
    split : {"train", "held out", "all"}
        Which of them.
    labels : int or iterable of int, optional
        Only these digits.

    Returns
    -------
    Images
        The pictures and their labels.

    Raises
    ------
    ValueError
        In one sentence, for another split and for labels that are no digits; and, when the pixels
        are asked for, where their files are not there or are damaged.

    References
    ----------
    LeCun, Cortes and Burges, "The MNIST database of handwritten digits".

    Examples
    --------
    >>> from gan_lab.datasets import mnist
    >>> mnist(labels=8).as_dict()
    {'kind': 'mnist', 'split': 'train', 'labels': [8]}
    """
    return MNIST(split, labels)  # pyright: ignore[reportArgumentType]  # labels are read there


KINDS = {"digits": digits, "mnist": mnist}
"""What makes each kind of pictures, by the name that JSON gives it."""
