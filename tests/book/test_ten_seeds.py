"""What chapters say in words of ten seeds that no cell of theirs plays."""

import re
from pathlib import Path

import numpy as np

from gan_lab import Recipe, Training
from gan_lab.recording import frame_of, watch

BOOK = Path(__file__).resolve().parents[2] / "book"


def words_of(chapter: str) -> str:
    return " ".join((BOOK / f"{chapter}.md").read_text(encoding="utf-8").split())


def test_kinks_cost_hardly_any_divergence():
    text = words_of("figure_1")
    bound = re.search(r"\(ten of ten seeds, 0 to 9, ended below ([\d.]+) nats\)", text)[1]
    assert "jagged = gl.Recipe(k=40, lr_G=6e-3, iterations=60)" in text
    game = Training(Recipe(k=40, lr_G=6e-3, iterations=60, members=10), "cpu")
    for _ in game.play(60):
        pass
    assert max(frame_of(game, i).jsd for i in range(10)) < float(bound)


def single_steps(game: Training):
    yield game
    for _ in range(13):
        for _ in range(game.recipe.k):
            game.update_discriminator()
            yield game
        game.update_generator()
        yield game


def test_v_rises_in_most_steps_of_d_and_falls_in_every_one_of_g():
    text = words_of("training_loop")
    assert (
        "$V$ rises in more than four of five steps of $D$, and falls in every step of $G$" in text
    )
    assert 'small = gl.Recipe(G=(16, 16), D=(16, 16), m=128, schedule="constant")' in text
    assert "recipe = small.but(k=k, lr_D=1e-2, lr_G=1e-2, seed=1)" in text
    small = Recipe(G=(16, 16), D=(16, 16), m=128, schedule="constant", k=5, lr_D=1e-2, lr_G=1e-2)
    for seed in range(10):
        seen = watch(single_steps(Training(small.but(seed=seed), "cpu")))
        rises = np.diff(seen.V) > 0
        assert rises[seen.turn[1:] == 1].mean() > 4 / 5 and not rises[seen.turn[1:] == 2].any()
