import fc from "fast-check";

/** The segment that members enter and leave. */
export const SEGMENT = "00000000-0000-7000-8000-00000000000e";
const time = fc.constantFrom("00:00", "09:30", "23:00");
/** What a trigger asks of the member, mostly nothing. */
const asked = fc.constantFrom(
  ...Array.from({ length: 3 }, () => ({ all: [] })),
  { field: "member.tier", is: "ne", value: "gold" },
  { field: "member.orders", is: "lt", value: 3 },
);
const audience = { segment: fc.constant(""), when: asked, perMinute: fc.constant(0) };
/** How each trigger is drawn; what a clock makes comes within the days that are played. */
const triggers: Record<string, fc.Arbitrary<object>> = {
  "on-event": fc.record({
    event: fc.constantFrom(
      ...Array.from({ length: 4 }, () => "order_paid"),
      ...Array.from({ length: 4 }, () => "store_visit"),
      "tier_changed",
      "points_expiring",
      "points_expired",
    ),
    when: fc.constant({ all: [] }),
  }),
  "on-segment": fc.record({
    segment: fc.constant(SEGMENT),
    change: fc.constantFrom("entered", "left"),
    when: asked,
  }),
  "on-call": fc.record({ when: asked }),
  "on-date": fc.record({
    date: fc.constantFrom("member.birthday", "member.joined_at", "member.attributes.day"),
    returns: fc.constantFrom("yearly", "lunar", "once"),
    days: fc.constantFrom(-1, 0, 2, 10),
    time,
    leapDay: fc.constantFrom("feb28", "mar1"),
    when: asked,
  }),
  "on-holiday": fc.record({
    holiday: fc.constantFrom("dragon_boat", "qixi"),
    days: fc.constantFrom(-90, 0, 1),
    time,
    when: asked,
  }),
  "on-member-day": fc.record({ day: fc.constantFrom(2, 3, 31), time, when: asked }),
  "on-inactivity": fc.record({
    of: fc.constantFrom("visit", "purchase", "activity"),
    days: fc.constantFrom(1, 2),
    when: asked,
  }),
  "on-broadcast": fc.record({ at: fc.constantFrom("", "2026-03-03T10:00"), ...audience }),
  "on-schedule": fc.record({
    cron: fc.constant("30 9 3 3,4 *"),
    zone: fc.constantFrom("", "Europe/Paris"),
    ...audience,
  }),
};
/** A drawing's first node, of each kind as often as its weight says. */
export const triggerOf = (weightOf: (kind: string) => number) =>
  fc
    .oneof(
      ...Object.entries(triggers).map(([kind, config]) => ({
        weight: weightOf(kind),
        arbitrary: config.map((one) => ({ kind, config: one as Record<string, unknown> })),
      })),
    )
    .map((one) => ({ id: "n0", ...one }));
/** Begins again by itself: by a clock, or by what ends. */
const LAPSES: unknown[] = ["points_expiring", "points_expired", "tier_changed"];
export const isEndless = ({ kind, config }: { kind: string; config: Record<string, unknown> }): boolean =>
  kind === "on-event" ? LAPSES.includes(config.event) : kind !== "on-segment" && kind !== "on-call";
