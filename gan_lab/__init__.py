"""Generative adversarial networks, taught by running them."""

__version__ = "0.1.0"
