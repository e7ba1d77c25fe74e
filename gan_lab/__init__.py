"""Generative adversarial networks, taught by running them.

    import gan_lab as gl

    gl.play(gl.record(gl.Training(gl.PRESETS["gaussian"])))

What a first notebook needs is here; more is in the rooms: `distributions`, `theory`, `datasets`,
`metrics`, `training`, `recording`, `plots`, `films`, `sweeps`, `checkers`, `widgets`. Each is
imported when it is first asked for.
"""

from gan_lab.core.lazy import public

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = public(
    __name__,
    {
        "training.recipe": ["PRESETS", "Recipe"],
        "training.loop": ["Training"],
        "recording.recording": ["load", "record"],
        "widgets.player": ["play"],
        "widgets.lab_figure": ["lab"],
        "sweeps.grid": ["sweep"],
    },
    modules=[
        "checkers",
        "datasets",
        "distributions",
        "films",
        "metrics",
        "plots",
        "recording",
        "sweeps",
        "theory",
        "training",
        "widgets",
    ],
)
