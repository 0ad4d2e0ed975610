"""Coverage by the own unit beside coverage by any unit, in words."""

ANY, OWN = "Alla enheter", "Egen enhet"
CAPTION = "Andel av målgruppen med första insats, av vilken enhet som helst och av den egna"
