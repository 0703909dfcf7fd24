"""The official Python driver, with or without its Rust extension. See ../node/passes.mjs for what a program here does."""

import json
import resource
import sys
import time

import neo4j

port, mode, workload, count, fetch_size = sys.argv[1:6]
query = f"REPLAY {workload} {count}"
driver = neo4j.GraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=("neo4j", "replayed"))
first = ["Alice", "Bob", "Carol", "Dave", "Erin", "Frank", "Grace", "Heidi", "Ivan", "Judy", "Mallory", "Niaj"]
ingest_query = "UNWIND $rows AS row MERGE (p:Person {id: row.id}) SET p += row"


def add_rows(result):
    rows, whole, decimal = 0, 0, 0.0
    for record in result:
        rows += 1
        whole += record["id"] + len(record["name"])
        decimal += record["score"]
    return rows, whole, decimal


def add_nodes(result):
    rows, whole, decimal = 0, 0, 0.0
    for record in result:
        node = record["n"]
        rows += 1
        (label,) = node.labels
        whole += node["id"] + len(node["name"]) + node["age"] + len(node["email"]) + len(label) + len(node.element_id)
        decimal += node["score"]
    return rows, whole, decimal


def ingest(session):
    sent = 0
    for _ in range(int(count)):
        session.run(ingest_query, rows=batch).consume()
        sent += len(batch)
    return sent, 0, 0.0


batch = [
    {
        "id": index,
        "age": index % 99,
        "name": f"{first[index % 12]} {(index * 2654435761) % 4294967296:x}",
        "email": f"{(index * 40503) % 16777216:x}@example.org",
        "score": (index % 1000) / 7 + 0.5,
    }
    for index in range(5000 if mode == "ingest" else 0)
]

for line in sys.stdin:
    if line.strip() == "end":
        break
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    with driver.session(fetch_size=int(fetch_size)) as session:
        if mode == "ingest":
            rows, whole, decimal = ingest(session)
        else:
            rows, whole, decimal = (add_nodes if workload == "nodes" else add_rows)(session.run(query))
    ms = (time.perf_counter() - start) * 1000
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1000
    print(json.dumps({"ms": ms, "cpu": cpu, "rows": rows, "whole": whole, "decimal": decimal}), flush=True)
driver.close()
