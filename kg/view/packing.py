"""Circles packed round a hub without overlap: plain geometry, deterministic, no knowledge of graphs."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

_STEP = 0.5
"""Distance between two tried places, in radii of the circle to place."""


def pack(
    radii: Sequence[float], *, hub: float = 0.0, turn: float = 0.0, stretch: float = 1.0
) -> list[tuple[float, float]]:
    """Centres for circles round a hub at the origin, so that none overlap.

    The largest go first, nearest the hub; each walks outward on a spiral until it touches nothing, and
    smaller ones start again from the hub to fill the holes that larger ones left.

    Args:
        radii: One positive radius a circle.
        hub: Radius kept free round the origin; 0 lets the first circle sit there.
        turn: Direction of the first circle, in radians.
        stretch: How many times wider than high the whole becomes.

    Returns:
        One (x, y) a circle, in the order of ``radii``.
    """
    centres = [(0.0, 0.0)] * len(radii)
    if not radii:
        return centres
    taken = _Grid(cell=2 * max(min(radii), max(radii) / 6))
    if hub > 0:
        taken.add(0.0, 0.0, hub)
    started_with = math.inf
    distance, angle = 0.0, turn
    for index in sorted(range(len(radii)), key=lambda i: (-radii[i], i)):
        radius = radii[index]
        if radius < 0.75 * started_with:
            started_with, angle = radius, turn
            distance = hub + radius if hub > 0 else 0.0
        while not taken.free(
            x := stretch * distance * math.cos(angle), y := distance * math.sin(angle), radius
        ):
            step = _STEP * radius / max(distance, _STEP * radius)
            angle += step
            distance += _STEP * radius * step / math.tau
        centres[index] = (x, y)
        taken.add(*centres[index], radius)
    return centres


def rings(
    radii: Sequence[float], *, hub: float = 0.0, turn: float = 0.0
) -> tuple[list[tuple[float, float]], float]:
    """Centres for circles on rings round a hub, in the order given from inside out, so that none overlap.

    Args:
        radii: One positive radius a circle.
        hub: Radius kept free round the origin; 0 lets a lone first circle sit there.
        turn: Direction of the first circle, in radians.

    Returns:
        One (x, y) a circle, and the radius of the whole.
    """
    centres: list[tuple[float, float]] = []
    reach, at = hub, 0
    while at < len(radii):
        if reach == 0:
            centres.append((0.0, 0.0))
            reach, at = radii[at], at + 1
            continue
        # As many as the ring holds; its width is that of the largest on it.
        widest, used, here = 0.0, 0.0, at
        while here < len(radii):
            wider = max(widest, radii[here])
            share = 2 * math.asin(min(1.0, wider / (reach + wider)))
            if used and (here - at + 1) * share > math.tau:
                break
            widest, used, here = wider, (here - at + 1) * share, here + 1
        middle = reach + widest
        for i in range(here - at):
            angle = turn + math.tau * i / (here - at)
            centres.append((middle * math.cos(angle), middle * math.sin(angle)))
        reach, at = reach + 2 * widest, here
    return centres, reach


def enclose(circles: Sequence[tuple[float, float, float]]) -> tuple[float, float, float]:
    """A circle round all circles, close to the smallest one.

    Moves from the mean towards the farthest circle in ever smaller steps (Badoiu and Clarkson, "Smaller
    core-sets for balls", 2003).

    Args:
        circles: (x, y, radius) each; at least one.

    Returns:
        (x, y, radius) of the enclosing circle.
    """
    weight = sum(r * r for *_, r in circles) or 1.0
    x = sum(cx * r * r for cx, _, r in circles) / weight
    y = sum(cy * r * r for _, cy, r in circles) / weight
    best = (x, y, math.inf)
    for step in range(1, 33):
        reach, far_x, far_y, far_r = max((math.hypot(cx - x, cy - y) + r, cx, cy, r) for cx, cy, r in circles)
        if reach < best[2]:
            best = (x, y, reach)
        apart = reach - far_r
        if apart <= 0:
            break
        # The far side of the farthest circle, as the point to move towards.
        scale = reach / apart
        x += ((far_x - x) * scale) / (step + 1)
        y += ((far_y - y) * scale) / (step + 1)
    return best


class _Grid:
    """Circles by the square cells they touch, so that a place is tested against its neighbours only."""

    def __init__(self, *, cell: float) -> None:
        self._cell = cell
        self._circles: dict[tuple[int, int], list[tuple[float, float, float]]] = defaultdict(list)

    def _cells(self, x: float, y: float, radius: float) -> list[tuple[int, int]]:
        cell = self._cell
        columns = range(math.floor((x - radius) / cell), math.floor((x + radius) / cell) + 1)
        rows = range(math.floor((y - radius) / cell), math.floor((y + radius) / cell) + 1)
        return [(column, row) for column in columns for row in rows]

    def add(self, x: float, y: float, radius: float) -> None:
        for cell in self._cells(x, y, radius):
            self._circles[cell].append((x, y, radius))

    def free(self, x: float, y: float, radius: float) -> bool:
        for cell in self._cells(x, y, radius):
            for other_x, other_y, other in self._circles.get(cell, ()):
                if (x - other_x) ** 2 + (y - other_y) ** 2 < (radius + other) ** 2 - 1e-9:
                    return False
        return True
