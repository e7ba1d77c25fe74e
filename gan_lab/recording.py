"""Frames over time, and their bytes.

A recording watches games go by and keeps what `frames.see` shows of some of them. It is a value:
arrays and the recipe that made them. Its bytes are a magic word, a version, a JSON header and
the arrays; reading them executes nothing, and bytes that are damaged, cut short or not a
recording are refused with one ValueError before anything of their claimed size is made.

    b"GANREC\\0"  uint8 version  uint32 length of the header  header (JSON)  arrays

Numbers are little endian; each array starts at a multiple of 8 bytes from the header's end. The
header names the arrays in order and holds the CRC-32 of them all; its last field, `seal`, is
the CRC-32 (8 hexadecimal digits) of every byte of the file before those digits.
"""

from __future__ import annotations

import json
import math
import struct
import sys
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from itertools import chain
from pathlib import Path

import numpy as np

from gan_lab import __version__
from gan_lab.frames import TURNS, Frame, see
from gan_lab.recipe import Recipe

MAGIC, VERSION = b"GANREC\0", 1
PREFIX = struct.Struct("<7sBI")
KINDS = ("float64", "float32", "int32", "uint16", "uint8")
DTYPES = {name: np.dtype(name).newbyteorder("<") for name in KINDS}
MISSING, LEVELS = 65535, 65534
SHARED = {"x": "n", "p_data": "n", "z": "a"}
CURVES = {"p_g": "n", "D": "n", "D_star": "n", "G_z": "a"}
NUMBERS = ("V", "C", "jsd", "V_error", "C_error", "jsd_error", "loss_D", "loss_G")
TALLEST = 64.0
"""Quantised, p_g is cut at so many times the peak of p_data, and G(z) so many axes away."""


@dataclass(frozen=True, eq=False)
class Recording:
    """T frames of one game: `len(recording)`, `recording[i]` and iteration give `Frame`s.

    x, p_data (n,) and z (a,) are shared by all frames; t and turn (T,), the curves p_g, D and
    D_star (T, n), G_z (T, a) and the numbers V, C, jsd, their errors and the losses (T,) have a
    row for each. turn counts "start", "D", "G" from 0. `atoms` (q, 3) has rows (frame, x,
    mass). `note` says in words how the run broke off, or is empty; `panels` maps the names a-d
    of the paper's Figure 1 to frames, and is empty where `figure_1_panels` does not find them;
    `engine` says what the run was made with.
    """

    recipe: Recipe
    x: np.ndarray
    p_data: np.ndarray
    z: np.ndarray
    t: np.ndarray
    turn: np.ndarray
    p_g: np.ndarray
    D: np.ndarray
    D_star: np.ndarray
    G_z: np.ndarray
    V: np.ndarray
    C: np.ndarray
    jsd: np.ndarray
    V_error: np.ndarray
    C_error: np.ndarray
    jsd_error: np.ndarray
    loss_D: np.ndarray  # noqa: N815
    loss_G: np.ndarray  # noqa: N815
    atoms: np.ndarray = field(default_factory=lambda: np.empty((0, 3)))
    note: str = ""
    panels: dict = field(default_factory=dict)
    engine: dict = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.t)

    def __getitem__(self, i: int) -> Frame:
        if not -len(self) <= i < len(self):
            raise IndexError(f"a recording of {len(self)} frames has no frame {i}")
        i %= len(self)
        row = {name: getattr(self, name)[i] for name in (*CURVES, *NUMBERS)}
        row |= {name: float(row[name]) for name in NUMBERS}
        atoms = tuple((float(x), float(m)) for j, x, m in self.atoms if j == i)
        shared = {name: getattr(self, name) for name in SHARED}
        when = {"t": int(self.t[i]), "turn": TURNS[self.turn[i]]}
        return Frame(**when, **shared, **row, atoms=atoms)

    def __repr__(self) -> str:
        return f"<Recording: {len(self)} frames of {self.t[-1]} iterations, {self.recipe!r}>"

    @classmethod
    def of(cls, recipe: Recipe, frames: list[Frame], **words) -> Recording:
        """A recording of frames that share x and z."""
        rows = {
            name: np.array([getattr(f, name) for f in frames], dtype=float)
            for name in (*CURVES, *NUMBERS)
        }
        rows["t"] = np.array([f.t for f in frames], dtype=np.int32)
        rows["turn"] = np.array([TURNS.index(f.turn) for f in frames], dtype=np.uint8)
        atoms = [(i, x, mass) for i, f in enumerate(frames) for x, mass in f.atoms]
        rows["atoms"] = np.array(atoms, dtype=float).reshape(-1, 3)
        shared = {name: getattr(frames[0], name) for name in SHARED}
        return cls(recipe, **shared, **rows, **words)

    def to_bytes(self, quantised: bool = False) -> bytes:
        """The recording as bytes. Quantised, curves have 16 bits and numbers float32.

        A quantised curve is off by at most (its range in this recording) / 131068, where p_g is
        cut at 64 times the peak of p_data and G(z) at 64 axes' lengths from the middle of x.
        """
        entries, body = [], b""
        for name, values in self.arrays().items():
            entry = {"name": name, "dtype": str(values.dtype), "shape": list(values.shape)}
            if quantised and name in CURVES:
                values, low, high = quantise(self.within_reach(name, values))
                entry |= {"dtype": "uint16", "low": low, "high": high}
            elif quantised and values.dtype == np.float64:
                values, entry["dtype"] = values.astype(np.float32), "float32"
            entries.append(entry)
            body += bytes(-len(body) % 8) + values.astype(DTYPES[entry["dtype"]]).tobytes()
        return sealed({
            "format": "gan_lab recording", "version": VERSION, "recipe": self.recipe.as_dict(),
            "recipe_code": repr(self.recipe), "note": self.note, "engine": self.engine,
            "panels": self.panels, "crc32": zlib.crc32(body), "arrays": entries,
        }, body)

    def arrays(self) -> dict[str, np.ndarray]:
        """All arrays by name, in the order in which they are written."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: v for name, v in found.items() if isinstance(v, np.ndarray)}

    def within_reach(self, name: str, values: np.ndarray) -> np.ndarray:
        """The part of a curve that a picture can show."""
        if name == "p_g":
            return np.minimum(values, TALLEST * self.p_data.max())
        if name == "G_z":
            middle, length = (self.x[0] + self.x[-1]) / 2, self.x[-1] - self.x[0]
            return np.clip(values, middle - TALLEST * length, middle + TALLEST * length)
        return values

    @classmethod
    def from_bytes(cls, data: bytes) -> Recording:
        """A recording from its bytes; ValueError in one sentence for any other bytes."""
        header, body = opened(data)
        arrays = unpacked(header, body)
        try:
            recipe = Recipe.from_dict(header["recipe"])
        except ValueError as error:
            raise ValueError(f"the recipe in this recording is damaged: {error}") from None
        words = {name: header[name] for name in ("note", "panels", "engine")}
        return cls(recipe, **arrays, **words)

    def save(self, path, quantised: bool = False) -> None:
        """Write the bytes to a file."""
        Path(path).write_bytes(self.to_bytes(quantised))

    @classmethod
    def load(cls, path) -> Recording:
        """Read a file that `save` wrote; ValueError when it holds anything else."""
        return cls.from_bytes(Path(path).read_bytes())


def quantise(values: np.ndarray) -> tuple[np.ndarray, float, float]:
    """Levels 0 to 65534 between the least and the largest finite value; 65535 is nan."""
    there = values[np.isfinite(values)]
    low, high = (float(there.min()), float(there.max())) if there.size else (0.0, 0.0)
    share = (np.clip(values, low, high) - low) / ((high - low) or 1.0)
    return np.where(np.isnan(share), MISSING, np.rint(share * LEVELS)), low, high


def sealed(header: dict, body: bytes) -> bytes:
    """The bytes of a file with this header and body."""
    text = json.dumps(header)[:-1].encode() + b', "seal": "'
    start = PREFIX.pack(MAGIC, VERSION, len(text) + 10) + text
    return start + b'%08x"}' % zlib.crc32(start) + body


def opened(data: bytes) -> tuple[dict, memoryview]:
    """(header, body) of a file whose every byte is as it was written."""
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise ValueError(f"a recording is read from bytes, not from {type(data).__name__}")
    data = memoryview(bytes(data))
    if len(data) < PREFIX.size or data[: len(MAGIC)] != MAGIC:
        raise ValueError("these bytes are not a recording of gan_lab")
    _, version, length = PREFIX.unpack(data[: PREFIX.size])
    if version != VERSION:
        raise ValueError(f"this recording has format {version}; only format {VERSION} is read")
    text, body = data[PREFIX.size : PREFIX.size + length], data[PREFIX.size + length :]
    if len(text) < length or length < 10:
        raise ValueError("this recording is damaged: it ends before its header does")
    seal = b'%08x"}' % zlib.crc32(data[: PREFIX.size + length - 10])
    try:
        header = json.loads(bytes(text).decode()) if text[-10:] == seal else None
    except (ValueError, RecursionError):
        header = None
    if not isinstance(header, dict):
        raise ValueError("this recording is damaged: its header is not what was written")
    if header.get("crc32") != zlib.crc32(body):
        raise ValueError("this recording is damaged: its numbers are not what was written")
    complain_of(header)
    return header, body


def complain_of(header: dict) -> None:
    """Refuse a header whose words are of the wrong kind, before its arrays are looked at."""
    kinds = {"recipe": dict, "note": str, "engine": dict, "panels": dict, "arrays": list}
    for name, kind in kinds.items():
        if not isinstance(header.get(name), kind):
            raise ValueError(f"the header of this recording has no {name} that can be read")


def unpacked(header: dict, body: memoryview) -> dict[str, np.ndarray]:
    """The arrays of a file by name, as float64 (t: int32, turn: uint8), or a ValueError."""
    arrays, offset = {}, 0
    for entry in header["arrays"]:
        name, dtype, shape = described(entry)
        offset += -offset % 8
        count = math.prod(shape)
        if offset + count * dtype.itemsize > len(body) or name in arrays:
            raise ValueError(f"this recording is damaged: it does not hold the {name} it names")
        raw = np.frombuffer(body, dtype, count, offset).reshape(shape)
        offset += count * dtype.itemsize
        arrays[name] = restored(entry, raw)
    if offset != len(body):
        raise ValueError("this recording is damaged: it holds more than its header names")
    return checked(arrays, header["panels"])


def described(entry) -> tuple[str, np.dtype, tuple[int, ...]]:
    """Name, dtype and shape of an array in the header."""
    names = {f.name for f in fields(Recording)} - {"recipe", "note", "panels", "engine"}
    shape = entry.get("shape") if isinstance(entry, dict) else None
    right = (
        isinstance(shape, list) and len(shape) in (1, 2)
        and all(type(n) is int and 0 <= n < 2**31 for n in shape)
        and isinstance(entry.get("name"), str) and isinstance(entry.get("dtype"), str)
    )
    if not right or entry["name"] not in names or entry["dtype"] not in DTYPES:
        raise ValueError("this recording is damaged: it names an array that cannot be")
    return entry["name"], DTYPES[entry["dtype"]], tuple(shape)


def restored(entry: dict, raw: np.ndarray) -> np.ndarray:
    """An array's numbers as they were before they were quantised."""
    kept = {"t": np.int32, "turn": np.uint8}.get(entry["name"])
    if kept is not None or raw.dtype != DTYPES["uint16"]:
        return raw.astype(kept or np.float64)
    low, high = entry.get("low"), entry.get("high")
    if not all(type(v) in (int, float) and abs(v) < 1e300 for v in (low, high)) or low > high:
        raise ValueError(f"this recording is damaged: {entry['name']} has no range")
    return np.where(raw == MISSING, np.nan, low + (high - low) * (raw / LEVELS))


def checked(arrays: dict[str, np.ndarray], panels: dict) -> dict[str, np.ndarray]:
    """The same arrays, all there, of shapes that fit one another and with sense in them."""
    optional = {"atoms", "jsd_error"}
    named = {"t", "turn", *SHARED, *CURVES, *NUMBERS}
    if missing := sorted(named - optional - set(arrays)):
        raise ValueError(f"this recording is damaged: it has no {missing[0]}")
    size = {"T": arrays["t"].size, "n": arrays["x"].size, "a": arrays["z"].size}
    arrays.setdefault("jsd_error", np.zeros(size["T"]))
    arrays.setdefault("atoms", np.empty((0, 3)))
    wanted = {name: (size[s],) for name, s in SHARED.items()}
    wanted |= {name: (size["T"], size[s]) for name, s in CURVES.items()}
    wanted |= dict.fromkeys(("t", "turn", *NUMBERS), (size["T"],))
    wanted["atoms"] = (len(arrays["atoms"]), 3)
    for name, shape in wanted.items():
        if arrays[name].shape != shape:
            raise ValueError(f"this recording is damaged: the shape of {name} does not fit")
        arrays[name].setflags(write=False)
    x, t, atoms = arrays["x"], arrays["t"], arrays["atoms"][:, 0]
    sense = [
        size["T"] > 0, len(x) > 1, size["a"] > 0, np.all(np.diff(x) > 0), np.all(np.isfinite(x)),
        t[:1] >= 0, np.all(np.diff(t) >= 0), np.all(arrays["turn"] < len(TURNS)),
        np.all(np.isin(atoms, np.arange(size["T"]))),
        set(panels) in ({*"abcd"}, set()),
        all(type(i) is int and 0 <= i < size["T"] for i in panels.values()),
    ]
    if not all(sense):
        raise ValueError("this recording is damaged: its frames are in no possible order")
    return arrays


def record(
    training,
    iterations: int | None = None,
    frames: int = 240,
    member: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Recording:
    """Play a game and keep about `frames` frames of it, more often early than late.

    Runs `iterations` more iterations (by default those of the recipe that are left). Frames come
    in pairs that share their generator: as it stands when D's turn comes, and after D's turn.
    The first is the start, the last is the end. When the run breaks off, the frames until then
    are kept and `note` says why. `progress(done, iterations)` is called after each iteration.
    Raises ValueError for numbers that are not whole and positive, and for what `see` refuses.
    """
    if iterations is None:
        iterations = max(1, training.recipe.iterations - training.t)
    for name, value, low in (("iterations", iterations, 1), ("frames", frames, 3)):
        if isinstance(value, bool) or not isinstance(value, int) or value < low:
            raise ValueError(f"{name} must be a whole number, {low} or more, not {value!r}")
    start = training.t
    wanted = {start + t for t in moments(iterations, (frames + 1) // 2)}
    games = chain([training], training.turns(iterations))
    if progress is not None:
        games = reported(games, lambda t: progress(t - start, iterations))
    return watch(games, wanted, member)


def reported(games: Iterable, say: Callable[[int], None]) -> Iterable:
    for game in games:
        if game.turn == "G":
            say(game.t)
        yield game


def moments(iterations: int, count: int) -> list[int]:
    """About `count` whole numbers from 0 to `iterations`, both kept, ever further apart.

    One after another at first, then each by the same factor larger than the one before.
    """
    if count > iterations:
        return list(range(iterations + 1))
    found, left = [0], count - 1
    while left:
        now = found[-1]
        ratio = (iterations / max(now, 1)) ** (1 / left)
        step = max(1, round(now * (ratio - 1))) if now else 1
        found.append(min(now + step, iterations) if left > 1 else iterations)
        left = left - 1 if found[-1] < iterations else 0
    return found


def watch(games: Iterable, times: Iterable[int] | None = None, member: int = 0) -> Recording:
    """A recording of any games that go by: of those whose t is in `times`, or of all.

    The last game is kept whatever its t. All frames share the x axis and the z of the first.
    """
    frames, game, x = [], None, None
    times = None if times is None else frozenset(times)
    for game in games:
        if times is None or game.t in times:
            frames.append(see(game, member, x))
            x = frames[0].x
    if game is None:
        raise ValueError("there was no game to record")
    if not frames or (game.t, game.turn) != (frames[-1].t, frames[-1].turn):
        frames.append(see(game, member, x))
    engine = {"gan_lab": __version__, "numpy": np.__version__, **made_with(game)}
    recording = Recording.of(game.recipe, frames, note=game.stopped or "", engine=engine)
    try:
        recording.panels.update(figure_1_panels(recording))
    except ValueError:
        pass  # a run need not look like the paper's; who needs the panels asks for them
    return recording


def made_with(game) -> dict:
    """What a game ran on, as far as it says so."""
    words = {"device": str(game.device)}
    torch = sys.modules.get("torch")
    if torch is not None:
        words |= {"torch": str(torch.__version__), "threads": torch.get_num_threads()}
    return words


NEAR, CLOSED, MOVED = (0.02, 0.12), 0.5, 0.6
DONE, FLAT, CENTRAL = 0.003, 0.1, 0.99


def figure_1_panels(recording: Recording) -> dict[str, int]:
    """The frames that the caption of Figure 1 of Goodfellow et al. 2014 describes.

    (a) "an adversarial pair near convergence", D "a partially accurate classifier": of all
        frames before D's turn (not the start) with JSD from 0.02 to 0.12 nats, after which D's
        turn at least halves V(G, D*) - V(G, D), the one where it gains most;
    (b) "D is trained ... converging to D*": the next frame, after D's turn, G as in (a);
    (c) "after an update to G, ... G(z) to flow to regions that are more likely to be classified
        as data": the first later frame after G's turn with JSD at most 0.6 of that in (a);
    (d) "p_g = p_data ... D(x) = 1/2": the first later frame with JSD at most 0.003 nats and
        |D - 1/2| at most 0.1 over the central 99 % of p_data.

    Raises ValueError, in a sentence that names the panel, when a recording has no such frame.
    """
    r, gap = recording, recording.C - recording.V
    after_G, after_D = r.turn == TURNS.index("G"), r.turn == TURNS.index("D")
    near = (r.jsd >= NEAR[0]) & (r.jsd <= NEAR[1])
    pairs = np.flatnonzero(after_G[:-1] & near[:-1] & after_D[1:] & (r.t[:-1] == r.t[1:]))
    if not pairs.size:
        raise ValueError(
            f"no panel (a): no frame before D's turn has a JSD from {NEAR[0]} to {NEAR[1]} nats"
        )
    closing = pairs[gap[pairs + 1] <= CLOSED * gap[pairs]]
    if not closing.size:
        best = np.min(gap[pairs + 1] / np.maximum(gap[pairs], 1e-300))
        raise ValueError(
            "no panel (b): no turn of D near convergence halves V(G, D*) - V(G, D), "
            f"the best leaves {best:.0%}; try a larger k"
        )
    a = int(closing[np.argmax(gap[closing] - gap[closing + 1])])
    c = first(after_G & (r.jsd <= MOVED * r.jsd[a]), a + 2)
    if c is None:
        raise ValueError(f"no panel (c): the JSD never falls to {MOVED} of that in panel (a)")
    flat = np.abs(r.D[:, central(r)] - 0.5).max(axis=1) <= FLAT
    d = first((r.jsd <= DONE) & flat, c + 1)
    if d is None:
        raise ValueError(
            f"no panel (d): no later frame has a JSD of at most {DONE} nats and D within {FLAT} "
            f"of 1/2 over the central {CENTRAL:.0%} of the data"
        )
    return {"a": a, "b": a + 1, "c": c, "d": d}


def first(there: np.ndarray, start: int) -> int | None:
    """The first index from `start` at which a truth value holds."""
    found = np.flatnonzero(there[start:])
    return start + int(found[0]) if found.size else None


def central(recording: Recording) -> np.ndarray:
    """Which points of x lie in the central 99 % of p_data."""
    ends = recording.recipe.data.density().ppf(np.array([1 - CENTRAL, 1 + CENTRAL]) / 2)
    return (recording.x >= ends[0]) & (recording.x <= ends[1])
