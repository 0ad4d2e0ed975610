"""Which cells may be shown. Pure: frames and arrays in, masks out; knows no measure and no database."""
