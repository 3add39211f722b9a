"""polars.read_csv on one thread: categories, instants and numbers."""

import os

os.environ["POLARS_MAX_THREADS"] = "1"

import polars as pl

import measure

CATEGORIES = ("phase", "reason", "plan", "device", "offer", "placement", "outcome")
INSTANTS = ("started_at", "canceled_at")
NUMBERS = ("tenure_days", "mrr", "propensity", "offer_cost")

TYPES = (
    {name: pl.Categorical for name in CATEGORIES}
    | {name: pl.Datetime("us", "UTC") for name in INSTANTS}
    | {name: pl.Float64 for name in NUMBERS}
)


def table(path):
    return pl.read_csv(path, schema_overrides=TYPES)


def answers(table):
    def seconds(name):
        return table[name].drop_nulls().dt.epoch("s").sum()

    yield len(table)
    yield table["session_id"].n_unique()
    yield table["customer_id"].n_unique()
    yield table.select("offer", "placement").n_unique()
    yield table["reason"].n_unique()
    yield (table["outcome"] == "kept").sum()
    yield seconds("started_at")
    yield len(table) - table["canceled_at"].null_count()
    yield seconds("canceled_at")
    for name in ("tenure_days", "mrr", "offer_cost", "propensity"):
        yield table[name].sum()


measure.read("polars", table, answers)
