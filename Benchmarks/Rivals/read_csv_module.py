"""Python's csv module: rows of text, with the numbers converted and the instants parsed."""

import csv
from datetime import datetime

import measure

NUMBERS = ("tenure_days", "mrr", "propensity", "offer_cost")
INSTANTS = ("started_at", "canceled_at")


def instant(text):
    return datetime.fromisoformat(text).timestamp() if text else None


def columns(path):
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        names = next(reader)
        converters = [
            float if name in NUMBERS else instant if name in INSTANTS else str for name in names
        ]
        columns = [[] for _ in names]
        for row in reader:
            for column, converter, text in zip(columns, converters, row):
                column.append(converter(text))
    return dict(zip(names, columns))


def answers(table):
    canceled = [time for time in table["canceled_at"] if time is not None]
    yield len(table["session_id"])
    yield len(set(table["session_id"]))
    yield len(set(table["customer_id"]))
    yield len(set(zip(table["offer"], table["placement"])))
    yield len(set(table["reason"]))
    yield table["outcome"].count("kept")
    yield sum(table["started_at"])
    yield len(canceled)
    yield sum(canceled)
    for name in ("tenure_days", "mrr", "offer_cost", "propensity"):
        yield sum(table[name])


measure.read("csv (Python)", columns, answers)
