"""schemas/resolution.yaml: what each feature counts when two entities are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.resources import in_schemas
from kg.strict_yaml import Node, read_yaml, suggestion

NEVER = float("-inf")
_THINGS = (
    "same-name", "contained", "typo", "says-where", "same-county", "shared-links", "same-time", "close", "far",
    "other-county", "other-number", "other-time", "apart", "no-place",
)  # fmt: skip
FEATURES: Mapping[str, tuple[str, ...]] = {
    "People": (
        "same-office", "same-body", "same-county", "county-of-office", "same-home", "same-prefecture",
        "same-province", "moved-on", "leaders", "rare-name", "common-name", "shared-links", "other-county",
        "at-once", "other-firm", "rank-gap", "no-place",
    ),
    "Region": ("same-code", "same-parent", "other-code", "other-parent"),
    "Organization": (
        "same-body", "same-name", "renamed", "renamed-out-of-time", "abbreviated", "typo", "shared-links",
        "other-division", "other-number", "apart", "no-place",
    ),
    "Company": (
        "same-name", "same-core", "same-short", "short-of", "stated", "typo", "same-county", "same-prefecture",
        "place-in-name", "shared-links", "other-county", "other-place-in-name", "other-trade", "other-role",
        "role-missing", "other-number", "apart", "no-core",
    ),
    "Project": _THINGS,
    "Park": _THINGS,
    "Event": _THINGS,
}  # fmt: skip
"""Kind to the features that the code knows."""


@dataclass(frozen=True, slots=True)
class Table:
    """How one kind of entity is compared.

    Attributes:
        same: Two with this score or more are one entity.
        doubtful: From this score on, and below ``same``, a person is asked.
        margin: By how much a short or bare name must fit one entity better than any other.
        weights: Feature to what it counts; `NEVER` keeps two apart.
        says: Feature to its reason in words.
        chinese: Reason in words to the same in Chinese, where the file has it.
    """

    same: float
    doubtful: float
    margin: float
    weights: Mapping[str, float]
    says: Mapping[str, str]
    chinese: Mapping[str, str] = field(default_factory=dict)

    def sum(self, features: Mapping[str, str]) -> float:
        """The score of a pair with these features."""
        weights = self.weights
        return sum(weights[feature] for feature in features)

    def reasons(self, features: Mapping[str, str]) -> tuple[str, ...]:
        """What the features say, the weightiest first, with their weights."""
        ordered = sorted(features, key=lambda f: (-abs(self.weights[f]), f))
        return tuple(
            f"{self.says[f]}{f' ({features[f]})' if features[f] else ''} {_signed(self.weights[f])}"
            for f in ordered
            if self.weights[f]
        )


def load_weights(folder: Path) -> dict[str, Table]:
    """Reads resolution.yaml; a schema folder without one uses the program's.

    Raises:
        SchemaError: With file and line, when the file does not hold.
    """
    top = read_yaml(in_schemas(folder, "resolution.yaml"))
    kinds = top.fields(required=tuple(FEATURES)) if top else {}
    return {kind: _table(node, FEATURES[kind]) for kind, node in kinds.items()}


def _table(node: Node, known: tuple[str, ...]) -> Table:
    fields = node.fields(required=("same", "doubtful", "margin", "features"))
    features = fields["features"].mapping()
    weights, says, chinese = {}, {}, {}
    for name, feature in features.items():
        if name not in known:
            raise feature.error(f'unknown feature "{name}"{suggestion(name, known)}')
        parts = feature.fields(required=("weight", "says"), optional=("zh",))
        weights[name] = _number(parts["weight"], never=True)
        says[name] = parts["says"].text()
        if "zh" in parts:
            chinese[says[name]] = parts["zh"].text()
    missing = [name for name in known if name not in features]
    if missing:
        raise fields["features"].error(f"features lacks {', '.join(missing)}; give a weight, 0 for none")
    same, doubtful, margin = (_number(fields[key]) for key in ("same", "doubtful", "margin"))
    if doubtful > same:
        raise fields["doubtful"].error('"doubtful" must not be above "same"')
    return Table(same, doubtful, margin, weights, says, chinese)


def _number(node: Node, *, never: bool = False) -> float:
    value = node.plain()
    if never and value == "never":
        return NEVER
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise node.error(f"{node.what} must be a number{' or never' if never else ''}")
    return float(value)


def _signed(weight: float) -> str:
    return "never" if weight == NEVER else f"{weight:+g}"
