import type { ServerResponse } from "node:http";

/** A topic that changes all the time is told at most this often; the first change at once. */
const APART_MS = 500;
const HEARTBEAT_MS = 15_000;
/** Browsers come back by themselves, and are then asked again who they are: a signed-out session hears no longer than this. */
const LONGEST_MS = 10 * 60_000;
/** Who has not taken the last lines by then has stopped reading. */
const GOODBYE_MS = 5_000;
/** Lines that nobody reads are kept up to here; a reader that slow is cut, and reads all anew when it comes back. */
const MOST_UNREAD = 64 * 1024;

export type ChangeStream = {
  /** Says that a topic changed; after the end, nothing. */
  tell(topic: string): void;
  end(): void;
};

/**
 * Server-sent events without content on an answer whose head is written: a line for each topic that changed, and a heartbeat between. It ends
 * after ten minutes, by `end`, or when its reader is gone or reads no more, and then calls `onEnd` once. Nothing is written after its end.
 */
export function changeStream(raw: ServerResponse, onEnd: () => void): ChangeStream {
  const told = new Map<string, number>();
  const later = new Map<string, NodeJS.Timeout>();
  let hasEnded = false;

  const finish = () => {
    if (hasEnded) return;
    hasEnded = true;
    clearInterval(heartbeat);
    clearTimeout(ending);
    for (const timer of later.values()) clearTimeout(timer);
    onEnd();
  };
  const end = () => {
    if (hasEnded) return;
    finish();
    raw.end();
    // A full socket never finishes, and its answer would be kept for ever.
    const cut = setTimeout(() => raw.destroy(), GOODBYE_MS);
    raw.once("close", () => clearTimeout(cut));
  };
  const write = (line: string) => {
    if (hasEnded) return;
    raw.write(line);
    if (raw.writableLength <= MOST_UNREAD) return;
    finish();
    raw.destroy();
  };
  const say = (topic: string) => {
    later.delete(topic);
    told.set(topic, Date.now());
    write(`data: ${JSON.stringify({ topic })}\n\n`);
  };
  const heartbeat = setInterval(() => write(": here\n\n"), HEARTBEAT_MS);
  const ending = setTimeout(end, LONGEST_MS);

  raw.on("close", finish);
  // Unheard, a reader's broken connection would end the process.
  raw.on("error", () => {
    finish();
    raw.destroy();
  });
  write("retry: 2000\n\n");
  return {
    tell(topic) {
      if (hasEnded || later.has(topic)) return;
      const wait = (told.get(topic) ?? 0) + APART_MS - Date.now();
      if (wait <= 0) say(topic);
      else
        later.set(
          topic,
          setTimeout(() => say(topic), wait),
        );
    },
    end,
  };
}
