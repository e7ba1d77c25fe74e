"""Tables: the same cells on a page and in a terminal."""

import re

import numpy as np
import pytest

from gan_lab.core.tables import Table, agreeing

TWO = Table(("seed", "JSD"), [(0, "0.5"), (17, "0.125 <")])


def test_columns_of_a_terminal_end_under_each_other():
    assert str(TWO).split("\n") == ["seed      JSD", "0         0.5", "17    0.125 <"]
    assert repr(TWO) == str(TWO)


def test_a_page_shows_the_same_cells_in_the_same_order():
    html = TWO._repr_html_()
    cells = re.findall(r"<t[hd](?: [^>]*)?>(.*?)</t[hd]>", html)
    assert cells == ["seed", "JSD", "0", "0.5", "17", "0.125 &lt;"]
    assert html.count('scope="col"') == html.count('scope="row"') == 2


def test_a_hyphen_before_a_number_is_a_minus_on_a_page_alone():
    table = Table(("x", "V"), [("non-saturating", "-1.39 to -0.5"), ("-2", "1e-05")])
    assert re.findall(r">([^<>]+)</t[hd]>", table._repr_html_())[2:] == [
        "non-saturating",
        "−1.39 to −0.5",
        "−2",
        "1e-05",
    ]
    assert "-1.39 to -0.5" in str(table)


def test_the_letter_of_a_mean_stands_lower_on_a_page_alone():
    table = Table(("loss", "G lowers"), [("minimax", "−½ E_q exp(D)"), ("lr_E_q", "E_quick")])
    html = table._repr_html_()
    assert "−½ E<sub>q</sub> exp(D)" in html and html.count("<sub>") == 1
    assert "−½ E_q exp(D)" in str(table)


def test_a_row_that_is_too_long_is_refused():
    with pytest.raises(ValueError, match="2 cells, one for each of seed, JSD, not 3"):
        Table(("seed", "JSD"), [(1, 2, 3)])


def test_sentences_are_told_with_the_number_of_seeds_that_agree():
    table = agreeing({"V rises": np.array([1.0, 2.0, 3.0]) > 1.5, "G moves": iter([True] * 3)})
    assert table == Table(("sentence", "seeds"), [("V rises", "2 of 3"), ("G moves", "3 of 3")])
