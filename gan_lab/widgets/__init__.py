"""What a reader touches: figures that play, in a notebook and on a page."""

from gan_lab.widgets.lab import Lab, lab
from gan_lab.widgets.stage import Player, play

__all__ = ["Lab", "Player", "lab", "play"]
