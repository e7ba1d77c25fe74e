"""What the caller has set in torch changes no run, and is left as it was.

The gradient switch, inference mode and autocast belong to the whole thread. What a game computes
must not depend on them, and a tensor that is made in inference mode could never be trained again:
moves, draws and copies are made with the switches as torch has them at first. Dtypes and devices
are written out wherever a tensor is made, so that the defaults do not count.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps

from gan_lab.core import torch

DEVICES = ("cpu", "cuda")


def as_at_first() -> bool:
    """Whether the switches stand as torch has them at first."""
    return (
        torch.is_grad_enabled()
        and not torch.is_inference_mode_enabled()
        and not any(torch.is_autocast_enabled(device) for device in DEVICES)
    )


def undisturbed(function: Callable) -> Callable:
    """Decorator: run a function with torch's gradients on, inference mode and autocast off.

    What the caller has set is left as it was.

    Parameters
    ----------
    function : callable
        Any function that uses torch.

    Returns
    -------
    callable
        The function, of the same arguments.

    Examples
    --------
    >>> from gan_lab.core import torch, undisturbed
    >>> @undisturbed
    ... def gradients_on():
    ...     return torch.is_grad_enabled()
    >>> with torch.no_grad():
    ...     gradients_on(), torch.is_grad_enabled()
    (True, False)
    """

    @wraps(function)
    def run(*arguments, **words):
        if as_at_first():  # nearly always, and cheaper than to set what is set
            return function(*arguments, **words)
        with ExitStack() as stack:
            stack.enter_context(torch.inference_mode(False))
            stack.enter_context(torch.enable_grad())
            for device in DEVICES:
                if torch.is_autocast_enabled(device):
                    stack.enter_context(torch.autocast(device, enabled=False))
            return function(*arguments, **words)

    return run
