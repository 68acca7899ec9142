import { afterEach, expect, it } from "vitest";
import { instant, instantMs, setClock } from "./clock";

const HOURS_MS = 3_600_000;
/** A look that showed `there` somewhere within the last `took` milliseconds. */
const look = (there: number, took: number) => {
  const answered = performance.now();
  setClock({ there, asked: answered - took, answered });
};
const isAbout = (is: number) => {
  expect(instantMs()).toBeGreaterThanOrEqual(Math.floor(is));
  expect(instantMs()).toBeLessThan(is + 5_000);
};

afterEach(() => setClock(undefined));

it("goes by the database's clock, whatever this machine's says, and by its own before it has looked", () => {
  isAbout(Date.now());
  const there = Date.now() + 2 * HOURS_MS;
  look(there, 10);
  isAbout(there);
  const real = Date.now;
  Date.now = () => 0;
  expect(instant().getTime()).toBeGreaterThanOrEqual(Math.floor(there));
  Date.now = real;
  look(there - HOURS_MS, 10);
  isAbout(there - HOURS_MS);
});

it("is never later than the database's, and comes nearer with each quicker look", () => {
  const there = Date.now() + HOURS_MS;
  const now = performance.now();
  setClock({ there, asked: now - 10_000, answered: now });
  const slow = instantMs();
  expect(slow).toBeLessThan(there + 5_000);
  setClock({ there: there + 9_000, asked: now, answered: now + 20 });
  expect(instantMs() - slow).toBeGreaterThan(8_000);
  const quick = instantMs();
  setClock({ there: there + 5_000, asked: now - 5_000, answered: now + 4_000 });
  expect(instantMs()).toBeGreaterThanOrEqual(quick);
});
