"""Rows of words and numbers: ruled on a page and in a notebook, lined up in a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

HYPHEN = re.compile(r"(?<![\w.])-(?=[\d.])")
"""Before a number: a minus, on a page."""
MEAN = re.compile(r"(?<!\w)E_([a-z])(?!\w)")
"""A mean over a distribution, whose letter stands lower on a page."""


@dataclass(frozen=True)
class Table:
    """A table of text that prints in columns and shows itself as HTML in a notebook.

    Cells stand as they are to be read, under the names of their columns; the first names the row.

    Parameters
    ----------
    head : sequence of str
        The names of the columns.
    rows : iterable of sequences
        The cells of each row.
    ids : sequence of str, optional
        A name for each row, to which a link of a page can lead.

    Raises
    ------
    ValueError
        When a row has another number of cells than the head, or ids are not one for each row.

    Examples
    --------
    >>> from gan_lab.core import Table
    >>> Table(("loss", "JSD"), [("minimax", "0.21"), ("hinge", "0.04")])
    loss      JSD
    minimax  0.21
    hinge    0.04
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    ids: tuple[str, ...] = ()

    def __init__(self, head: Sequence[str], rows: Iterable[Sequence], ids: Sequence[str] = ()):
        object.__setattr__(self, "head", tuple(head))
        object.__setattr__(self, "rows", tuple(tuple(str(cell) for cell in row) for row in rows))
        object.__setattr__(self, "ids", tuple(ids))
        if self.ids and len(self.ids) != len(self.rows):
            raise ValueError(
                f"a table of {len(self.rows)} rows has an id for each of them, not {len(self.ids)}"
            )
        for row in self.rows:
            if len(row) != len(self.head):
                raise ValueError(
                    f"a row of this table has {len(self.head)} cells, one for each of "
                    f"{', '.join(self.head)}, not {len(row)}"
                )

    def __str__(self) -> str:
        lines = [self.head, *self.rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(
            "  ".join([first.ljust(widths[0]), *map(str.rjust, rest, widths[1:])]).rstrip()
            for first, *rest in lines
        )

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """A table of its own class names, which notebooks and the book's theme rule and scroll."""
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.head)
        names = [f' id="{escape(name)}"' for name in self.ids] or [""] * len(self.rows)
        body = "".join(
            f'<tr{name}><th scope="row">{shown(first)}</th>'
            + "".join(f"<td>{shown(cell)}</td>" for cell in rest)
            + "</tr>"
            for name, (first, *rest) in zip(names, self.rows, strict=True)
        )
        return (
            f'<table class="dataframe"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        )


def shown(cell: str) -> str:
    """A cell as HTML."""
    return MEAN.sub(r"E<sub>\1</sub>", HYPHEN.sub("−", escape(cell)))


def agreeing(sentences: Mapping[str, Iterable[bool]]) -> Table:
    """In how many seeds each sentence is true, as a table.

    Parameters
    ----------
    sentences : mapping of str to iterables of bool
        For each sentence one truth for each seed.

    Returns
    -------
    Table
        A row for each sentence: its words, and in how many seeds it holds.

    Examples
    --------
    >>> from gan_lab.core import agreeing
    >>> agreeing({"D wins": [True, True, False]})
    sentence   seeds
    D wins    2 of 3
    """
    rows = [(words, [bool(one) for one in truths]) for words, truths in sentences.items()]
    return Table(("sentence", "seeds"), [(words, f"{sum(t)} of {len(t)}") for words, t in rows])
