"""Many games: a grid of settings over seeds, played here or elsewhere, kept, with intervals."""

from gan_lab.core.lazy import public

__getattr__, __dir__, __all__ = public(
    __name__,
    {
        "grid": ["Sweep", "sweep"],
        "scorers": [
            "SCORERS",
            "digits_read",
            "gap",
            "jsd",
            "modes",
            "pixel_frechet",
            "quality",
            "rarest_digit",
        ],
        "executors": ["BrokenError", "processes"],
        "kept_runs": ["Folder", "Outcome"],
        "fingerprints": ["fingerprint"],
    },
)
