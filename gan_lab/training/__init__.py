"""Algorithm 1: a recipe written down, the game that it makes, and what moves it."""

from gan_lab.core.lazy import public

__getattr__, __dir__, __all__ = public(
    __name__,
    {
        "recipe": ["PRESETS", "SMOOTH", "Recipe"],
        "loop": ["Line", "Training"],
        "refiner": ["Refiner"],
        "flow_matching": ["FlowMatching"],
        "views": ["Curve"],
        "device": ["resolve_device"],
        "rewind": ["Rewindable"],
        "networks": ["ACTIVATIONS", "MLP"],
        "losses": [
            "CONSTRAINTS",
            "DIVERGENCES",
            "LOSSES",
            "PENALTIES",
            "Divergence",
            "Penalty",
        ],
        "loss": ["Loss"],
        "optimizers": ["OPTIMIZERS", "SGD", "Adam", "RMSProp"],
        "jacobian": ["Spectrum", "gradient_norm", "next_gradient_norm", "spectrum"],
        "backends": ["one_thread"],
        "stopping": ["Stopped", "stoppable"],
    },
)
