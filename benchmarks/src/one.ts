// One workload in a process of its own; main.ts starts it and reads the JSON that it prints.
import { benchDecode } from "./decode.ts";
import { benchEncode } from "./encode.ts";

const [kind, name = "", rounds = "15"] = process.argv.slice(2);
const result = (kind === "encode" ? benchEncode : benchDecode)(name, Number(rounds));
process.stdout.write(JSON.stringify({ name, ...result }));
