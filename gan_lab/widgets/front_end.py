"""The front end as one text, joined from the small modules in `static/`.

Browsers do not load modules from `file://`, and anywidget wants one module: so the modules are
written apart, for people and for Node's tests, and joined in memory for everyone else. Each becomes
a function called once that hands back what it exports, after the modules that it needs; so each
keeps its own names. That asks for one way of importing and exporting, and it is checked.
"""

import json
import re
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files

IMPORT = re.compile(r'^import\s+(\{[^}]*\})\s+from\s+"\./([a-z]\w*)\.js";$', re.MULTILINE)
EXPORT = re.compile(
    r"^export\s+((?:async\s+)?(?:function\*?|const|class)\s+([\w$]+))", re.MULTILINE
)
STRAY = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)

# What a page may call: window.GanLab holds the exports of these modules.
PUBLIC = (
    "recording", "sources", "theme", "figure1", "bound", "stage", "mount", "explore", "session",
    "worker", "recipe", "lab", "lab_mount", "asking", "link",
)


def modules() -> dict[str, str]:
    """The text of each module of `static/`, by its name without `.js`."""
    folder = files("gan_lab.widgets") / "static"
    found = (path for path in folder.iterdir() if path.name.endswith(".js"))
    return {path.name[:-3]: path.read_text(encoding="utf-8") for path in found}


def joined(sources: dict[str, str] | None = None) -> str:
    """One text without `import` or `export`: the exports of `bound.js` are in `$bound`, and so on.

    Raises ValueError with the module's name when a module imports or exports in another way than
    `import { a, b } from "./sibling.js";` and `export function|const|class`, when what it imports
    is not there, or when modules need each other in a circle.
    """
    sources = modules() if sources is None else sources
    order = in_order(sources)
    text = "\n".join(as_function(name, sources) for name in order)
    carry = ""
    if "worker" in sources:
        carry = f"\n$worker.carry($made, {json.dumps(needed('session', sources))});\n"
    return f"const $made = {{}};\n{text}{carry}"


def in_order(sources: dict[str, str]) -> list[str]:
    """The modules, each after those that it needs."""
    needs = {name: [m[2] for m in IMPORT.finditer(text)] for name, text in sorted(sources.items())}
    try:
        return list(TopologicalSorter(needs).static_order())
    except CycleError as error:
        raise ValueError(f"these modules need each other: {' -> '.join(error.args[1])}") from None


def needed(name: str, sources: dict[str, str]) -> list[str]:
    """A module and all that it needs, each after those that it needs itself."""
    found, waiting = set(), [name]
    while waiting:
        found.add(now := waiting.pop())
        waiting += {m[2] for m in IMPORT.finditer(sources[now])} - found
    return [each for each in in_order(sources) if each in found]


def worker(sources: dict[str, str] | None = None) -> str:
    """The text of the worker that answers as `session.js`: the modules that it needs, and no more.

    A page makes the same text from its own script (`workerText` of `worker.js`), which so holds
    each module once.
    """
    sources = modules() if sources is None else sources
    text = "\n".join(as_function(name, sources, "") for name in needed("session", sources))
    serve = re.search(r"^const SERVE = `(.*?)`;$", sources["worker"], re.MULTILINE | re.DOTALL)[1]
    return f'"use strict";\n{text}\n{serve}'


def as_function(name: str, sources: dict[str, str], keep: str = "$made.{name} = ") -> str:
    if name not in sources:
        raise ValueError(f"a module imports './{name}.js', which is not there")
    check_imports(name, sources)
    text = IMPORT.sub(r"const \1 = $\2;", sources[name])
    names = exported(text)
    text = EXPORT.sub(r"\1", text)
    if stray := STRAY.search(text):
        raise ValueError(f"{name}.js cannot be joined because of its line '{stray[0]}'")
    body = f"() => {{\n{text}\nreturn {{ {', '.join(names)} }};\n}}"
    return f"const ${name} = ({keep.format(name=name)}{body})();\n"


def exported(text: str) -> list[str]:
    return [match[2] for match in EXPORT.finditer(text)]


def check_imports(name: str, sources: dict[str, str]) -> None:
    for names, sibling in IMPORT.findall(sources[name]):
        for wanted in re.findall(r"[\w$]+", names):
            if sibling in sources and wanted not in exported(sources[sibling]):
                said = f"{name}.js imports '{wanted}', which {sibling}.js does not export"
                raise ValueError(said)


def esm(module: str = "mount", render: str = "render") -> str:
    """The module that anywidget loads: its default export's `render` is a function of `module`."""
    return f"{joined()}\nexport default {{ render: ${module}.{render} }};\n"


def classic() -> str:
    """The script that a page loads: it defines `window.GanLab` and mounts the figures."""
    public = ", ".join(f"...${name}" for name in PUBLIC)
    return (
        f'(() => {{\n"use strict";\n{joined()}\n'
        f"window.GanLab = {{ {public} }};\n"
        'if (document.readyState === "loading")\n'
        '  document.addEventListener("DOMContentLoaded", () => $mount.mountAll());\n'
        "else $mount.mountAll();\n"
        "})();\n"
    )
