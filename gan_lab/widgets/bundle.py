"""The front end as one text, joined from the small modules in `gan_lab/front_end/`.

Browsers do not load modules from `file://`, and anywidget wants one module: so the modules are
written apart, for people and for Node's tests, and joined in memory for everyone else. Each becomes
a function called once that hands back what it exports, after the modules that it needs; so each
keeps its own names. That asks for one way of importing and exporting, and it is checked.

A module goes by its path without `.js`: `draw/theme`. Its exports are in `$draw$theme`.
"""

import posixpath
import re
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files

IMPORT = re.compile(r'^import\s+(\{[^}]*\})\s+from\s+"(\.\.?/[\w./]*)\.js";$', re.MULTILINE)
EXPORT = re.compile(
    r"^export\s+((?:async\s+)?(?:function\*?|const|class)\s+([\w$]+))", re.MULTILINE
)
STRAY = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)

# What a page may call: window.GanLab holds the exports of these modules.
PUBLIC = (
    "main",
    "draw/theme",
    "draw/line/figure1",
    "draw/charts/bound",
    "recording/recording",
    "source/recording_source",
    "source/live_source",
    "source/session",
    "source/worker",
    "training/recipe/recipe",
    "ui/recordings",
    "ui/stage",
    "ui/explore/explorables",
    "ui/lab/lab",
    "ui/lab/mount",
    "ui/lab/share/link",
    "ui/ask/exercise",
    "ui/ask/prediction",
)


CARRY = "$source$own_script.carry($made);\n"


def modules() -> dict[str, str]:
    """The text of each module of `front_end/`, by its path without `.js`."""
    return dict(modules_below(files("gan_lab") / "front_end"))


def modules_below(folder, inside: str = ""):
    for path in folder.iterdir():
        if path.is_dir():
            yield from modules_below(path, f"{inside}{path.name}/")
        elif path.name.endswith(".js"):
            yield inside + path.name[:-3], path.read_text(encoding="utf-8")


def joined(sources: dict[str, str] | None = None) -> str:
    """One text without `import` or `export`: the exports of `ui/stage.js` are in `$ui$stage`.

    Raises ValueError with the module's name when a module imports or exports in another way than
    `import { a, b } from "../folder/module.js";` and `export function|const|class`, when what it
    imports is not there, or when modules need each other in a circle.
    """
    if sources is None and (made := files("gan_lab") / "front_end" / "joined.js").is_file():
        return made.read_text(encoding="utf-8")  # as a notebook carries it
    sources = modules() if sources is None else sources
    order = in_order(sources)
    text = "\n".join(as_function(name, sources) for name in order)
    carry = f"\n{CARRY}" if "source/own_script" in sources else ""
    return f"const $made = {{}};\n{text}{carry}"


def variable(name: str) -> str:
    """What holds a module's exports in the joined text."""
    return "$" + name.replace("/", "$")


def imports(name: str, text: str) -> list[tuple[str, str]]:
    """What a module imports: the names in braces, and the path of the module that has them."""
    return [(m[1], imported_path(name, m[2])) for m in IMPORT.finditer(text)]


def imported_path(name: str, wanted: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), wanted))


def in_order(sources: dict[str, str]) -> list[str]:
    """The modules, each after those that it needs."""
    needs = {name: [of for _, of in imports(name, text)] for name, text in sorted(sources.items())}
    try:
        return list(TopologicalSorter(needs).static_order())
    except CycleError as error:
        raise ValueError(f"these modules need each other: {' -> '.join(error.args[1])}") from None


def needed(name: str, sources: dict[str, str]) -> list[str]:
    """A module and all that it needs, each after those that it needs itself."""
    found, waiting = set(), [name]
    while waiting:
        found.add(now := waiting.pop())
        waiting += {of for _, of in imports(now, sources[now])} - found
    return [each for each in in_order(sources) if each in found]


def script_of(module: str, sources: dict[str, str] | None = None) -> str:
    """What a module needs, itself the last, as a text that defines each by its variable.

    A page makes the same text from its own script (`scriptOf` of `source/own_script.js`).
    """
    sources = modules() if sources is None else sources
    text = "\n".join(as_function(name, sources) for name in needed(module, sources))
    return f'"use strict";\nconst $made = {{}};\n{text}\n'


def worker(sources: dict[str, str] | None = None) -> str:
    """The text of the worker that answers as `source/session.js`: what it needs, and no more."""
    sources = modules() if sources is None else sources
    serve = r"^const SERVE = `(.*?)`;$"
    [answers] = re.findall(serve, sources["source/worker"], re.MULTILINE | re.DOTALL)
    return script_of("source/session", sources) + answers


def as_function(name: str, sources: dict[str, str]) -> str:
    if name not in sources:
        raise ValueError(f"a module imports '{name}.js', which is not there")
    check_imports(name, sources)
    text = IMPORT.sub(
        lambda m: f"const {m[1]} = {variable(imported_path(name, m[2]))};", sources[name]
    )
    names = exported(text)
    text = EXPORT.sub(r"\1", text)
    if stray := STRAY.search(text):
        raise ValueError(f"{name}.js cannot be joined because of its line '{stray[0]}'")
    body = f"() => {{\n{text}\nreturn {{ {', '.join(names)} }};\n}}"
    held = variable(name)
    return f"const {held} = ($made.{held} = {body})();\n"


def exported(text: str) -> list[str]:
    return [match[2] for match in EXPORT.finditer(text)]


def check_imports(name: str, sources: dict[str, str]) -> None:
    for names, other in imports(name, sources[name]):
        for wanted in re.findall(r"[\w$]+", names):
            if other in sources and wanted not in exported(sources[other]):
                said = f"{name}.js imports '{wanted}', which {other}.js does not export"
                raise ValueError(said)


def esm(module: str = "main", render: str = "render") -> str:
    """The module that anywidget loads: its default export's `render` is a function of `module`."""
    return f"{joined()}\nexport default {{ render: {variable(module)}.{render} }};\n"


def classic() -> str:
    """The script that a page loads: it defines `window.GanLab` and mounts the figures."""
    public = ", ".join(f"...{variable(name)}" for name in PUBLIC)
    return (
        f'(() => {{\n"use strict";\n{joined()}\n'
        f"window.GanLab = {{ {public} }};\n"
        'if (document.readyState === "loading")\n'
        '  document.addEventListener("DOMContentLoaded", () => $main.mountAll());\n'
        "else $main.mountAll();\n"
        "})();\n"
    )
