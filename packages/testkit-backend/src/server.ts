/** Where the suite connects: one conversation a connection. */
import { createServer, type Server } from "node:net";
import { Conversation } from "./conversation.ts";
import { frameAnswer, RequestReader } from "./framing.ts";

/** Listens; resolves with the server once the suite may connect. */
export function startBackend(port: number, host: string): Promise<Server> {
  const server = createServer({ noDelay: true }, (socket) => {
    const conversation = new Conversation((answer) => {
      if (socket.writable) socket.write(frameAnswer(answer));
    });
    const reader = new RequestReader();
    socket.setEncoding("utf8");
    socket.on("data", (piece: string) => {
      try {
        for (const request of reader.push(piece)) void conversation.handle(request);
      } catch (error) {
        socket.destroy(error as Error);
      }
    });
    socket.on("error", () => {});
    socket.on("close", () => void conversation.close());
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}
