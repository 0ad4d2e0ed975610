"""Accounts, roles, signed-in sessions and tries to sign in."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _who()
    _sessions()


def _who() -> None:
    op.create_table(
        "konto",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("utfardare", sa.String(255), nullable=False),
        sa.Column("sub", sa.String(255), nullable=False),
        sa.Column("namn", sa.String(120), nullable=False),
        sa.Column("losen", sa.String(255), nullable=False),
        sa.Column("engangskod", sa.String(64), nullable=False),
        sa.Column("engangskod_till", sa.Integer, nullable=False),
        sa.Column("avstangd", sa.String(27), nullable=False),
        sa.Column("skapad", sa.String(27), nullable=False),
        sa.UniqueConstraint("utfardare", "sub", name="konto_vem"),
    )
    op.create_table(
        "roll",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("konto_id", sa.Integer, sa.ForeignKey("konto.id", name="roll_konto"), nullable=False, index=True),
        sa.Column("roll", sa.String(20), nullable=False),
        sa.Column("enhet_id", sa.String(64), nullable=False),
        sa.Column("fran", sa.String(10), nullable=False),
        sa.Column("till", sa.String(10), nullable=False),
        sa.Column("given", sa.String(27), nullable=False),
        sa.Column("given_av", sa.String(120), nullable=False),
        sa.Column("tagen", sa.String(27), nullable=False),
        sa.Column("tagen_av", sa.String(120), nullable=False),
    )


def _sessions() -> None:
    op.create_table(
        "inloggning",
        sa.Column("nyckel", sa.String(64), primary_key=True),
        sa.Column(
            "konto_id", sa.Integer, sa.ForeignKey("konto.id", name="inloggning_konto"), nullable=False, index=True
        ),
        sa.Column("satt", sa.String(10), nullable=False),
        sa.Column("roller", sa.Text, nullable=False),
        sa.Column("skapad", sa.Integer, nullable=False),
        sa.Column("sedd", sa.Integer, nullable=False),
    )
    op.create_table(
        "forsok",
        sa.Column("nyckel", sa.String(64), primary_key=True),
        sa.Column("antal", sa.Integer, nullable=False),
        sa.Column("vanta_till", sa.Integer, nullable=False, index=True),
    )
