"""The rooms of the package as a picture, drawn from its imports: `{rooms}` in a page."""

import ast
import html
from pathlib import Path

from needs import imported

import gan_lab

PACKAGE = Path(gan_lab.__file__).parent
NOT_ROOMS = {"__init__", "__main__"}
WIDE, TALL, GAP, ROW = 120, 34, 40, 70


def imports() -> dict[str, set[str]]:
    """The rooms that each room imports, anywhere in it."""
    rooms = {p.stem for p in PACKAGE.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    rooms -= NOT_ROOMS
    found = {room: set() for room in rooms}
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room in rooms:
            found[room] |= inside(path) & rooms - {room}
    return found


def inside(path: Path) -> set[str]:
    """What a file asks of the package, by what stands right after `gan_lab.`"""
    names = imported(ast.parse(path.read_bytes()), "")
    return {name.split(".")[1] for name in names if name and name.startswith("gan_lab.")}


def floors(needs: dict[str, set[str]]) -> list[list[str]]:
    """The rooms from the ground up: each on the lowest floor above all that it imports."""
    floor: dict[str, int] = {}
    while len(floor) < len(needs):
        ready = [r for r in needs if r not in floor and needs[r] <= floor.keys()]
        if not ready:
            rest = sorted(needs.keys() - floor.keys())
            raise ValueError(f"rooms import one another in a circle: {rest}")
        floor |= {r: 1 + max((floor[below] for below in needs[r]), default=-1) for r in ready}
    return [sorted(r for r in floor if floor[r] == i) for i in range(1 + max(floor.values()))]


def stairs(needs: dict[str, set[str]]) -> set[tuple[str, str]]:
    """The imports (room, below) that no way through another room says already."""

    def below(room: str) -> set[str]:
        return needs[room].union(*map(below, needs[room]))

    return {
        (room, to)
        for room in needs
        for to in needs[room]
        if not any(to in below(other) for other in needs[room] - {to})
    }


def picture(pages: dict[str, str]) -> str:
    """An SVG in the colours of the page; a room of `pages` leads to its page."""
    needs = imports()
    rows = floors(needs)[::-1]
    widest = max(len(row) for row in rows)
    width, height = widest * (WIDE + GAP) + GAP, len(rows) * ROW
    at = {
        room: (width / 2 + (i - (len(row) - 1) / 2) * (WIDE + GAP), y * ROW + ROW / 2)
        for y, row in enumerate(rows)
        for i, room in enumerate(row)
    }
    lines = [way(*at[room], *at[to]) for room, to in sorted(stairs(needs))]
    boxes = [box(room, *place, pages.get(room)) for room, place in at.items()]
    words = "The rooms of gan_lab, the upper ones importing the lower: " + "; ".join(
        f"{room} imports {', '.join(sorted(needs[room])) or 'nothing'}" for room in at
    )
    return (
        f'<svg class="rooms" role="group" width="{width}" viewBox="0 0 {width} {height}" '
        f'aria-label="{html.escape(words)}">{"".join(lines + boxes)}</svg>'
    )


def way(x, y, to_x, to_y) -> str:
    top, end, bend = y + TALL / 2, to_y - TALL / 2, ROW / 2
    points = f"M{x:g} {top:g}C{x:g} {top + bend:g} {to_x:g} {end - bend:g} {to_x:g} {end:g}"
    return f'<path d="{points}"/>'


def box(room, x, y, page) -> str:
    drawn = (
        f'<rect x="{x - WIDE / 2:g}" y="{y - TALL / 2:g}" width="{WIDE}" height="{TALL}" rx="6"/>'
        f'<text x="{x:g}" y="{y:g}">{room}</text>'
    )
    return f'<a href="{page}">{drawn}</a>' if page else drawn
