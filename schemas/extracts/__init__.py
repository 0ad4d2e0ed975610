"""One pandera contract per delivered extract; the listing of this folder is the list of extracts."""

import pandera.pandas as pa

from schemas.extracts import bemanning, enheter, intyg, koordinering, listade, mal, meddelanden, utfall

EXTRACTS: dict[str, pa.DataFrameSchema] = {
    module.schema.name: module.schema
    for module in (enheter, listade, bemanning, intyg, koordinering, utfall, meddelanden, mal)
}
OPTIONAL = frozenset({"utfall", "meddelanden", "mal"})
