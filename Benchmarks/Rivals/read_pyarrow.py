"""pyarrow.csv on one thread: dictionaries, instants and numbers."""

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

import measure

CATEGORIES = ("phase", "reason", "plan", "device", "offer", "placement", "outcome")
INSTANTS = ("started_at", "canceled_at")
NUMBERS = ("tenure_days", "mrr", "propensity", "offer_cost")

TYPES = (
    {name: pa.dictionary(pa.int32(), pa.string()) for name in CATEGORIES}
    | {name: pa.timestamp("us", "UTC") for name in INSTANTS}
    | {name: pa.float64() for name in NUMBERS}
)


def table(path):
    return csv.read_csv(
        path,
        read_options=csv.ReadOptions(use_threads=False),
        convert_options=csv.ConvertOptions(column_types=TYPES),
    )


def answers(table):
    def total(name):
        return pc.sum(table[name]).as_py()

    def seconds(name):
        return pc.sum(table[name].cast(pa.timestamp("s", "UTC")).cast(pa.int64())).as_py()

    def distinct(*names):
        return len(table.select(names).unify_dictionaries().group_by(names).aggregate([]))

    yield len(table)
    yield distinct("session_id")
    yield distinct("customer_id")
    yield distinct("offer", "placement")
    yield distinct("reason")
    yield pc.sum(pc.equal(table["outcome"].cast(pa.string()), "kept")).as_py()
    yield seconds("started_at")
    yield len(table) - table["canceled_at"].null_count
    yield seconds("canceled_at")
    for name in ("tenure_days", "mrr", "offer_cost", "propensity"):
        yield total(name)


if __name__ == "__main__":
    measure.read("pyarrow", table, answers)
