import type { Command } from "../main.ts";
export const exportRows: Command = async () => 1;
