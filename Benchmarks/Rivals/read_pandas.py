"""pandas.read_csv with its C parser: categories, instants and numbers."""

import pandas as pd

import measure

CATEGORIES = ("phase", "reason", "plan", "device", "offer", "placement", "outcome")


def table(path):
    return pd.read_csv(
        path,
        dtype={name: "category" for name in CATEGORIES} | {"tenure_days": "float64"},
        parse_dates=["started_at", "canceled_at"],
        date_format="%Y-%m-%dT%H:%M:%SZ",
    )


def answers(table):
    def seconds(name):
        instants = table[name].dropna().dt.tz_localize(None)
        return instants.astype("datetime64[s]").astype("int64").sum()

    yield len(table)
    yield table["session_id"].nunique()
    yield table["customer_id"].nunique()
    yield len(table[["offer", "placement"]].drop_duplicates())
    yield table["reason"].nunique()
    yield (table["outcome"] == "kept").sum()
    yield seconds("started_at")
    yield table["canceled_at"].notna().sum()
    yield seconds("canceled_at")
    for name in ("tenure_days", "mrr", "offer_cost", "propensity"):
        yield table[name].sum()


measure.read("pandas", table, answers)
