"""Headers with a right seal that say what is not so, and arrays without sense in them."""

import numpy as np


def entry(header: dict, name: str) -> dict:
    return next(e for e in header["arrays"] if e["name"] == name)


LIES = {
    "a shape of 2**60 numbers": lambda h: entry(h, "p_g").update(shape=[2**30, 2**30]),
    "a shape beyond any machine": lambda h: entry(h, "x").update(shape=[10**30]),
    "a negative shape": lambda h: entry(h, "x").update(shape=[-1]),
    "a shape of half a number": lambda h: entry(h, "x").update(shape=[1.5]),
    "a shape that is true": lambda h: entry(h, "x").update(shape=[True]),
    "three axes": lambda h: entry(h, "D").update(shape=[1, 1, 1]),
    "no shape": lambda h: entry(h, "x").pop("shape"),
    "the shape turned": lambda h: entry(h, "D").update(shape=entry(h, "D")["shape"][::-1]),
    "objects": lambda h: entry(h, "x").update(dtype="O"),
    "a dtype that is a list": lambda h: entry(h, "x").update(dtype=[]),
    "levels without a range": lambda h: entry(h, "x").update(dtype="uint16"),
    "a foreign name": lambda h: entry(h, "x").update(name="__class__"),
    "a name twice": lambda h: entry(h, "V").update(name="C"),
    "an array less": lambda h: h["arrays"].pop(0),
    "an array less, of the body": lambda h: h["arrays"].remove(entry(h, "V_error")),
    "arrays that are none": lambda h: h.update(arrays=[1, None, "x"]),
    "no arrays": lambda h: h.pop("arrays"),
    "a recipe that is none": lambda h: h.update(recipe={"k": 0}),
    "a recipe that is text": lambda h: h.update(recipe="Recipe()"),
    "a panel beyond the end": lambda h: h.update(panels={"a": 0, "b": 1, "c": 2, "d": 10**9}),
    "a panel that is none": lambda h: h.update(panels={"a": 0, "b": 1, "c": 2, "d": "3"}),
    "a panel e": lambda h: h.update(panels={"e": 0}),
    "a note that is a number": lambda h: h.update(note=1),
    "panels that are a list": lambda h: h.update(panels=[0, 1, 2, 3]),
    "a panel that is half a frame": lambda h: h.update(panels={"a": 0, "b": 1, "c": 2, "d": 0.5}),
    "a panel before the start": lambda h: h.update(panels={"a": -1, "b": 1, "c": 2, "d": 3}),
    "an engine that is none": lambda h: h.update(engine=None),
    "a name that is a number": lambda h: entry(h, "x").update(name=3),
    "a name of JavaScript's": lambda h: entry(h, "jsd_error").update(name="__proto__"),
    "times that are halves": lambda h: entry(h, "t").update(dtype="float32"),
    "a range the wrong way": lambda h: entry(h, "x").update(dtype="uint16", low=1.0, high=0.0),
}

NONSENSE = {
    "a turn that nobody has": {"turn": np.full(3, 7, np.uint8)},
    "times that go back": {"t": np.array([3, 2, 1], np.int32)},
    "times that go back as far as can be": {"t": np.array([0, 2**31 - 1, -(2**31)], np.int32)},
    "a time before the start": {"t": np.array([-1, 2, 3], np.int32)},
    "an axis that stands still": {"x": np.zeros(33)},
    "an axis to infinity": {"x": np.append(np.arange(32.0), np.inf)},
    "an axis of nan": {"x": np.full(33, np.nan)},
    "atoms of no frame": {"atoms": np.array([[3.0, 1.0, 0.5]])},
    "an outline that goes back": {
        "vertices": np.array([3, 0, 0], np.int32),
        "outline_x": np.array([0.0, 2.0, 1.0]),
        "outline_p_g": np.zeros(3),
    },
    "an outline of one vertex": {
        "vertices": np.array([2, 1, 0], np.int32),
        "outline_x": np.arange(3.0),
        "outline_p_g": np.zeros(3),
    },
    "no outline to begin with": {
        "vertices": np.array([0, 3, 0], np.int32),
        "outline_x": np.arange(3.0),
        "outline_p_g": np.zeros(3),
    },
    "an outline below 0": {
        "vertices": np.array([3, 0, 0], np.int32),
        "outline_x": np.arange(3.0),
        "outline_p_g": np.array([0.0, -1.0, 0.0]),
    },
    "atoms of half a frame": {"atoms": np.array([[0.5, 1.0, 0.5]])},
}
"""Of a recording of three frames."""
