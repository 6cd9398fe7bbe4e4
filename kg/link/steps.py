"""The steps of linking, each with its wording, made once and used for every document."""

from __future__ import annotations

from pathlib import Path

from kg.link.anaphora import Anaphora
from kg.link.articles import Articles
from kg.link.attendance import Attendance
from kg.link.ceremonies import Ceremonies
from kg.link.companies import Companies
from kg.link.deals import Deals
from kg.link.firm_places import FirmPlaces
from kg.link.locations import Locations
from kg.link.naming import NamingWords
from kg.link.offices import Offices
from kg.link.parks import Parks
from kg.link.roles import Roles
from kg.link.sessions import Sessions
from kg.link.signings import Signings
from kg.link.speakers import Speakers
from kg.link.stops import Stops
from kg.link.units import Units
from kg.link.variants import Variants
from kg.link.visits import Visits
from kg.wording import load_wording


class Steps:
    """All steps that hold wording.

    Args:
        schemas: Folder with lexicons and wording.
    """

    def __init__(self, schemas: Path) -> None:
        articles, variants = Articles(schemas), Variants(schemas)
        self.articles = articles
        self.context = load_wording(schemas, "context")
        self.sessions = Sessions(schemas)
        self.ceremonies = Ceremonies(schemas)
        self.companies = Companies(schemas)
        self.variants = variants
        self.parks = Parks(schemas, variants)
        self.naming = NamingWords(schemas, self.parks)
        self.anaphora = Anaphora(schemas, articles)
        self.units = Units(schemas)
        self.offices = Offices(schemas)
        self.speakers = Speakers(schemas)
        self.roles = Roles(schemas)
        self.signings = Signings(schemas)
        self.deals = Deals(schemas)
        self.attendance = Attendance(schemas)
        self.visits = Visits(schemas)
        self.locations = Locations(schemas, self.parks)
        self.stops = Stops(schemas)
        self.firm_places = FirmPlaces(schemas)
