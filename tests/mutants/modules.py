"""Which modules are broken, how often, whose tests are asked, and what no test could notice."""

from tests.mutants.rules import PACKAGE, Mutant, by_hash, chosen, mutants

TESTS = PACKAGE.parent / "tests"
ALL_OF_THEORY = tuple(sorted(f"theory/{f.stem}" for f in (TESTS / "theory").glob("test_*.py")))
ALL_OF_METRICS = tuple(sorted(f"metrics/{f.stem}" for f in (TESTS / "metrics").glob("test_*.py")))

THEORY = dict.fromkeys(
    [f"theory/{name}" for name in (
        "pushforward", "smooth", "folds", "divergences", "overlaps", "quadrature", "mesh",
        "transport", "couplings", "supports", "flows", "chebyshev", "game", "generator_losses",
        "critics", "two_numbers",
        "value_terms",
    )],
    ALL_OF_THEORY,
)
DISTRIBUTIONS = dict.fromkeys(
    [f"distributions/{name}" for name in (
        "base", "continuous", "named", "discrete", "drawn", "mixtures", "families", "stable",
        "tails", "gaussians_2d",
    )],
    ("distributions/test_by_definition", *ALL_OF_THEORY, "test_plane", "test_one_distribution",
     "test_data"),
)
PROOFS = dict.fromkeys(
    [f"theory/proofs/{name}" for name in (
        "best_discriminator", "what_the_generator_minimises", "figure_1", "many_gans",
        "generator_losses", "moving", "divergences", "supports", "two_numbers", "convergence",
        "overshoot", "at_rest", "family", "pictures", "derivations", "formulas", "claim",
        "the_game", "what_is_a_generative_model",
    )],
    (*ALL_OF_THEORY, "book/test_theorems"),
)
KEPT = {
    "recording/frames": ("recording/test_frames",),
    "recording/outlines": ("test_outlines",),
    "recording/recording": (
        "recording/test_recording", "recording/test_round_trips", "test_outlines",
    ),
    "recording/file_format": ("recording/test_file_format", "recording/test_round_trips"),
    "metrics/scores": ALL_OF_METRICS,
    "metrics/two_sample": ALL_OF_METRICS,
    "metrics/modes": ALL_OF_METRICS,
    "sweeps/grid": ("sweeps/test_grid",),
    "sweeps/kept_runs": ("sweeps/test_kept_runs",),
    "sweeps/runs": ("sweeps/test_grid", "sweeps/test_kept_runs"),
}
ENGINE = {
    "training/losses": ("training/test_losses",),
    "training/loss": ("training/test_own_loss",),
    "training/optimizers": ("training/test_optimizers", "training/test_members"),
    "training/networks": ("training/test_networks",),
    "core/random_streams": ("core/test_random_streams",),
    "datasets/minibatches": (
        "test_data", "training/test_loop", "training/test_costs", "test_plane",
    ),
    "datasets/forms": ("test_data", "test_one_distribution", "recording/test_round_trips"),
    "training/recipe": (
        "training/test_recipe", "training/test_members", "widgets/test_page_schema",
    ),
    "training/rewind": ("training/test_rewind",),
} | dict.fromkeys(
    [f"training/{name}" for name in (
        "loop", "state", "objective", "divergence_guard", "views", "device",
    )],
    (
        *(f"training/test_{name}"
          for name in ("loop", "costs", "change", "members", "rewind", "stopping")),
        "test_plane",
    ),
)
CHECKERS = {
    "checkers/exercise": ("test_exercises",),
    "checkers/formula": ("test_exercises",),
    "checkers/verdict": ("test_exercises", "test_checkers"),
    "checkers/discriminator": ("test_checkers",),
    "checkers/divergence": ("test_checkers",),
    "checkers/prediction": ("test_bugs",),
}
ONE_IN = [
    (THEORY, 79), (DISTRIBUTIONS, 79), (PROOFS, 80), (KEPT, 45), (ENGINE, 19), (CHECKERS, 20),
]
"""Of so many that the rules make of a module one is tried, and three of each module at least."""

WORDS_OF_EACH = 4
"""Of what a claim or a derivation says so many words and signs are changed."""

ASKED = THEORY | DISTRIBUTIONS | PROOFS | KEPT | ENGINE | CHECKERS
"""The files of tests that are asked about a module."""

EQUIVALENT = {
    "checkers/discriminator:mistakes_about_D:shift:1": (
        "> -> >=", "at no pair of densities that is tried are both the same",
    ),
    "distributions/continuous:STEPS:constant:5": (
        "0 -> 1", "where panels meet: the quadrature makes more of them where it needs to",
    ),
    "distributions/families:_triangle:shift:1": (
        "> -> >=", "of a triangle that has no rising side, that side is not looked at",
    ),
    "distributions/stable:inverse_gaussian_cdf:constant:14": (
        "1.0 -> 2.0", "what is cut off is what rounding may have put above 1",
    ),
    "training/losses:minimax:sign:2": ("-1 -> (1)", "the last axis of two is axis 1"),
    "training/state:State.apply_recipe:shift:1": (
        "> -> >=", "data that G's step does not look at are drawn",
    ),
    "theory/pushforward:PiecewiseLinear.__call__:swap:1": (
        'np.searchsorted(self.z, z, side="right") - 1, 0 -> '
        '0, np.searchsorted(self.z, z, side="right") - 1',
        "clip(x, 0, n) is min(max(x, 0), n), and so is clip(0, x, n)",
    ),
    "theory/proofs/derivations:optimal_discriminator:swap:10": (
        "slope, (a - (a + b) * y) / (y * (1 - y)) -> (a - (a + b) * y) / (y * (1 - y)), slope",
        "an equation read from its other side",
    ),
    "theory/proofs/derivations:typeset:shift:1": (
        "<= -> <", "an equation of just this length is as good in two lines",
    ),
    "theory/proofs/figure_1:best_linear:sign:2": (
        "* -> /", "the slope of the best line is 0",
    ),
    "theory/smooth:Branches._inverse:logic:1": (
        ") | ( -> ) & (", "Newton's method stops later, and further steps only round",
    ),
}
"""What no test could notice: {name: (what it is, why)}. It is not tried."""


def tried(module: str) -> list[Mutant]:
    """The mutants of a module that are chosen, those that are argued away among them."""
    (share,) = (share for modules, share in ONE_IN if module in modules)
    every = mutants(module)
    said = {m.function: [n for n in every if (n.function, n.rule) == (m.function, "word")]
            for m in every if m.rule == "word"}
    words = [m for of_one in said.values() for m in by_hash(of_one)[:WORDS_OF_EACH]]
    rest = chosen([m for m in every if m.rule != "word"], max(3, round(len(every) / share)))
    return [*rest, *words]
