"""The tables of accounts, roles, signed-in sessions and tries to sign in."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from dashboard.state.models import metadata

TABLES = "konto, roll, inloggning, forsok"

# one row per person or local account: issuer and subject never change
konto = Table(
    "konto",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("utfardare", String(255), nullable=False),
    Column("sub", String(255), nullable=False),
    Column("namn", String(120), nullable=False),
    Column("losen", String(255), nullable=False),
    Column("engangskod", String(64), nullable=False),
    Column("engangskod_till", Integer, nullable=False),
    Column("avstangd", String(27), nullable=False),
    Column("skapad", String(27), nullable=False),
    UniqueConstraint("utfardare", "sub", name="konto_vem"),
)
# one row per role that was given; taken back it stays, with who and when
roll = Table(
    "roll",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("konto_id", Integer, ForeignKey("konto.id", name="roll_konto"), nullable=False, index=True),
    Column("roll", String(20), nullable=False),
    Column("enhet_id", String(64), nullable=False),
    Column("fran", String(10), nullable=False),
    Column("till", String(10), nullable=False),
    Column("given", String(27), nullable=False),
    Column("given_av", String(120), nullable=False),
    Column("tagen", String(27), nullable=False),
    Column("tagen_av", String(120), nullable=False),
)
# one row per browser that is signed in: the hash of what its cookie holds, times in seconds since 1970
inloggning = Table(
    "inloggning",
    metadata,
    Column("nyckel", String(64), primary_key=True),
    Column("konto_id", Integer, ForeignKey("konto.id", name="inloggning_konto"), nullable=False, index=True),
    Column("satt", String(10), nullable=False),
    Column("roller", Text, nullable=False),
    Column("skapad", Integer, nullable=False),
    Column("sedd", Integer, nullable=False),
)
# one row per name and address that sign-in has failed for lately
forsok = Table(
    "forsok",
    metadata,
    Column("nyckel", String(64), primary_key=True),
    Column("antal", Integer, nullable=False),
    Column("vanta_till", Integer, nullable=False, index=True),
)
