"""What the product is built on, from the lock file and the installed packages' own words: a CycloneDX list of components and
the page of licences.

    python -m deploy.supply sbom build/sbom.json
    python -m deploy.supply licences docs/licenser.md
"""

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
PINNED = re.compile(r"^([a-z0-9.-]+)==([^\s;\\]+)(?: ; ([^\\]+?))? \\$")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# what may be built on: all of them may be used together in a product under EUPL-1.2 that is run as a service and handed on
ALLOWED = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "MIT-CMU", "MPL-1.1", "MPL-2.0",
    "PSF-2.0", "Zlib",
})  # fmt: skip
# what packages write that is no identifier of SPDX
SPOKEN = {
    "MIT License": "MIT", "BSD License": "BSD-3-Clause", "Apache Software License": "Apache-2.0", "Apache 2": "Apache-2.0",
    "Apache 2.0": "Apache-2.0", "ISC License (ISCL)": "ISC", "ISC License": "ISC", "BSD": "BSD-3-Clause",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
}  # fmt: skip
HEAD = """# Licenser

Sidan skrivs av `make docs` ur paketens egna uppgifter och `requirements.lock`; ändra den inte för hand. Sjukvy har
licensen EUPL-1.2 och bygger på {count} paket. Ett test stoppar en licens som inte står i listan över tillåtna
(`deploy/supply.py`). Där ett paket erbjuder flera licenser räcker det att en av dem är tillåten.

| paket | licens |
|---|---|
"""


@dataclass(frozen=True)
class Package:
    """A line of the lock file; `marker` says where it is installed."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def licence(self) -> str:
        """As an expression of SPDX; empty where the package is not installed on this kind of machine."""
        try:
            said = distribution(self.name).metadata
        except PackageNotFoundError:
            return ""
        if expression := said.get("License-Expression"):
            return expression
        classified = [
            SPOKEN.get(line.rpartition(" :: ")[2], line.rpartition(" :: ")[2])
            for line in said.get_all("Classifier") or []
            if line.startswith("License :: ") and line != "License :: OSI Approved"
        ]
        # many mean a choice
        return " OR ".join(classified) or SPOKEN.get(short := _first_line(said.get("License")), short)


def _first_line(text: str | None) -> str:
    return (text or "").strip().partition("\n")[0]


def packages() -> list[Package]:
    """Everything in the lock file, in its order."""
    entries = re.split(r"\n(?=\S)", LOCK.read_text(encoding="utf-8"))
    return [
        Package(found[1], found[2], (found[3] or "").strip(), tuple(HASH.findall(entry)))
        for entry in entries
        if (found := PINNED.match(entry.partition("\n")[0]))
    ]


def allowed(expression: str) -> bool:
    """Whether an expression of SPDX can be met by what is allowed: one of those joined by OR, all of those by AND."""
    choices = re.split(r" OR (?![^(]*\))", expression)
    return any(
        all(
            allowed(part[1:-1]) if part.startswith("(") else part in ALLOWED
            for part in re.split(r" AND (?![^(]*\))", choice)
        )
        for choice in choices
    )


def licences_page() -> str:
    """The page, a line a package; of one with many versions the licence is the same."""
    rows = {package.name: package.licence for package in packages() if package.licence}
    return HEAD.format(count=len(rows)) + "".join(f"| {name} | {licence} |\n" for name, licence in sorted(rows.items()))


def sbom() -> str:
    """The list of components as CycloneDX 1.6: names, versions, hashes, licences, and which needs which. No address of an
    index and no path of the machine."""
    product = Component(
        name="sjukvy", version=version("sjukvy"), type=ComponentType.APPLICATION, bom_ref="sjukvy",
        licenses=[LicenseFactory().make_from_string("EUPL-1.2")],
    )  # fmt: skip
    bom = Bom()
    bom.metadata.component = product
    made = {package.name: component(package) for package in packages() if package.version == _installed(package.name)}
    for one in made.values():
        bom.components.add(one)
    for name, one in {"sjukvy": product, **made}.items():
        bom.register_dependency(one, [made[other] for other in _needs(name) if other in made])
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def component(package: Package) -> Component:
    """One package, as it is named by its purl."""
    licence = package.licence
    return Component(
        name=package.name, version=package.version, type=ComponentType.LIBRARY, bom_ref=f"{package.name}=={package.version}",
        purl=PackageURL("pypi", name=package.name, version=package.version),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in package.hashes],
        licenses=[LicenseFactory().make_from_string(licence)] if licence else [],
    )  # fmt: skip


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _needs(name: str) -> Iterator[str]:
    for line in distribution(name).requires or ():
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
            yield re.sub(r"[-_.]+", "-", wanted.name).lower()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deploy.supply", description=__doc__)
    parser.add_argument("what", choices=["sbom", "licences"])
    parser.add_argument("file", type=Path)
    asked = parser.parse_args()
    asked.file.parent.mkdir(parents=True, exist_ok=True)
    asked.file.write_text(sbom() if asked.what == "sbom" else licences_page(), encoding="utf-8")
    print(f"{asked.file} is written.")


if __name__ == "__main__":
    main()
