"""The official Python driver with batches written by hand. See ../node/passes.mjs for what a program here does."""

import json
import pathlib
import resource
import sys
import time

import neo4j

port, mode, workload, count = sys.argv[1:5]
driver = neo4j.GraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=("neo4j", "replayed"))
first = ["Alice", "Bob", "Carol", "Dave", "Erin", "Frank", "Grace", "Heidi", "Ivan", "Judy", "Mallory", "Niaj"]
digits = "0123456789abcdefghijklmnopqrstuvwxyz"
query = (pathlib.Path(__file__).parent.parent / "job.cypher").read_text().strip()
size = 5000


def base36(number):
    text = ""
    while number > 0 or text == "":
        number, digit = divmod(number, 36)
        text = digits[digit] + text
    return text


rows = [
    {
        "id": index,
        "age": index % 99,
        "name": f"{first[index % 12]} {base36((index * 2654435761) % 4294967296)}",
        "email": f"{base36((index * 40503) % 16777216)}@example.org",
        "score": (index % 1000) / 7 + 0.5,
    }
    for index in range(int(count))
]

for line in sys.stdin:
    if line.strip() == "end":
        break
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    with driver.session() as session:
        for at in range(0, len(rows), size):
            batch = rows[at : at + size]
            session.execute_write(lambda tx: tx.run(query, rows=batch).consume())
    ms = (time.perf_counter() - start) * 1000
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1000
    print(json.dumps({"ms": ms, "cpu": cpu, "rows": len(rows), "whole": 0, "decimal": 0}), flush=True)
driver.close()
