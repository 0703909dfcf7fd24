import { createCodec } from "@fulgur/neo4j-codec";

/** Reads records by a codec as a connection has it; answers how many objects it has made. */
export function reader() {
  const codec = createCodec({ version: "6.1" });
  return (bytes, fields) => {
    const decoder = codec.decoder();
    decoder.expect({ statement: fields.join(), fields });
    let count = 0;
    for (const message of decoder.push(bytes)) count += message.objects(fields).length;
    return count;
  };
}
