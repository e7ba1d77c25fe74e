"""What every room stands on: checks of what is given, random streams, tables of words."""

from gan_lab.core.lazy import public

__getattr__, __dir__, __all__ = public(
    __name__,
    {
        "ambient": ["undisturbed"],
        "random_streams": ["Domain", "Stream"],
        "tables": ["Table", "agreeing"],
    },
)
