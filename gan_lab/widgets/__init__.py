"""What a reader touches: figures that play, in a notebook and on a page."""

from gan_lab.core.lazy import public

__getattr__, __dir__, __all__ = public(
    __name__,
    {
        "player": ["Player", "play"],
        "lab_figure": ["Lab", "lab"],
        "standalone": ["one_file"],
        "exercises": ["exercise"],
        "predictions": ["predict"],
    },
)
