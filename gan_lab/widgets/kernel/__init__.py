"""The lab in a notebook: who answers in the kernel, and how page and kernel talk."""

from gan_lab.core.lazy import public

__getattr__, __dir__, __all__ = public(__name__, {"session": ["Session"]})
