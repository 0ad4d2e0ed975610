"""The published cases of the two national systems, run through the product's own road: delivery, raw tables, SQL."""
