"""What Python takes for a recording the page takes, and nothing else: bytes that lie, by chance."""

import base64
import json
import random
import re
import subprocess
import zlib

import numpy as np
import pytest
from games import small_recording
from in_node import JS
from made_by_hand import pictures_by_hand, plane_by_hand

from gan_lab.recording import file_format, image_format
from gan_lab.recording.images import ImageRecording
from gan_lab.recording.recording import Recording

ODD = (
    None,
    True,
    0,
    1,
    -1,
    2**31,
    2**60,
    1.5,
    1e308,
    "",
    "x",
    "a" * 70_000,
    "float64",
    "uint16",
    "__proto__",
    "constructor",
    [],
    [1],
    [[1]],
    [7],
    [19],
    [7, 19],
    [0, 3],
    {},
    {"a": 1},
    {"a": 0, "b": 1, "c": 2, "d": 6},
    {"a": 0, "b": 1, "c": 2, "d": 7},
)
NUMBERS = (np.nan, np.inf, -np.inf, -1.0, 0.0, 1e300, 3.0)
GONE = object()
SCRIPT = """
import { readFileSync } from "node:fs";
import { drawBound } from "MODULES/draw/charts/bound.js";
import { drawLosses, drawModes } from "MODULES/draw/charts/charts.js";
import { drawFigure1 } from "MODULES/draw/line/figure1.js";
import { picturesSentence } from "MODULES/draw/pictures/sentences.js";
import { drawPictures, picturesLayout } from "MODULES/draw/pictures/view.js";
import { planeLabel } from "MODULES/draw/plane/sentences.js";
import { drawPlane, planeSize } from "MODULES/draw/plane/view.js";
import { bytesOf, recordingOf } from "MODULES/recording/recording.js";
import { THEMES } from "MODULES/draw/theme.js";
import { sentence } from "MODULES/numeric/format.js";
import { paper } from "PAPER";

const ALL = { D: "both", real: true, fake: true, pull: true, warp: true };
function shownInPlane({ length, frame, history }) {
  const [size, theme] = [{ width: 500, height: 170 }, THEMES.light];
  for (const i of [0, length - 1]) {
    drawPlane(paper().context, frame(i), planeSize(700, ALL), theme, ALL);
    drawModes(paper().context, history, i, size, theme, {}, { frame: frame(i) });
    planeLabel(frame(i), ALL);
  }
}
function shownOfPictures({ length, frame, history, rules }) {
  const [size, theme] = [{ width: 500, height: 170 }, THEMES.light];
  for (const i of [0, length - 1]) {
    drawPictures(paper().context, frame(i), picturesLayout(frame(i), 500), theme);
    drawLosses(paper().context, history, i, size, theme, {}, { recipe: rules });
    picturesSentence(frame(i));
  }
}
function shown({ dim, picture, rules, length, frame, history, panels }) {
  if (picture) return shownOfPictures({ length, frame, history, rules });
  if (dim === 2) return shownInPlane({ length, frame, history });
  for (let i = 0; i < length; i++) {
    drawFigure1(paper().context, frame(i), { width: 500, height: 300 }, THEMES.light);
    drawBound(paper().context, history, i, { width: 500, height: 170 }, THEMES.light, panels);
    sentence(frame(i));
  }
}
const told = JSON.parse(readFileSync(process.argv[2])).map((text) => {
  let recording;
  try { recording = recordingOf(bytesOf(text)); }
  catch (error) { return `${error.constructor.name}: ${error.message}`; }
  try { shown(recording); return ""; }
  catch (error) { return `taken, and then ${error.stack}`; }
});
console.log(JSON.stringify(told));
"""


def places(value, path=()):
    """The path of everything in a header but its recipe, which a page does not play."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in inside:
        if key not in ("recipe", "crc32"):
            yield (*path, key)
            if isinstance(part, dict | list):
                yield from places(part, (*path, key))


def with_lies(header: dict, chance: random.Random) -> dict:
    """The same header with one or two of its words replaced or gone."""
    lying = json.loads(json.dumps(header))
    for path in chance.sample(list(places(header)), chance.choice([1, 1, 2])):
        parent, lie = lying, chance.choice([GONE, *ODD, *ODD])
        try:
            for key in path[:-1]:
                parent = parent[key]
            if lie is GONE:
                del parent[path[-1]]
            else:
                parent[path[-1]] = lie
        except (KeyError, IndexError, TypeError):
            pass  # the first lie took it away
    return lying


def with_numbers(body: bytes, chance: random.Random) -> bytes:
    """The same body with one to three of its numbers replaced."""
    lying = bytearray(body)
    for _ in range(chance.choice([1, 1, 3])):
        at = 8 * chance.randrange(len(body) // 8)
        bits = chance.choice([*map(np.float64, NUMBERS), np.int64(chance.getrandbits(63))])
        lying[at : at + 8] = bits.tobytes()
    return bytes(lying)


def on_the_line() -> Recording:
    return small_recording(panels={"a": 0, "b": 1, "c": 2, "d": 6})


def lies(make, quantised: bool, count: int, seed: int):
    """Bytes with a right seal and checksum, and lies in header or body."""
    chance, good = random.Random(seed), make().to_bytes(quantised=quantised)
    of_pictures = good.startswith(image_format.FILE.magic)
    header, body = (image_format.FILE if of_pictures else file_format).opened(good)
    header.pop("seal")

    def sealed(header, body):
        if not of_pictures:
            return file_format.sealed(header, body)
        return image_format.FILE.written(header, body, good[len(image_format.FILE.magic)])

    for _ in range(count):
        yield sealed(with_lies(header, chance), bytes(body))
        other = with_numbers(bytes(body), chance)
        yield sealed(header | {"crc32": zlib.crc32(other)}, other)


def taken(blob: bytes) -> bool:
    try:
        with np.errstate(invalid="ignore"):  # bits that are no number, as float32
            of_pictures = blob.startswith(image_format.FILE.magic)
            (ImageRecording if of_pictures else Recording).from_bytes(blob)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("quantised", [False, True])
@pytest.mark.parametrize(
    ("make", "count"), [(on_the_line, 400), (plane_by_hand, 120), (pictures_by_hand, 120)]
)
def test_lies_are_taken_or_refused_in_one_sentence_as_python_does(
    node, tmp_path, make, count, quantised
):
    blobs = list(lies(make, quantised, count, seed=int(quantised)))
    file, script = tmp_path / "blobs.json", tmp_path / "read.mjs"
    file.write_text(json.dumps([base64.b64encode(blob).decode() for blob in blobs]))
    modules = JS.parents[1] / "gan_lab/front_end"
    words = {"MODULES": modules.as_uri(), "PAPER": (JS / "paper.mjs").as_uri()}
    script.write_text(re.sub("MODULES|PAPER", lambda found: words[found[0]], SCRIPT))
    command = [node, str(script), str(file)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    counts = {True: 0, False: 0}
    for blob, said in zip(blobs, json.loads(ran.stdout), strict=True):
        right = said == "" or re.fullmatch(r"Error: (The|This|These) [^\n]{1,200}\.", said)
        assert right, said
        assert taken(blob) == (said == ""), said
        counts[said == ""] += 1
    assert min(counts.values()) > count / 4
