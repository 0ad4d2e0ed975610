"""Do the published 95 % intervals hold the truth? Invented vårdcentraler with known truth, through the product's own road."""
