"""What a CUDA card does: the same games as the CPU, as graphs too, how large, and how fast.

`make gpu` runs the stages, each for a minute at most and in a process of its own; each writes its
figures before the next begins. `make gpu GPU_DEVICE=cpu` rehearses it all without a card.
"""
