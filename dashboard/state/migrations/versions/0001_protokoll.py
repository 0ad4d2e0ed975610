"""Decisions, actions, comments and follow-ups, frozen reports, and what is sent by mail; none of it can be changed."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("post", "version", "rapport", "prenumeration", "utskick")
SAID = "what is written is never changed or removed"


def upgrade() -> None:
    _what_is_written()
    _what_is_sent()
    for table in APPEND_ONLY:
        _forbid_change(table)


def _what_is_written() -> None:
    op.create_table(
        "post",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("slag", sa.String(20), nullable=False),
        sa.Column("enhet_id", sa.String(64), nullable=False, index=True),
        sa.Column("manad", sa.String(7), nullable=False),
        sa.Column("matt", sa.String(64), nullable=False),
        sa.Column("till", sa.Integer, sa.ForeignKey("post.id", name="post_till")),
        sa.Column("skapad", sa.String(27), nullable=False),
        sa.CheckConstraint("slag IN ('beslut', 'atgard', 'kommentar', 'uppfoljning')", name="post_slag"),
    )
    op.create_table(
        "version",
        sa.Column("post_id", sa.Integer, sa.ForeignKey("post.id", name="version_post"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("ansvarig", sa.String(120), nullable=False),
        sa.Column("klart_senast", sa.String(10), nullable=False),
        sa.Column("effekt", sa.Text, nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("av", sa.String(120), nullable=False),
        sa.Column("tid", sa.String(27), nullable=False),
        sa.CheckConstraint("status IN ('ny', 'pagar', 'klar', 'avbruten')", name="version_status"),
    )


def _what_is_sent() -> None:
    op.create_table(
        "rapport",
        *_key("enhet_id", 64, "manad", 7),
        sa.Column("utgava", sa.String(80), nullable=False),
        sa.Column("data_tom", sa.String(10), nullable=False),
        sa.Column("innehall", sa.Text, nullable=False),
        sa.Column("av", sa.String(120), nullable=False),
        sa.Column("tid", sa.String(27), nullable=False),
    )
    op.create_table(
        "prenumeration",
        *_key("enhet_id", 64, "adress", 254),
        sa.Column("nar", sa.String(10), nullable=False),
        sa.Column("matt", sa.Text, nullable=False),
        sa.Column("tid", sa.String(27), nullable=False),
    )
    op.create_table(
        "utskick",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("enhet_id", sa.String(64), nullable=False),
        sa.Column("manad", sa.String(7), nullable=False),
        sa.Column("adress", sa.String(254), nullable=False),
        sa.Column("utgava", sa.String(80), nullable=False),
        sa.Column("utfall", sa.String(20), nullable=False),
        sa.Column("forsok", sa.Integer, nullable=False),
        sa.Column("tid", sa.String(27), nullable=False),
    )


def _key(first: str, longest: int, second: str, other: int) -> list[sa.Column]:
    return [
        sa.Column(first, sa.String(longest), primary_key=True),
        sa.Column(second, sa.String(other), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    ]


def _forbid_change(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION kept() RETURNS trigger AS "
        f"$$ BEGIN RAISE EXCEPTION '{SAID}'; END $$ LANGUAGE plpgsql"
    )
    op.execute(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION kept()"
    )
