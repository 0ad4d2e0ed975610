"""What the choice of units to stand beside the own one says."""

HEADING = "Jämför med egna val"
HINT = "Välj högst {most} enheter, områden eller regioner. De visas bredvid den egna enheten och läggs aldrig ihop."
LABEL, BUTTON = "Enhet att ställa bredvid", "Ställ bredvid"
CHOSEN, TAKE_AWAY = "Valda enheter", "Ta bort {name}"
