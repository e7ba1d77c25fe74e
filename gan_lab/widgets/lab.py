"""The lab: a figure in which a reader trains a game with their own hands.

On a page the training is the front end's own (`static/lab.js` over `static/training.js`, in a Web
Worker); here is what carries the recipe to begin with, and a still picture of its start for where
nothing can move.
"""

import functools
import html
import json
import numbers

from gan_lab.recipe import Recipe
from gan_lab.widgets.front_end import joined
from gan_lab.widgets.shown import FIND_ME, Shown

NO_SCRIPT = "Where JavaScript is allowed, a GAN can be trained here, without a kernel or a network."
LONGEST = 100_000


def lab(recipe: Recipe | None = None, t: int = 0) -> "Lab":
    """A lab that begins with this recipe, played to iteration `t` before the reader sees it.

    Without a recipe, the one-dimensional game of the defaults. The page trains one member, and
    some of what a recipe can say (packing, unrolled, spectral) it refuses in a sentence. Raises
    ValueError for what is no recipe, and for t that is no whole number from 0 to 100000.
    """
    return Lab(Recipe() if recipe is None else recipe, t)


class Lab(Shown):
    """A game to be trained by hand; displayed at the end of a cell. See `lab`."""

    size = (7.0, 4.4)

    def __init__(self, recipe: Recipe, t: int = 0):
        if not isinstance(recipe, Recipe):
            raise ValueError(f"a lab begins with a Recipe, and got {recipe!r}")
        whole = isinstance(t, numbers.Integral) and not isinstance(t, bool)
        if not whole or not 0 <= t <= LONGEST:
            raise ValueError(f"t must be a whole number from 0 to {LONGEST}, not {t!r}")
        self.recipe, self.t = recipe, int(t)

    def __repr__(self) -> str:
        return f"lab({self.recipe!r}, t={self.t})"

    def html(self) -> str:
        """A figure that holds the recipe as JSON; the page's script puts the lab into it."""
        recipe = html.escape(json.dumps(self.recipe.as_dict()))
        return (
            f'<figure class="gan-lab" data-gan-lab="lab" data-recipe="{recipe}" '
            f'data-t="{self.t}">\n<noscript><p>{NO_SCRIPT}</p></noscript>\n</figure>\n{FIND_ME}'
        )

    def new_widget(self):
        return widget_class()(recipe=self.recipe.as_dict(), t=self.t)

    def draw(self, figure):
        """The start of the game: Figure 1, or data and G's points in the plane."""
        from gan_lab.frames import see
        from gan_lab.training import Training

        game, ax = Training(self.recipe, device="cpu"), figure.subplots()
        if self.recipe.data.dim == 1 and self.recipe.latent_dim == 1:
            from gan_lab.figures import figure_1

            figure_1(ax, see(game))
        else:
            draw_points(ax, game)


def draw_points(ax, game) -> None:
    """A minibatch of the data and one of G, as points."""
    from gan_lab.figures import PALETTE

    real, z = game.minibatches.for_D(0, 0)
    fake, real = game.generate(z)[0], (game.center + game.scale * real)[0]
    for points, role, mark, name in ((real, "p_data", "o", "data"), (fake, "p_g", "x", "G(z)")):
        x = points.cpu().numpy()
        y = x[:, 1] if x.shape[1] == 2 else 0 * x[:, 0]
        ax.scatter(x[:, 0], y, s=16, marker=mark, color=PALETTE[role]["color"], label=name)
    ax.legend(frameon=False)


@functools.cache
def widget_class():
    """The anywidget class; made late, so that importing the package starts no comms."""
    import anywidget
    import traitlets

    class LabWidget(anywidget.AnyWidget):
        _esm = f"{joined()}\nexport default {{ render: $lab_mount.renderLab }};\n"
        recipe = traitlets.Dict().tag(sync=True)
        t = traitlets.Int(0).tag(sync=True)

    return LabWidget
