import { describe, expect, it } from "vitest";
import { createStream, type Told } from "./stream";

/** Connections that a test opens and breaks, and a clock turned by hand. */
function bench() {
  const lines: { topics: readonly string[]; told: Told; isClosed: boolean }[] = [];
  let due: { ms: number; work: () => void } | undefined;
  const stream = createStream({
    connect(topics, told) {
      const line = { topics, told, isClosed: false };
      lines.push(line);
      return () => {
        line.isClosed = true;
      };
    },
    later(ms, work) {
      const own = { ms, work };
      due = own;
      return () => {
        if (due === own) due = undefined;
      };
    },
  });
  const heard: string[] = [];
  const states: boolean[] = [];
  return {
    stream,
    lines,
    heard,
    states,
    standing: () => lines.filter(({ isClosed }) => !isClosed).map(({ topics }) => topics.join(" ")),
    waits: () => due?.ms,
    pass() {
      const { work } = due ?? { work: () => {} };
      due = undefined;
      work();
    },
    listen: (...topics: string[]) =>
      stream.listen({ topics, changed: (topic) => heard.push(topic), opened: (isOpen) => states.push(isOpen) }),
  };
}

describe("a window's stream", () => {
  it("is one connection for all that listen, and none for nobody", () => {
    const { listen, pass, lines, standing, heard } = bench();
    const leave = [listen("journey:1", "presence:1"), listen("journey:1")];
    pass();
    expect(standing()).toEqual(["journey:1 presence:1"]);
    lines[0]?.told.open();
    heard.length = 0;
    lines[0]?.told.changed("presence:1");
    lines[0]?.told.changed("journey:1");
    expect(heard).toEqual(["presence:1", "journey:1", "journey:1"]);
    for (const one of leave) one();
    pass();
    expect(standing()).toEqual([]);
  });

  it("keeps the old connection until the new one stands, and tells only what that could not", () => {
    const { listen, pass, lines, standing, heard } = bench();
    listen("a");
    pass();
    lines[0]?.told.open();
    heard.length = 0;
    listen("b");
    pass();
    expect(standing()).toEqual(["a", "a b"]);
    lines[0]?.told.changed("a");
    lines[1]?.told.open();
    expect(heard).toEqual(["a", "b"]);
    expect(standing()).toEqual(["a b"]);
  });

  it("tells everything again after a connection broke, because nothing was heard meanwhile", () => {
    const { listen, pass, lines, heard, states } = bench();
    listen("a", "b");
    pass();
    lines[0]?.told.open();
    heard.length = 0;
    lines[0]?.told.broken(false);
    expect(states.at(-1)).toBe(false);
    lines[0]?.told.open();
    expect([heard, states.at(-1)]).toEqual([["a", "b"], true]);
  });

  it("is opened again, later each time, where it was refused for good", () => {
    const { listen, pass, lines, waits, standing, heard } = bench();
    listen("a");
    pass();
    lines[0]?.told.broken(true);
    expect(waits()).toBe(1000);
    pass();
    lines[1]?.told.broken(true);
    expect(waits()).toBe(2000);
    pass();
    lines[2]?.told.open();
    expect([standing(), heard]).toEqual([["a"], ["a"]]);
    lines[2]?.told.broken(true);
    expect(waits()).toBe(1000);
  });

  it("holds no connection in a window that nobody sees, and catches up when it is seen", () => {
    const { stream, listen, pass, lines, standing, heard } = bench();
    listen("a");
    pass();
    lines[0]?.told.open();
    stream.shown(false);
    expect(standing()).toEqual([]);
    heard.length = 0;
    stream.shown(true);
    lines[1]?.told.open();
    expect([standing(), heard]).toEqual([["a"], ["a"]]);
  });
});
