"""pyarrow.csv as in read_pyarrow, and what our reader does besides: the file's SHA-256, and the keys
of sessions and customers coded, so that a repeated session is found."""

import hashlib

import measure
import read_pyarrow


def table(path):
    with open(path, "rb") as file:
        hashlib.sha256(file.read()).hexdigest()
    table = read_pyarrow.table(path)
    for key in ("session_id", "customer_id"):
        table = table.set_column(
            table.schema.get_field_index(key), key, table[key].dictionary_encode()
        )
    sessions = table["session_id"].chunk(0).dictionary
    if len(sessions) < len(table):
        raise ValueError("a session is repeated")
    return table


measure.read("pyarrow, keys coded, hashed", table, read_pyarrow.answers)
