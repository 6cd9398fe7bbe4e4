"""Which claims of a group are one entity: those that share a scope, then those that fit only one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.resolve.claims import Claim


@dataclass(slots=True)
class Cluster:
    """Claims that are one entity.

    Attributes:
        claims: In order of document and entity.
        scopes: All that tells it from others of its group.
        reasons: Why each claim is here, by its ref.
    """

    claims: list[Claim] = field(default_factory=list)
    scopes: set[str] = field(default_factory=set)
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def scope(self) -> str:
        """The most telling scope: a county before a larger division, a division before a body."""
        return min(self.scopes, key=lambda s: (not s.isdigit(), -len(s) if s.isdigit() else 0, s))

    def add(self, claim: Claim, reason: str) -> None:
        """Takes in a claim and what it tells."""
        self.claims.append(claim)
        self.scopes |= claim.scopes
        self.reasons[claim.ref] = reason


def clusters(claims: Iterable[Claim]) -> list[Cluster]:
    """Divides the claims of one group into entities; the order in which they come does not matter.

    Claims that share a scope (an office in one county, a company) are one entity, directly or by way of
    others. One without scopes joins the only entity that has to do with its document's county, if there
    is exactly one; those left over are one entity a county.
    """
    ordered = sorted(claims, key=lambda c: (c.doc_id, c.entity.id))
    found: list[Cluster] = []
    for claim in (c for c in ordered if c.scopes):
        touched = [c for c in found if c.scopes & claim.scopes]
        joined = touched[0] if touched else Cluster()
        if not touched:
            found.append(joined)
        for other in touched[1:]:
            found.remove(other)
            joined.claims += other.claims
            joined.scopes |= other.scopes
            joined.reasons |= other.reasons
        shared = ", ".join(sorted(filter(None, joined.scopes & claim.scopes)))
        reason = f"same name, both of {shared}" if shared else "same name"
        joined.add(claim, reason if touched else "the first of this name")
    scoped = list(found)
    homes = [({c.home for c in cluster.claims}, set(cluster.scopes)) for cluster in scoped]
    alone: dict[str, Cluster] = {}
    for claim in (c for c in ordered if not c.scopes):
        by_scope = [c for c, (_, scopes) in zip(scoped, homes, strict=True) if claim.home in scopes]
        by_home = [c for c, (home, _) in zip(scoped, homes, strict=True) if claim.home in home]
        fitting = by_scope or by_home
        if claim.home and len(fitting) == 1:
            fitting[0].add(claim, f"same name, only one of it in {claim.home}")
            continue
        if claim.home not in alone:
            alone[claim.home] = Cluster(scopes={claim.home})
            found.append(alone[claim.home])
        alone[claim.home].add(claim, f"same name in documents of {claim.home or 'no known place'}")
    for cluster in found:
        cluster.claims.sort(key=lambda c: (c.doc_id, c.entity.id))
    return sorted(found, key=lambda c: c.scope)
