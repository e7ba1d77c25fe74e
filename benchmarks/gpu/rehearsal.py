"""What stands in for a card: graphs that are replayed, and memory that runs out, on the CPU."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import torch
from torch.utils._python_dispatch import TorchDispatchMode

from gan_lab.training import backends, memory


@contextmanager
def rehearsed(device: str) -> Iterator[None]:
    """With the device cpu: games are played as a card would play them, by what stands in for it."""
    if device != "cpu":
        yield
        return
    before = memory.KEEPS, backends.BACKENDS["cpu"], backends.Traced.READY, backends.CompiledSampler
    record = partial(backends.captured_move, record=backends.rehearsed)
    backends.BACKENDS["cpu"] = partial(backends.Traced, "CUDA graph, rehearsed", record, 2**16)
    memory.KEEPS, backends.Traced.READY = ("cuda", "cpu"), {}
    backends.CompiledSampler = lambda name, law: law
    try:
        yield
    finally:
        memory.KEEPS, backends.BACKENDS["cpu"], backends.Traced.READY, sampler = before
        backends.CompiledSampler = sampler


class RunsOut(TorchDispatchMode):
    """Memory that suffices for so many operations that want some, and for no other."""

    def __init__(self, operations: int):
        super().__init__()
        self.left, self.ran_out = operations, False

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        made = function._schema.returns  # views, and what is done in place, are aliases
        wants = any(one.alias_info is None and "Tensor" in str(one.type) for one in made)
        if wants and self.left <= 0:
            self.ran_out = True
            raise torch.cuda.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        self.left -= wants
        return function(*args, **(kwargs or {}))
