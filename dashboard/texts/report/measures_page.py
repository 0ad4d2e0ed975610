"""What the page of all measures says besides the measures."""

TOP = """# Mått

Sidan skrivs ur måttens deklarationer med `sjukvy docs` och ändras inte för hand. Värden för få personer visas aldrig, och
inte heller värden som de annars kunde räknas ut ur. Ett dolt värde är aldrig noll.
"""
NOT_SAID = "Säger inte"
