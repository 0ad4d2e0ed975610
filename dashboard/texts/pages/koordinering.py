"""What the page about coordination says."""

NOT_DELIVERED = "Koordineringsinsatser är inte levererade, så täckningen kan inte beräknas."
NO_GOAL = (
    "Koordinering ges efter behov och med samtycke: 100 procent är inte målet. Måttet säger vilka som fått en insats, "
    "inte vad insatsen gjort."
)
REACHED = "Får de stöd?"
BY_GROUP = "Vilka diagnosgrupper får insats?"
ABSENT = "Vilka större vårdcentraler saknar rehabkoordinator?"
OWN = "Hur mycket gör den egna enheten?"
OWN_MEANS = (
    "Insats av vilken enhet som helst hos samma vårdgivare räknas som täckning. Här visas delen där den enhet som utfärdat det "
    "första intyget var först."
)
