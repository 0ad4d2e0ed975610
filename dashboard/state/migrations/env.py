"""How Alembic finds the database: the open connection that dashboard.state.database hands over."""

from alembic import context

from dashboard.state.models import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transaction_per_migration=False
)
with context.begin_transaction():
    context.run_migrations()
