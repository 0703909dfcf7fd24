UNWIND $rows AS row
MERGE (n:`Person` {`id`: row.`id`})
SET n += row