import type { Command } from "../main.ts";
export const ingest: Command = async () => 1;
