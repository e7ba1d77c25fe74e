"""Which modules are broken, how often, whose tests are asked, and what no test could notice."""

from tests.mutants.rules import PACKAGE, Mutant, by_hash, chosen, mutants

TESTS = PACKAGE.parent / "tests"
ALL_OF_THEORY = tuple(sorted(f"theory/{f.stem}" for f in (TESTS / "theory").glob("test_*.py")))
ALL_OF_METRICS = tuple(sorted(f"metrics/{f.stem}" for f in (TESTS / "metrics").glob("test_*.py")))

THEORY = dict.fromkeys(
    [f"theory/{name}" for name in (
        "tails", "families", "mixtures", "pushforward", "smooth", "folds", "densities",
        "divergences", "overlaps", "quadrature", "mesh", "stable", "drawn", "transport",
        "chebyshev", "game", "plane",
    )],
    ALL_OF_THEORY,
) | {"theory/plane": (*ALL_OF_THEORY, "test_plane")}
PROOFS = dict.fromkeys(
    [f"theory/proofs/{name}" for name in (
        "best_discriminator", "what_the_generator_minimises", "figure_1", "training_loop",
        "many_gans", "derivations", "formulas", "claim",
    )],
    (*ALL_OF_THEORY, "book/test_theorems"),
)
KEPT = {
    "frames": ("test_frames",),
    "recording": ("test_recording", "test_round_trips"),
    "recording_bytes": ("test_recording_bytes", "test_round_trips"),
    "metrics": ALL_OF_METRICS,
    "two_sample": ALL_OF_METRICS,
    "modes": ALL_OF_METRICS,
    "sweep": ("test_sweep",),
    "kept_runs": ("test_kept_runs",),
    "shards": ("test_sweep", "test_kept_runs"),
}
ENGINE = {
    "losses": ("test_losses",),
    "optimizers": ("test_optimizers", "test_members"),
    "networks": ("test_networks",),
    "streams": ("test_streams",),
    "data": ("test_data", "test_training", "test_costs"),
    "recipe": ("test_recipe", "test_members"),
    "history": ("test_history",),
    "training": ("test_training", "test_costs", "test_change", "test_members", "test_history"),
}
ONE_IN = [(THEORY, 80), (PROOFS, 80), (KEPT, 45), (ENGINE, 19)]
"""Of so many that the rules make of a module one is tried, and three of each module at least."""

WORDS_OF_EACH = 4
"""Of what a claim or a derivation says so many words and signs are changed."""

ASKED = THEORY | PROOFS | KEPT | ENGINE
"""The files of tests that are asked about a module."""

EQUIVALENT = {
    "theory/families:_triangle:shift:1": (
        "> -> >=", "of a triangle that has no rising side, that side is not looked at",
    ),
    "theory/mixtures:Mixture._smooth:shift:2": ("< -> <=", "a side is +1 or -1, never 0"),
    "theory/pushforward:PiecewiseLinear.__call__:swap:1": (
        'np.searchsorted(self.z, z, side="right") - 1, 0 -> '
        '0, np.searchsorted(self.z, z, side="right") - 1',
        "clip(x, 0, n) is min(max(x, 0), n), and so is clip(0, x, n)",
    ),
    "theory/proofs/best_discriminator:averages_over_one_branch:shift:1": (
        "> -> >=", "one z has no probability",
    ),
    "theory/proofs/best_discriminator:generators:extreme:1": (
        "maximum -> minimum", "another generator with a flat piece",
    ),
    "theory/proofs/what_the_generator_minimises:jsd_of:sign:5": (
        "-1 -> (1)", "the last axis of two is axis 1",
    ),
    "theory/proofs/what_the_generator_minimises:path:swap:11": (
        "p, laws[1:] -> laws[1:], p", "the JSD is the same both ways",
    ),
    "theory/stable:inverse_gaussian_cdf:shift:3": ("> -> >=", "at a = 0 both are the same number"),
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
