"""The package `gan_lab` as a wheel, the same bytes whenever and wherever it is made.

A page offers the wheel, and a notebook carries it. What is in it and what it asks for stand in
`pyproject.toml`, and nowhere else.
"""

import ast
import base64
import hashlib
import io
import lzma
import tokenize
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from rjsmin import jsmin

from gan_lab.widgets.bundle import joined

ROOT = Path(__file__).resolve().parents[2]
TIME = (2020, 1, 1, 0, 0, 0)  # of every file in every wheel
PURE = "py3-none-any"
FOR_TEXT = {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0, "pb": 0}
"""How xz compresses text best: by the byte before, and at no alignment."""

JOINED = "gan_lab/front_end/joined.js"
DESCRIBED = ast.Module | ast.ClassDef | ast.FunctionDef
COLUMNS = 2000  # an editor shows lines of this length without effort, and there are few of them


def files(root: Path = ROOT) -> dict[str, bytes]:
    """What is installed of the package, by its path: modules, and what pyproject.toml names."""
    patterns = {
        f"{name.replace('.', '/')}/{pattern}"
        for name, its in told(root)["tool"]["setuptools"]["package-data"].items()
        for pattern in its
    }
    found = {path for pattern in {"gan_lab/**/*.py", *patterns} for path in root.glob(pattern)}
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(found)}


def project(root: Path = ROOT) -> dict:
    """The table `project` of pyproject.toml, with its version looked up."""
    source = (root / "gan_lab" / "__init__.py").read_text(encoding="utf-8")
    line = next(line for line in source.splitlines() if line.startswith("__version__ = "))
    return told(root)["project"] | {"version": line.split('"')[1]}


def told(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def wheel_name(project: dict) -> str:
    return f"{project['name'].replace('-', '_')}-{project['version']}-{PURE}.whl"


def wheel(project: dict, held: dict[str, bytes]) -> bytes:
    """The bytes of a wheel: these files, and what an installer wants to know of them."""
    folder = wheel_name(project).removesuffix(f"-{PURE}.whl") + ".dist-info"
    about = {"METADATA": metadata(project), "WHEEL": tag(), **licences(project)}
    held = held | {f"{folder}/{name}": text for name, text in about.items()}
    record = "".join(f"{name},{digest(text)},{len(text)}\n" for name, text in held.items())
    return zipped(held | {f"{folder}/RECORD": f"{record}{folder}/RECORD,,\n".encode()})


def zipped(held: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, text in held.items():
            entry = zipfile.ZipInfo(name, TIME)
            entry.compress_type, entry.create_system = compression, 3  # also on Windows
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text)
    return made.getvalue()


def metadata(project: dict) -> bytes:
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {project['name']}",
        f"Version: {project['version']}",
        f"Summary: {project['description']}",
        f"Author: {', '.join(author['name'] for author in project['authors'])}",
        f"License-Expression: {project['license']}",
        *(f"License-File: {name}" for name in project["license-files"]),
        *(f"Classifier: {kind}" for kind in project["classifiers"]),
        f"Requires-Python: {project['requires-python']}",
        *(f"Requires-Dist: {wanted}" for wanted in project["dependencies"]),
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def licences(project: dict) -> dict[str, bytes]:
    return {f"licenses/{name}": (ROOT / name).read_bytes() for name in project["license-files"]}


def tag() -> bytes:
    return f"Wheel-Version: 1.0\nGenerator: book\nRoot-Is-Purelib: true\nTag: {PURE}\n".encode()


def digest(text: bytes) -> str:
    found = base64.urlsafe_b64encode(hashlib.sha256(text).digest())
    return f"sha256={found.rstrip(b'=').decode()}"


def packed(held: dict[str, bytes]) -> str:
    """Files for a notebook's cell: a zip, by xz, in base85, in lines of `COLUMNS`.

    Stored, and then compressed as one text, they are a third smaller than one by one.
    """
    stored = zipped(carried(held), zipfile.ZIP_STORED)
    text = base64.b85encode(lzma.compress(stored, filters=[FOR_TEXT])).decode()
    return "\n".join(text[i : i + COLUMNS] for i in range(0, len(text), COLUMNS))


def carried(held: dict[str, bytes]) -> dict[str, bytes]:
    """The files as a notebook carries them: without what only their readers want, which the book
    has, and the front end joined and made small."""
    scripts = {name for name in held if name.endswith(".js")}
    kept = {
        name: shortened(text.decode()).encode() if name.endswith(".py") else text
        for name, text in held.items()
        if name not in scripts
    }
    return kept | ({JOINED: jsmin(joined()).encode()} if scripts else {})


def shortened(module: str) -> str:
    """Python without comments, and of docstrings only how those of public names begin: what has
    sections is public. Other strings are left alone."""
    words = tokenize.generate_tokens(io.StringIO(module).readline)
    gone = {
        word.start[0]
        for word in words
        if word.type == tokenize.COMMENT and word.line.lstrip().startswith("#")
    }
    lines = io.StringIO(module).readlines()
    gone |= set(unread(module, lines))
    return "".join(line for i, line in enumerate(lines, 1) if i not in gone)


def unread(module: str, lines: list[str]) -> Iterator[int]:
    """The numbers, from 1, of the lines of what describes and does nothing."""
    for body in bodies(ast.parse(module)):
        for said in filter(is_text, body if len(body) > 1 else ()):
            inside = range(said.lineno, said.end_lineno)
            heads = [i for i in inside if lines[i].strip() and set(lines[i].strip()) == {"-"}]
            first, end = (heads[0], 0) if heads else (said.lineno, 1)
            yield from range(first, said.end_lineno + end)


def bodies(module: ast.Module) -> Iterator[list[ast.stmt]]:
    """The statements of a module, and of each of its classes and functions."""
    for node in ast.walk(module):
        if isinstance(node, DESCRIBED):
            yield node.body


def is_text(statement: ast.stmt) -> bool:
    """Whether it is a string that nobody takes: a docstring, or one below a name."""
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)
