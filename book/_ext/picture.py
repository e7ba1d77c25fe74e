"""The picture of the README, by `python book/_ext/picture.py`: the four panels of Figure 1."""

from pathlib import Path

import matplotlib.pyplot as plt

from gan_lab import plots
from gan_lab.recording.recording import record
from gan_lab.training.loop import Training
from gan_lab.training.recipe import PRESETS

TARGET = Path(__file__).resolve().parents[1] / "_static" / "figure_1.png"


def main() -> None:
    recording = record(Training(PRESETS["figure-1"], device="cpu"))
    fig, axes = plt.subplots(1, 4, figsize=(16, 4.2), layout="constrained")
    plots.panels(axes, recording)
    fig.savefig(TARGET, dpi=80)
    print(TARGET)


if __name__ == "__main__":
    main()
