"""The steps from an empty database to dashboard.state.models."""
