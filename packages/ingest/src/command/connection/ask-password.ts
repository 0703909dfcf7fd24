/** Asks on a terminal, and shows nothing of the answer. */
import { CommandFailure, exitCodes } from "../failure.ts";

/** The part of a terminal that this needs. */
export interface Keyboard {
  readonly isTTY?: boolean | undefined;
  readonly isRaw?: boolean | undefined;
  setRawMode(raw: boolean): unknown;
  on(event: "data", listener: (bytes: Uint8Array) => void): unknown;
  on(event: "end", listener: () => void): unknown;
  off(event: "data" | "end", listener: unknown): unknown;
  resume(): unknown;
  pause(): unknown;
}

const [interrupt, endOfText, backspace, eraseLine, remove] = ["\u0003", "\u0004", "\b", "\u0015", "\u007f"];

/** @throws CommandFailure (130) at Ctrl-C or when the terminal goes away */
export function askPassword(
  question: string,
  keyboard: Keyboard,
  screen: { write(text: string): unknown },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const decoder = new TextDecoder();
    let answer: string[] = [];
    const finish = (settle: () => void) => {
      keyboard.off("data", listen);
      keyboard.off("end", end);
      keyboard.setRawMode(false);
      keyboard.pause();
      screen.write("\n");
      settle();
    };
    const end = () => finish(() => reject(new CommandFailure("Interrupted.", exitCodes.interrupted)));
    const listen = (bytes: Uint8Array) => {
      for (const key of decoder.decode(bytes, { stream: true })) {
        if (key === "\r" || key === "\n") return finish(() => resolve(answer.join("")));
        if (key === interrupt || key === endOfText) return end();
        if (key === backspace || key === remove) answer.pop();
        else if (key === eraseLine) answer = [];
        else answer.push(key);
      }
    };
    // Before it asks: what is typed, or pasted, at once isn't shown either.
    keyboard.setRawMode(true);
    screen.write(question);
    keyboard.on("data", listen);
    keyboard.on("end", end);
    keyboard.resume();
  });
}
