"""Pictures laid side by side on one sheet, for whatever draws them."""

from __future__ import annotations

import math

import numpy as np

from gan_lab.core.validation import array, whole_from


def sheet_of(images, columns: int | None = None) -> np.ndarray:
    """Ink from 0 to 1 of pictures (n, rows, columns) on one sheet, nan between them."""
    images = np.asarray(images)
    if images.ndim != 3 or not images.size:
        raise ValueError(f"pictures must have the shape (n, rows, columns), not {images.shape}")
    ink = images / 255.0 if images.dtype == np.uint8 else (array(images, "pictures") + 1.0) / 2.0
    n, high, wide = ink.shape
    columns = math.ceil(math.sqrt(n)) if columns is None else whole_from(1, columns, "columns")
    sheet = np.full((math.ceil(n / columns) * (high + 1) + 1, columns * (wide + 1) + 1), np.nan)
    for i, picture in enumerate(ink):
        top, left = (i // columns) * (high + 1) + 1, (i % columns) * (wide + 1) + 1
        sheet[top : top + high, left : left + wide] = picture
    return sheet
