import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type ChangeStream, changeStream } from "./change-stream";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A stream to a reader whose socket takes a line only while `reads`. */
function open({ reads }: { reads: boolean }) {
  const written: string[] = [];
  const socket = new Socket();
  socket._write = (chunk, _encoding, done) => {
    if (!reads) return;
    written.push(chunk.toString());
    done();
  };
  socket._writev = undefined;
  const raw = new ServerResponse(new IncomingMessage(socket));
  raw.assignSocket(socket);
  raw.shouldKeepAlive = false;
  raw.writeHead(200, { "content-type": "text/event-stream" });
  const onEnd = vi.fn();
  const stream: ChangeStream = changeStream(raw, onEnd);
  return { raw, stream, onEnd, text: () => written.join("") };
}

it("ends after ten minutes for a reader that stopped reading, writes nothing more and is cut", async () => {
  const { raw, stream, onEnd } = open({ reads: false });
  const errors = vi.fn();
  raw.on("error", errors);
  const write = vi.spyOn(raw, "write");
  stream.tell("events");
  stream.tell("events");
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(onEnd).toHaveBeenCalledTimes(1);
  expect([raw.writableEnded, raw.destroyed]).toEqual([true, false]);
  const before = write.mock.calls.length;
  stream.tell("events");
  stream.tell("journey:a");
  await vi.advanceTimersByTimeAsync(4_000);
  expect(write).toHaveBeenCalledTimes(before);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(raw.destroyed).toBe(true);
  expect([errors.mock.calls, onEnd.mock.calls.length, vi.getTimerCount()]).toEqual([[], 1, 0]);
});

it("stopped by the server, tells nothing of what waited to be told", async () => {
  const { raw, stream, onEnd } = open({ reads: false });
  stream.tell("events");
  stream.tell("events");
  const write = vi.spyOn(raw, "write");
  stream.end();
  stream.end();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([write.mock.calls, onEnd.mock.calls.length, raw.destroyed, vi.getTimerCount()]).toEqual([[], 1, true, 0]);
});

it("cuts a reader that leaves more than it should unread", async () => {
  const { raw, stream, onEnd } = open({ reads: false });
  for (let i = 0; i < 1_000 && !raw.destroyed; i++) stream.tell(`journey:${i}:${"t".repeat(190)}`);
  expect(raw.destroyed).toBe(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([onEnd.mock.calls.length, vi.getTimerCount()]).toEqual([1, 0]);
});

it("survives a connection that breaks", async () => {
  const { raw, stream, onEnd } = open({ reads: true });
  raw.emit("error", new Error("write EPIPE"));
  stream.tell("events");
  await vi.advanceTimersByTimeAsync(60_000);
  expect([onEnd.mock.calls.length, raw.destroyed, vi.getTimerCount()]).toEqual([1, true, 0]);
});

it("tells who reads the first change at once, what follows half a second later in one line, and that it lives", async () => {
  const { raw, stream, text } = open({ reads: true });
  const lines = () => text().match(/data: .*/g) ?? [];
  stream.tell("events");
  stream.tell("events");
  stream.tell("events");
  await vi.advanceTimersByTimeAsync(0);
  expect(lines()).toEqual(['data: {"topic":"events"}']);
  await vi.advanceTimersByTimeAsync(500);
  expect(lines()).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(text()).toContain(": here");
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect([raw.writableEnded, vi.getTimerCount()]).toEqual([true, 0]);
});
