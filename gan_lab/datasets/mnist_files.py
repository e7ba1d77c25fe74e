"""The four files of MNIST: where they lie, how they are read, and how they are had."""

from __future__ import annotations

import gzip
import math
import os
import urllib.request
from pathlib import Path

import numpy as np

from gan_lab.core.files import whole_file

SOURCE = "https://ossci-datasets.s3.amazonaws.com/mnist/"
"""Where the files are downloaded from."""

PARTS = ("train", "t10k")
NAMES = {"images": "{}-images-idx3-ubyte", "labels": "{}-labels-idx1-ubyte"}


def folder() -> Path:
    """Where MNIST is looked for: `GAN_LAB_MNIST` of the environment, or a folder of the cache."""
    return Path(os.environ.get("GAN_LAB_MNIST") or Path.home() / ".cache" / "gan_lab" / "mnist")


def download_mnist(source: str | None = None) -> Path:
    """Download MNIST, 11 MB, into `folder`; files that are there already stay as they are.

    Parameters
    ----------
    source : str, optional
        The address of a folder that has the four files; by default `SOURCE`, PyTorch's copy.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    ValueError
        In one sentence, where a file cannot be had.

    Examples
    --------
    >>> from gan_lab.datasets import download_mnist
    >>> try:
    ...     download_mnist("file:///nowhere/")
    ... except ValueError as error:
    ...     print(str(error)[:28])
    MNIST cannot be downloaded f
    """
    there, source = folder(), SOURCE if source is None else source
    for name in (name.format(part) + ".gz" for part in PARTS for name in NAMES.values()):
        if (there / name).exists():
            continue
        try:
            with urllib.request.urlopen(source + name, timeout=60) as answer:
                data = answer.read()
        except OSError as error:
            raise ValueError(f"MNIST cannot be downloaded from {source}: {error}") from None
        there.mkdir(parents=True, exist_ok=True)
        with whole_file(there / name) as part:
            part.write_bytes(data)
    return there


def pictures_and_labels(part: str) -> tuple[np.ndarray, np.ndarray]:
    """The pictures (n, 28, 28) and labels (n,) of one part, as bytes. ValueError without them."""
    pictures, labels = (read_idx(file_named(name.format(part))) for name in NAMES.values())
    if pictures.shape[1:] != (28, 28) or labels.shape != pictures.shape[:1] or (labels > 9).any():
        raise ValueError(f"the files of MNIST in {folder()} are not pictures with their labels")
    return pictures, labels


def file_named(name: str) -> Path:
    """A file of MNIST, packed or not."""
    for path in (folder() / f"{name}.gz", folder() / name):
        if path.is_file():
            return path
    raise ValueError(
        f"MNIST is not here: there is no {name}.gz in {folder()}; with a network, "
        "gan_lab.datasets.download_mnist() puts it there"
    )


def read_idx(path: Path) -> np.ndarray:
    """The array of bytes in a file of the format idx. ValueError for any other file.

    Two zeros, the type (8 is bytes), the number of axes, their lengths of four bytes each, the
    largest digit first, and the numbers.
    """
    try:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError) as error:
        raise ValueError(f"{path} cannot be read: {error}") from None
    axes = data[3] if data[:3] == b"\0\0\x08" and len(data) > 3 else 0
    shape = np.frombuffer(data, ">u4", axes, 4).tolist() if len(data) >= 4 + 4 * axes else []
    if not shape or len(data) != 4 + 4 * axes + math.prod(shape):
        raise ValueError(f"{path} is no file of bytes in the format idx, or is damaged")
    return np.frombuffer(data, np.uint8, offset=4 + 4 * axes).reshape(shape)
