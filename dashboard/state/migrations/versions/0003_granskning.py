"""The audit trail: added to at its end and nowhere else, and left only by rows that are sealed in a file."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SAID = "what is logged is never changed or removed"
SEALED = "(SELECT coalesce(max(till_nr), 0) FROM forsegling)"
NEXT = f"coalesce((SELECT max(nr) FROM granskning), {SEALED}) + 1"  # noqa: S608  (names of ours)


def upgrade() -> None:
    op.create_table(
        "granskning",
        sa.Column("nr", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("tid_utc", sa.String(27), nullable=False, index=True),
        sa.Column("handelse", sa.String(40), nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("anvandare", "roll", "enhet", "objekt", "utfall", "adress", "korrelation")
        ),
        sa.Column("fore", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "forsegling",
        sa.Column("till_nr", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("fran_nr", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("fil", sa.String(120), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("tid", sa.String(27), nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        _in_sqlite()
    else:
        _in_postgresql()


def _in_sqlite() -> None:
    forbidden = {
        "granskning_update": "UPDATE ON granskning",
        "granskning_delete": f"DELETE ON granskning WHEN OLD.nr > {SEALED}",
        # REPLACE removes a row without asking the trigger above
        "granskning_insert": f"INSERT ON granskning WHEN NEW.nr <> {NEXT}",
        "forsegling_update": "UPDATE ON forsegling",
        "forsegling_delete": "DELETE ON forsegling",
        "forsegling_insert": f"INSERT ON forsegling WHEN NEW.till_nr <= {SEALED}",
    }
    for name, event in forbidden.items():
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{SAID}'); END")


def _in_postgresql() -> None:
    op.execute(
        f"CREATE FUNCTION logged() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '{SAID}'; END $$ LANGUAGE plpgsql"
    )
    op.execute(
        "CREATE FUNCTION unless_sealed() RETURNS trigger AS $$ BEGIN "
        f"IF OLD.nr > {SEALED} THEN RAISE EXCEPTION '{SAID}'; END IF; RETURN OLD; END $$ LANGUAGE plpgsql"
    )
    op.execute(
        "CREATE TRIGGER granskning_delete BEFORE DELETE ON granskning FOR EACH ROW EXECUTE FUNCTION unless_sealed()"
    )
    for table, events in (("granskning", "UPDATE OR TRUNCATE"), ("forsegling", "UPDATE OR DELETE OR TRUNCATE")):
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE {events} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION logged()"
        )
