"""The units of an invented university: schools and services, their institutes, and the laboratories and groups in them.

Never describes an existing institution; only the shape (three levels, about 1,200 units) is like a real one.
"""

from __future__ import annotations

from dataclasses import dataclass

from sample_data.dice import Dice
from sample_data.people import People, Person

COLUMNS = (
    "institutional_id",
    "name",
    "level",
    "parent_institutional_id",
    "principal_email",
    "principal_name",
    "principal_institutional_id",
)

# School or service, its short form, its institutes or divisions, and whether its groups are laboratories.
_SCHOOLS: tuple[tuple[str, str, bool, tuple[str, ...]], ...] = (
    ("School of Natural Sciences", "NAT", True, (
        "Institute of Physics", "Institute of Chemistry", "Institut de mathématiques", "Institute of Materials Physics",
        "Institute of Molecular Sciences", "Institut d’optique et de photonique", "Institute of Astronomy",
        "Centre for Quantum Science",
    )),
    ("School of Engineering and Technology", "TEC", True, (
        "Institute of Mechanical Engineering", "Institute of Electrical Engineering", "Institut des matériaux",
        "Institute of Microsystems", "Institute of Energy Conversion", "Institut de robotique",
        "Institute of Chemical Processes", "Centre for Additive Manufacturing", "Institute of Fluid Dynamics",
        "Institut de génie nucléaire et des plasmas",
    )),
    ("School of Life and Health Sciences", "VIE", True, (
        "Institute of Cell Biology", "Institute of Neurosciences", "Institut de bio-ingénierie",
        "Institute of Cancer Biology", "Institute of Global Health", "Institut de génétique végétale",
        "Institute of Structural Biology", "Centre d’imagerie biomédicale",
    )),
    ("School of Architecture, Civil and Environmental Engineering", "BAT", True, (
        "Institut d’architecture", "Institute of Civil Engineering", "Institute of Environmental Engineering",
        "Institut d’urbanisme et de paysage", "Institute of Water and Glaciers", "Institute of Transport",
        "Laboratoire fédéré des géosciences", "Centre for Circular Construction",
    )),
    ("School of Computing and Data", "INF", True, (
        "Institute of Computer Science", "Institute of Communication Systems", "Institut de science des données",
        "Institute of Machine Learning", "Institute of Cybersecurity", "Centre de calcul scientifique",
        "Institute of Human-Computer Interaction",
    )),
    ("College of Management and Society", "SOC", True, (
        "Institute of Finance", "Institute of Innovation Management", "Institut des politiques publiques",
        "Institute of Digital Humanities", "Institut d’histoire des techniques", "Centre de langues",
    )),
    ("Vice-Présidence pour les opérations", "VPO", False, (
        "Exploitation et énergie", "Domaine immobilier", "Sécurité et prévention", "Services informatiques",
        "Achats et logistique", "Restauration et hébergement", "Mobilité et durabilité",
    )),
    ("Vice-Présidence académique", "VPA", False, (
        "Affaires estudiantines", "Bibliothèque et archives", "Service de la recherche", "Formation continue",
        "Relations internationales", "Musées et collections",
    )),
)  # fmt: skip

_LAB_KINDS = ("Laboratory of", "Laboratory of", "Laboratoire de", "Group for", "Groupe de", "Chair of", "Unité de")
_ENGLISH_HEADS = (
    "Applied", "Adaptive", "Advanced", "Analytical", "Biological", "Coastal", "Complex", "Computational", "Distributed",
    "Experimental", "Functional", "Hybrid", "Inorganic", "Integrated", "Intelligent", "Molecular", "Multiscale",
    "Nanoscale", "Organic", "Quantitative", "Renewable", "Soft", "Spatial", "Statistical", "Structural", "Sustainable",
    "Theoretical", "Urban",
)  # fmt: skip
_ENGLISH_TAILS = (
    "Acoustics", "Algorithms", "Biomaterials", "Catalysis", "Circuits", "Climate Systems", "Composites", "Control",
    "Crystallography", "Decision Systems", "Dynamics", "Ecology", "Electronics", "Energy Storage", "Fluid Mechanics",
    "Genomics", "Geometry", "Hydrology", "Imaging", "Immunology", "Interfaces", "Languages", "Logistics", "Magnetism",
    "Metrology", "Microscopy", "Mobility", "Networks", "Neural Circuits", "Optics", "Photonics", "Polymers",
    "Proteomics", "Robotics", "Sensors", "Separation Processes", "Signal Processing", "Spectroscopy", "Structures",
    "Surfaces", "Thermodynamics", "Topology", "Visual Computing", "Water Treatment",
)  # fmt: skip
_FRENCH_HEADS = (
    "mécanique", "chimie", "modélisation", "physique", "géométrie", "écologie", "ingénierie", "métrologie", "théorie",
    "conception", "simulation", "synthèse", "biophysique", "hydrologie", "imagerie", "cartographie",
)  # fmt: skip
_FRENCH_TAILS = (
    "des sols", "des fluides", "appliquée", "numérique", "des réseaux", "des matériaux poreux", "végétale",
    "des systèmes complexes", "du bâtiment", "expérimentale", "des protéines", "des surfaces", "de l’énergie",
    "des données", "des écosystèmes alpins", "des procédés", "quantique", "de la lumière", "des structures légères",
    "de l’eau",
)  # fmt: skip
_SERVICE_HEADS = (
    "Bureau", "Cellule", "Équipe", "Atelier", "Guichet", "Pôle", "Secrétariat", "Centrale", "Coordination", "Helpdesk",
)  # fmt: skip
_SERVICE_TAILS = (
    "accueil", "achats techniques", "bâtiments nord", "bâtiments sud", "chauffage et froid", "communication",
    "contrats", "déchets et recyclage", "électricité", "entretien", "espaces verts", "évènements", "finances",
    "inventaire", "logistique interne", "mobilité douce", "numérisation", "planification", "postes de travail",
    "prêt de matériel", "projets", "qualité", "réseau", "ressources humaines", "sécurité chimique", "serveurs",
    "support aux études", "transports",
)  # fmt: skip


@dataclass(frozen=True)
class Unit:
    """One unit with its principal user, when it has one."""

    number: str
    name: str
    level: int
    parent: str
    principal: Person | None

    def row(self) -> list[str]:
        """The unit in the order of COLUMNS."""
        person = self.principal
        who = [person.email, person.spoken, person.number] if person else ["", "", ""]
        return [self.number, self.name, str(self.level), self.parent, *who]


def is_service(unit: Unit) -> bool:
    """Whether a unit is an administrative group rather than a laboratory."""
    return unit.name.split()[0] in _SERVICE_HEADS


def _lab_name(dice: Dice, laboratory: bool) -> str:
    if not laboratory:
        return f"{dice.pick(_SERVICE_HEADS)} {dice.pick(_SERVICE_TAILS)}"
    kind = dice.pick(_LAB_KINDS)
    if not kind.endswith(" de"):
        return f"{kind} {dice.pick(_ENGLISH_HEADS)} {dice.pick(_ENGLISH_TAILS)}"
    head = dice.pick(_FRENCH_HEADS)
    join = f"{kind[:-1]}’" if head[0] in "éhiîoô" else f"{kind} "
    return f"{join}{head} {dice.pick(_FRENCH_TAILS)}"


def build_units(total: int = 1_200) -> list[Unit]:
    """All units, parents before children; ids have five digits and tell nothing about the level."""
    dice = Dice("units")
    people = People(Dice("principals"))
    institutes = sum(len(names) for _, _, _, names in _SCHOOLS)
    groups = total - len(_SCHOOLS) - institutes
    units: list[Unit] = []
    used: set[str] = set()
    number, left, institutes_left = 10_000, groups, institutes
    last: Person | None = None

    def add(name: str, level: int, parent: str, principal: Person | None) -> str:
        nonlocal number
        number += dice.whole(3, 12)
        units.append(Unit(str(number), name, level, parent, principal))
        return str(number)

    for school, short, laboratory, names in _SCHOOLS:
        school_id = add(f"{short} – {school}", 2, "", None)
        for index, institute in enumerate(names, start=1):
            institute_id = add(f"{short}-{index:02d} {institute}", 3, school_id, None)
            share = left if institutes_left == 1 else left // institutes_left + dice.whole(-6, 6)
            for _ in range(share):
                name = _lab_name(dice, laboratory)
                while name in used:
                    name = _lab_name(dice, laboratory)
                used.add(name)
                # A few groups have nobody yet, and a few people lead two groups.
                if dice.chance(0.03):
                    person = None
                else:
                    person = last if last and dice.chance(0.02) else people.someone()
                    last = person
                add(name, 4, institute_id, person)
            left -= share
            institutes_left -= 1
    return units
