import { expect, it } from "vitest";
import { clear, linger, ringHere, ringsOf, rungSince, waitHere } from "./bell";

const never = new AbortController().signal;

it("wakes everybody who waits for it, and keeps a ring for who looks next", async () => {
  const both = Promise.all([rungSince("journey/a/0", 0, never), rungSince("journey/a/0", 0, never)]);
  ringHere("journey/b/0", Date.now());
  ringHere("journey/a/0", Date.now());
  expect(await both).toEqual([true, true]);
  expect(await rungSince("journey/a/0", 0, never)).toBe(true);
  expect(await linger("journey/a/0", Date.now(), never)).toBe(true);
  clear("journey/a/0");
  expect(await linger("journey/a/0", Date.now() + 60_000, never)).toBe(false);
});

it("stops waiting when the time is over, and says so", async () => {
  const over = new AbortController();
  const waiting = rungSince("journey/c/0", 0, over.signal);
  over.abort();
  expect(await waiting).toBe(false);
});

it("waits so long, or until it rings, or not at all when it has rung since the last look", async () => {
  const began = performance.now();
  await waitHere("journey/d/0", 60, never);
  // What a timer is inexact by.
  expect(performance.now() - began).toBeGreaterThan(50);
  const rung = waitHere("journey/d/0", 60_000, never);
  ringHere("journey/d/0", Date.now());
  await rung;
  await waitHere("journey/d/0", 60_000, never);
});

it("forgets the bells of conductors that have long been silent, but not one that somebody waits on", async () => {
  const over = new AbortController();
  ringHere("job/old", Date.now() - 3_600_000);
  const waiting = rungSince("job/waited-for", ringsOf("job/waited-for"), over.signal);
  for (let i = 0; i < 1100; i++) ringHere(`job/${i}`, Date.now());
  expect(ringsOf("job/old")).toBe(0);
  ringHere("job/waited-for", Date.now());
  expect(await waiting).toBe(true);
});
