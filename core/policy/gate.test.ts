import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MESSAGING_DEFAULTS, MessagingSettings } from "../message/settings";
import { afterCalls, type Circuit, CLOSED, stateOf } from "./breaker";
import { type Counted, capDays, capUntil } from "./caps";
import { complaintUntil } from "./complaint";
import { type Asking, type Circumstances, judge } from "./gate";
import { quietUntil } from "./quiet-hours";
import { reachedBy } from "./reached-by";

const at = (iso: string) => Date.parse(iso);
const NOON = at("2026-11-28T04:00:00Z"); // 12:00 in Shanghai
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("quiet hours", () => {
  const night = { from: "21:00", to: "09:00" };
  it.each([
    // Local time of Shanghai is 8 hours ahead, of New York 5 behind (winter).
    ["Asia/Shanghai", "2026-11-28T12:59:59Z", null],
    ["Asia/Shanghai", "2026-11-28T13:00:00Z", "2026-11-29T01:00:00Z"],
    ["Asia/Shanghai", "2026-11-29T00:59:59Z", "2026-11-29T01:00:00Z"],
    ["Asia/Shanghai", "2026-11-29T01:00:00Z", null],
    ["America/New_York", "2026-11-28T13:00:00Z", "2026-11-28T14:00:00Z"],
    // The night in which Berlin's clocks go back lasts an hour longer.
    ["Europe/Berlin", "2026-10-24T20:00:00Z", "2026-10-25T08:00:00Z"],
  ])("in %s at %s end at %s", (zone, now, end) =>
    expect(quietUntil(night, at(now), zone)).toBe(end === null ? null : at(end)),
  );
  it("may lie within one day", () => {
    const siesta = { from: "12:00", to: "14:00" };
    expect(quietUntil(siesta, NOON, "Asia/Shanghai")).toBe(NOON + 2 * HOUR);
    expect(quietUntil(siesta, NOON - 1, "Asia/Shanghai")).toBeNull();
  });
  it("are always left for an hour that is not quiet", () => {
    const zone = fc.constantFrom(
      "Asia/Shanghai",
      "Europe/Berlin",
      "Australia/Lord_Howe",
      "America/Santiago",
      "Pacific/Apia",
    );
    const time = fc
      .integer({ min: 0, max: 1439 })
      .map((m) => `${String(Math.floor(m / 60)).padStart(2, "0")}:${String(m % 60).padStart(2, "0")}`);
    fc.assert(
      fc.property(
        fc.integer({ min: at("2026-01-01Z"), max: at("2027-01-01Z") }),
        zone,
        time,
        time,
        (now, of, from, to) => {
          fc.pre(from !== to);
          const until = quietUntil({ from, to }, now, of);
          if (until === null) return;
          expect(until).toBeGreaterThan(now);
          expect(until - now).toBeLessThanOrEqual(49 * HOUR);
        },
      ),
    );
  });
});

describe("frequency caps", () => {
  const settings = MessagingSettings.parse({
    caps: {
      all: { most: 3, days: 7 },
      channels: { sms: { most: 1, days: 1 } },
      categories: { points: { most: 2, days: 30 } },
    },
  });
  const sms = { channel: "sms", category: null } as const;
  const mail = (ago: number, category: string | null = null): Counted => ({
    channel: "email",
    category,
    at: NOON - ago,
  });

  it("look as far back as the longest", () => {
    expect([capDays(settings), capDays(MESSAGING_DEFAULTS)]).toEqual([30, 0]);
  });
  it("let a message pass while every cap has room", () => {
    expect(capUntil(settings, sms, [mail(1), mail(2)], [], NOON)).toBeNull();
  });
  it("free when the oldest that fills the cap leaves its window", () => {
    expect(capUntil(settings, sms, [mail(DAY), mail(2 * DAY), mail(6 * DAY)], [], NOON)).toBe(NOON + DAY);
    // Of four in the window, the third newest is the one to wait for.
    expect(capUntil(settings, sms, [mail(1), mail(DAY), mail(2 * DAY), mail(6 * DAY)], [], NOON)).toBe(NOON + 5 * DAY);
  });
  it("hold by the strictest, whatever fills it", () => {
    const before: Counted[] = [{ channel: "sms", category: null, at: NOON - HOUR }];
    expect(capUntil(settings, sms, before, [], NOON)).toBe(NOON + 23 * HOUR);
    expect(capUntil(settings, { channel: "email", category: null }, before, [], NOON)).toBeNull();
  });
  it("count a category over all channels", () => {
    const before = [mail(10 * DAY, "points"), { channel: "push", category: "points", at: NOON - 20 * DAY } as const];
    expect(capUntil(settings, { channel: "email", category: "points" }, before, [], NOON)).toBe(NOON + 10 * DAY);
    expect(capUntil(settings, { channel: "email", category: "news" }, before, [], NOON)).toBeNull();
  });
  it("keep a place for who has the better right to it, and look again soon", () => {
    expect(capUntil(settings, sms, [mail(1), mail(2)], [{ channel: "push", category: null }], NOON)).toBe(NOON + 2000);
  });
  it("never let more than the cap into any window", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.integer({ min: 0, max: 2 * DAY }), { maxLength: 40 }),
        (most, days, gaps) => {
          const of = MessagingSettings.parse({ caps: { all: { most, days } } });
          const sent: Counted[] = [];
          let now = NOON;
          for (const gap of gaps) {
            now += gap;
            if (capUntil(of, sms, sent, [], now) === null) sent.push({ ...sms, at: now });
          }
          for (const { at: end } of sent)
            expect(sent.filter((one) => one.at > end - days * DAY && one.at <= end).length).toBeLessThanOrEqual(most);
        },
      ),
    );
  });
});

it("holds promotions until seven days after a complaint closes", () => {
  expect(complaintUntil([], NOON)).toBeNull();
  expect(complaintUntil([NOON - 7 * DAY], NOON)).toBeNull();
  expect(complaintUntil([NOON - 6 * DAY, NOON - 9 * DAY], NOON)).toBe(NOON + DAY);
  expect(complaintUntil([NOON - 20 * DAY, null], NOON)).toBe(NOON + 7 * DAY);
});

describe("the gate", () => {
  const settings = MessagingSettings.parse({
    quietHours: { from: "21:00", to: "09:00" },
    caps: { all: { most: 1, days: 1 } },
  });
  const promotion: Asking = {
    channel: "sms",
    purpose: "marketing",
    category: null,
    quiet: null,
    expiresAt: NOON + 2 * DAY,
    heldFor: null,
    cost: 5,
  };
  const fine: Circumstances = {
    hasAddress: true,
    isSuppressed: false,
    consent: true,
    isSensitive: false,
    complaints: [],
    zone: "Asia/Shanghai",
    counted: [],
    ahead: [],
    left: null,
  };
  const night = NOON + 10 * HOUR;
  const ask = (message: Partial<Asking>, of: Partial<Circumstances>, now = NOON) =>
    judge({ ...promotion, ...message }, { ...fine, ...of }, settings, now);

  it("lets a wanted promotion pass", () => expect(ask({}, {})).toEqual({ is: "pass" }));
  it.each([
    [{ expiresAt: NOON }, {}, "expired"],
    [{ expiresAt: NOON, heldFor: "frequency_cap" }, {}, "frequency_cap"],
    [{}, { hasAddress: false }, "no_address"],
    [{}, { isSuppressed: true }, "suppressed"],
    [{}, { consent: false }, "no_consent"],
    [{}, { consent: undefined }, "no_consent"],
    [{}, { isSensitive: true }, "sensitive_tag"],
    [{}, { complaints: [null] }, "complaint_pause"],
    [{ cost: 6 }, { left: 5 }, "over_budget"],
  ] as const)("skips %o under %o for %s", (message, of, reason) =>
    expect(ask(message, of)).toEqual({ is: "skip", reason }),
  );
  it("spends a budget to its last unit", () => expect(ask({}, { left: 5 })).toEqual({ is: "pass" }));
  it("holds to the end of the quiet hours, drops by the message's choice, skips what would not live to see it", () => {
    expect(ask({}, {}, night)).toEqual({ is: "hold", until: NOON + 21 * HOUR, reason: "quiet_hours" });
    expect(ask({ quiet: "drop" }, {}, night)).toEqual({ is: "skip", reason: "quiet_hours" });
    expect(ask({ expiresAt: night + HOUR }, {}, night)).toEqual({ is: "skip", reason: "quiet_hours" });
  });
  it("holds a complainer's promotion that lives longer than the pause", () =>
    expect(ask({ expiresAt: NOON + 3 * DAY }, { complaints: [NOON - 5 * DAY] })).toEqual({
      is: "hold",
      until: NOON + 2 * DAY,
      reason: "complaint_pause",
    }));
  it("holds over a cap, at most to the message's end", () => {
    const counted: Counted[] = [{ channel: "push", category: null, at: NOON - HOUR }];
    expect(ask({}, { counted })).toEqual({ is: "hold", until: NOON + 23 * HOUR, reason: "frequency_cap" });
    expect(ask({ expiresAt: NOON + HOUR }, { counted })).toEqual({
      is: "hold",
      until: NOON + HOUR,
      reason: "frequency_cap",
    });
  });
  it("lets service messages pass hours, caps, complaints and budgets, not a bar or a refusal", () => {
    const hard = {
      counted: [{ channel: "push", category: null, at: NOON } as const],
      complaints: [null],
      isSensitive: true,
      left: 0,
      consent: undefined,
    };
    expect(ask({ purpose: "service" }, hard, night)).toEqual({ is: "pass" });
    expect(ask({ purpose: "service" }, { consent: false })).toEqual({ is: "skip", reason: "no_consent" });
    expect(ask({ purpose: "service" }, { isSuppressed: true })).toEqual({ is: "skip", reason: "suppressed" });
  });
});

describe("a circuit", () => {
  const fail = (circuit: Circuit, badly: number, now = NOON) => afterCalls(circuit, { well: 0, badly }, now);
  it("opens at five failures in a row, for five seconds", () => {
    const four = fail(CLOSED, 4);
    expect(stateOf(four, NOON)).toBe("closed");
    const open = fail(four, 1);
    expect(open).toEqual({ failures: 5, trips: 1, openUntil: NOON + 5000 });
    expect([stateOf(open, NOON + 4999), stateOf(open, NOON + 5000)]).toEqual(["open", "probing"]);
  });
  it("closes at the first success and forgets", () => {
    expect(afterCalls(fail(CLOSED, 9), { well: 1, badly: 3 }, NOON)).toEqual(CLOSED);
  });
  it("stays open twice as long at each failed probe, five minutes at most", () => {
    let circuit = fail(CLOSED, 5);
    const pauses = Array.from({ length: 9 }, () => {
      const now = circuit.openUntil ?? 0;
      circuit = fail(circuit, 1, now);
      return ((circuit.openUntil ?? 0) - now) / 1000;
    });
    expect(pauses).toEqual([10, 20, 40, 80, 160, 300, 300, 300, 300]);
  });
  it("does not count calls that were under way when it opened", () => {
    const open = fail(CLOSED, 5);
    expect(fail(open, 60, NOON + 100)).toBe(open);
  });
});

it("finds every tag by which a plan reaches its members, and no tag that it gives", () => {
  const segment = "0192f0c1-0000-7000-8000-000000000001";
  const { tags, segments } = reachedBy({
    entry: {
      on: "event",
      event: "order_paid",
      when: { all: [{ field: "member.tags", is: "contains", value: "pregnant" }] },
    },
    steps: {
      a: {
        op: "choose",
        cases: [{ when: { not: { field: "member.tags", is: "in", value: ["hiv", "vip"] } }, go: {} }],
      },
      b: {
        op: "apply",
        effects: [
          { type: "addTag", tag: "buyer" },
          { type: "sendMessage", content: { en: { text: "x" } } },
        ],
      },
      c: { op: "choose", cases: [{ when: { field: "member.segments", is: "in", value: [segment] }, go: {} }] },
    },
  });
  expect([[...tags].sort(), [...segments]]).toEqual([["hiv", "pregnant", "vip"], [segment]]);
});
