"""The tables of what people write. Nothing in them is ever changed or removed: a change is a new version."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, String, Table, Text

from dashboard.state.kinds import SLAG, STATUS

metadata = MetaData()
WHO_AND_WHAT = ("anvandare", "roll", "enhet", "objekt", "utfall", "adress", "korrelation")

_slag = ", ".join(f"'{name}'" for name in SLAG)
_status = ", ".join(f"'{name}'" for name in STATUS)

# one row per decision, action, comment or follow-up
post = Table(
    "post",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slag", String(20), CheckConstraint(f"slag IN ({_slag})", name="post_slag"), nullable=False),
    Column("enhet_id", String(64), nullable=False, index=True),
    Column("manad", String(7), nullable=False),
    Column("matt", String(64), nullable=False),
    Column("till", Integer, ForeignKey("post.id", name="post_till")),
    Column("skapad", String(27), nullable=False),
)
# one row per time that somebody saved it: two who save the same version meet in the key
version = Table(
    "version",
    metadata,
    Column("post_id", Integer, ForeignKey("post.id", name="version_post"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("ansvarig", String(120), nullable=False),
    Column("klart_senast", String(10), nullable=False),
    Column("effekt", Text, nullable=False),
    Column("status", String(10), CheckConstraint(f"status IN ({_status})", name="version_status"), nullable=False),
    Column("av", String(120), nullable=False),
    Column("tid", String(27), nullable=False),
)
# one row per time that the report of a meeting was frozen; the latest counts
rapport = Table(
    "rapport",
    metadata,
    Column("enhet_id", String(64), primary_key=True),
    Column("manad", String(7), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("utgava", String(80), nullable=False),
    Column("data_tom", String(10), nullable=False),
    Column("innehall", Text, nullable=False),
    Column("av", String(120), nullable=False),
    Column("tid", String(27), nullable=False),
)
# one row per choice that somebody made of what to have by mail; the latest counts
prenumeration = Table(
    "prenumeration",
    metadata,
    Column("enhet_id", String(64), primary_key=True),
    Column("adress", String(254), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("nar", String(10), nullable=False),
    Column("matt", Text, nullable=False),
    Column("tid", String(27), nullable=False),
)
# one row per try to send: a letter that went away is not sent again
utskick = Table(
    "utskick",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("enhet_id", String(64), nullable=False),
    Column("manad", String(7), nullable=False),
    Column("adress", String(254), nullable=False),
    Column("utgava", String(80), nullable=False),
    Column("utfall", String(20), nullable=False),
    Column("forsok", Integer, nullable=False),
    Column("tid", String(27), nullable=False),
)
# one row per event of the audit trail, each bound to the one before; dashboard.trail writes it
granskning = Table(
    "granskning",
    metadata,
    Column("nr", Integer, primary_key=True, autoincrement=False),
    Column("tid_utc", String(27), nullable=False, index=True),
    Column("handelse", String(40), nullable=False),
    *(Column(name, Text, nullable=False) for name in WHO_AND_WHAT),
    Column("fore", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
# one row per file that old rows of the trail were moved to
forsegling = Table(
    "forsegling",
    metadata,
    Column("till_nr", Integer, primary_key=True, autoincrement=False),
    Column("fran_nr", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("fil", String(120), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("tid", String(27), nullable=False),
)
