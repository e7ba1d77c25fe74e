"""Which files and libraries the cells of a chapter need: read from the sources; nothing is run.

An import counts wherever it stands, in a function too, and so does what the imported module
imports. Of a room that lends names (`gan_lab.core.lazy`) its table says which module is meant.
Where the sources do not say it (a name that is computed, another lazy `__getattr__`,
`python -m gan_lab`), every module counts: rather a run too many than a stale one.
The page's own script is in no cell's output, and so it does not count.
"""

import ast
import re
import sys
from pathlib import Path

from IPython.core.inputtransformer2 import TransformerManager

PAGE_SCRIPT = {".js", ".mjs", ".ts", ".css", ".md"}
OF_NODE = {"package.json", "tsconfig.json"}
LAZY = "__getattr__"  # of a module: what PEP 562 calls for a name that is not there
ANY = None  # a module whose name the sources do not say


class Sources:
    """A package, and the folder beside it in which the cells of a book are run."""

    def __init__(self, package: Path, folder: Path):
        self.package, self.folder, self.root = package, folder, package.parent
        self.every_module = {path for path in files_below(package) if path.suffix == ".py"}
        self.trees = {}

    def needs(self, cells: list[str]) -> tuple[set[Path], set[str]]:
        """The files that cells need, and the names of the modules that they import from outside."""
        files, outside = set(), set()
        together = ast.Module([node for cell in cells for node in tree_of_cell(cell).body], [])
        waiting = self.modules(together, "", outside, rf"\b{self.package.name}\b")
        files |= self.named(together)
        modules = set()
        while waiting - modules:
            modules.add(path := (waiting - modules).pop())
            waiting |= self.modules(self.tree(path), self.home(path), outside)
        inside = {path.parent for path in modules if path in self.every_module}
        return files.union(modules, *map(data, inside)), outside - set(sys.stdlib_module_names)

    def modules(self, tree, home: str, outside: set[str], run_as: str = "") -> set[Path]:
        """The files that a tree imports or runs; the names of libraries are added to `outside`."""
        files = set()
        names = imported(tree, home)
        if mentions(tree, run_as or rf"^-m$|-m\s+{self.package.name}\b"):
            names.add(ANY)
        for name in names:
            found = self.files_of(name)
            files |= found
            if not found:
                outside.add(name.split(".")[0])
        return files

    def files_of(self, name: str | None) -> set[Path]:
        """What importing `a.b` runs: `a`, and `a.b` if it is a module; all if that is not known."""
        if name is ANY:
            return self.every_module
        inside = [path for start in starts(name) if (path := self.file(start))]
        attribute = next(iter(name.split(".")[len(inside) :]), None)
        if not inside:
            return set()
        tree = self.tree(inside[-1])
        if attribute in (lent := lent_by(tree)):
            room = starts(name)[len(inside) - 1]
            return {*inside, *self.files_of(f"{room}.{lent[attribute]}")}
        return self.every_module if is_open(tree, attribute) else set(inside)

    def file(self, name: str) -> Path | None:
        first, *parts = name.split(".")
        path = (self.root if first == self.package.name else self.folder).joinpath(first, *parts)
        choices = (path / "__init__.py", path.with_name(path.name + ".py"))
        return next((choice for choice in choices if choice.is_file()), None)

    def tree(self, path: Path):
        if path not in self.trees:
            self.trees[path] = ast.parse(path.read_bytes(), str(path))
        return self.trees[path]

    def home(self, path: Path) -> str:
        """The package of a module: what its relative imports start from."""
        top = self.root if path in self.every_module else path.parent
        return ".".join(path.parent.relative_to(top).parts)

    def named(self, tree) -> set[Path]:
        """The files of the repository of which, or of whose folder, a tree holds the name."""
        found = set()
        for text in strings(tree):
            if "\n" in text or "\0" in text or len(text) > 200:
                continue
            for path in {(self.folder / text).resolve(), (self.root / text).resolve()}:
                if self.root in path.parents and path not in {self.folder, self.package}:
                    found |= {path} if path.is_file() else files_below(path)
        return found


def imported(tree, home: str) -> set[str | None]:
    """Every name that a tree imports, with dots, and with what it asks of it: `gl.data.ring`."""
    names, late = set(), {id(n) for f in ast.walk(tree) if is_lazy(f) for n in ast.walk(f)}
    uses = Uses()
    uses.visit(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound_to = alias.name if alias.asname else alias.name.split(".")[0]
                names |= {alias.name} if bound_to != alias.name else set()
                names |= uses.of(alias.asname or bound_to, bound_to)
        elif isinstance(node, ast.ImportFrom):
            above = home.split(".")[: home.count(".") + 2 - node.level] if node.level else []
            module = ".".join(filter(None, [*above, node.module]))
            for alias in node.names:
                names |= uses.of(alias.asname or alias.name, f"{module}.{alias.name}")
        elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"}:
            name = getattr(node.args[0], "value", ANY) if node.args else ANY
            if id(node) not in late:  # else it counts where a name is asked for
                names.add(name if isinstance(name, str) and name[:1] != "." else ANY)
    return names


class Uses(ast.NodeVisitor):
    """What a tree asks of each of its names: `gl.data.ring(8)` asks `.data.ring` of `gl`."""

    def __init__(self):
        self.found = {}

    def visit_Name(self, node):
        self.found.setdefault(node.id, set()).add("")

    def visit_Attribute(self, node):
        chain, at = "", node
        while isinstance(at, ast.Attribute):
            chain, at = f".{at.attr}{chain}", at.value
        if isinstance(at, ast.Name):
            self.found.setdefault(at.id, set()).add(chain)
        else:
            self.visit(at)

    def of(self, local: str, module: str) -> set[str]:
        """The names that are asked of a module, which has a name of its own here."""
        return {module + chain for chain in self.found.get(local, {""})}


def called(node) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def is_lazy(node) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == LAZY


def is_open(tree, attribute: str | None) -> bool:
    """Whether importing `attribute` from a module, or (None) the module, may import anything."""
    calls = (n for top in tree.body if is_lazy(top) for n in ast.walk(top))
    lazy = any(isinstance(n, ast.Call) and called(n) == "import_module" for n in calls)
    lazy = lazy or bool(lent_by(tree))
    return attribute == "*" or (lazy and attribute not in bound(tree))


def lent_by(tree) -> dict[str, str]:
    """The names that a room lends, each with its module: `__getattr__, ... = public(...)`."""
    found = {}
    for node in tree.body:
        value = getattr(node, "value", None)
        if isinstance(node, ast.Assign) and isinstance(value, ast.Call):
            if called(value) == "public" and LAZY in ast.unparse(node.targets[0]):
                tables = [ast.literal_eval(a) for a in value.args if isinstance(a, ast.Dict)]
                found |= {n: module for t in tables for module, names in t.items() for n in names}
    return found


def bound(tree) -> set[str]:
    """The names that a module binds at its top."""
    found = set()
    for node in tree.body:
        for part in (node, *getattr(node, "targets", ()), *getattr(node, "names", ())):
            found |= {getattr(part, kind, None) for kind in ("id", "name", "asname")}
    return found - {None}


def starts(name: str) -> list[str]:
    """`a`, `a.b`, `a.b.c`: importing the last runs them all."""
    parts = name.split(".")
    return [".".join(parts[: n + 1]) for n in range(len(parts))]


def tree_of_cell(cell: str):
    """A cell's tree, its magics as calls with strings."""
    try:
        return ast.parse(TransformerManager().transform_cell(cell))
    except SyntaxError:  # it may be anything, and running it will say what is wrong
        return ast.parse("__import__(anything)")


def strings(tree) -> set[str]:
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str)}


def mentions(tree, pattern: str) -> bool:
    return any(re.search(pattern, text) for text in strings(tree))


def files_below(folder: Path) -> set[Path]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path for path in found if "__pycache__" not in path.parts}


def data(folder: Path) -> set[Path]:
    """What lies beside modules and is none: not in other packages, and not for the page alone."""
    found = set()
    for path in folder.iterdir():
        if path.is_dir() and path.name != "__pycache__" and not (path / "__init__.py").exists():
            found |= data(path)
        elif path.is_file() and path.suffix not in PAGE_SCRIPT | {".py"}:
            found |= {path} if path.name not in OF_NODE and path.name[0] != "." else set()
    return found
