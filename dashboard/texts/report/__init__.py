"""What files, reports and letters say; what the templates of reports say stands in them."""
