import { describe, expect, it } from "vitest";
import { mailOf } from "../events/inbox-event";
import { nodeOf } from "../ids";
import { someone } from "../members/someone-harness";
import type { EventFacts, Facts } from "../rules/facts";
import { advance, duePort, winner } from "./advance";
import { react } from "./react";
import type { Waiting } from "./step";
import { AT, waitPlan } from "./wait-harness";

const at = (iso: string) => Date.parse(iso);
const BEGAN = at("2026-11-28T04:00:00Z"); // Saturday noon in Shanghai

const plan = (...first: Waiting[]) => waitPlan(first);

const facts = (set: Parameters<typeof someone>[0] = {}, now = BEGAN, zone = "Asia/Shanghai"): Facts => ({
  member: someone(set),
  now,
  zone,
});
const event = (name: string, acceptedAt: number, late = 0): EventFacts => ({
  id: "e",
  name,
  properties: {},
  occurredAt: acceptedAt - late,
  acceptedAt,
  isHistorical: false,
});
const parked = (dueAt: number | null) => ({ step: AT, state: "parked" as const, dueAt, parkedAt: BEGAN });

describe("a wait for a date", () => {
  const due = at("2026-12-24T02:00:00Z");
  const date = { date: "member.attributes.wedding", days: -1, time: "10:00" };
  const wait = plan({ until: date, go: { port: "reached" }, past: { port: "past" }, absent: { port: "absent" } });
  const wedding = (day: unknown) => ({ attributes: { wedding: day } });

  it("parks until its local time, days before or after", () => {
    expect(advance(wait, AT, facts(wedding("2026-12-25")))).toEqual({ is: "park", dueAt: due, on: ["*"] });
    expect(advance(wait, AT, facts(wedding("2026-12-25"), BEGAN, "Europe/Paris"))).toMatchObject({
      dueAt: at("2026-12-24T09:00:00Z"),
    });
    // An instant counts as its day in the zone.
    expect(advance(wait, AT, facts(wedding("2026-12-24T16:30:00Z")))).toMatchObject({ dueAt: due });
    expect(duePort(wait, AT, facts(wedding("2026-12-25")))).toBe("reached");
  });

  it("goes on at once where the date is past or missing, each by its own way", () => {
    expect(advance(wait, AT, facts(wedding("2026-11-29")))).toMatchObject({ is: "go", target: { port: "past" } });
    for (const none of [undefined, "soon", 5, "2026-02-30"])
      expect(advance(wait, AT, facts(wedding(none)))).toMatchObject({ is: "go", target: { port: "absent" } });
  });

  it("without those ways is due at once when past, and never when missing", () => {
    const bare = plan({ until: date, go: { port: "reached" } });
    expect(advance(bare, AT, facts(wedding("2026-11-29")))).toMatchObject({ is: "go", target: { port: "reached" } });
    expect(advance(bare, AT, facts())).toMatchObject({ is: "park", dueAt: null });
  });

  it("moves with the date, and passes when the date is taken away", () => {
    const heard = (day: unknown) =>
      react(wait, parked(due), {
        ...facts(wedding(day), at("2026-12-01T00:00:00Z")),
        event: event("identified", due - 1),
      });
    expect(heard("2026-12-25").move).toBeNull();
    expect(heard("2026-12-27").move).toEqual({ is: "waits", dueAt: at("2026-12-26T02:00:00Z"), lookAt: null });
    expect(heard(undefined).move).toEqual({ is: "waits", dueAt: BEGAN, lookAt: null });
    expect(duePort(wait, AT, facts())).toBe("absent");
  });

  it("of a birthday takes its next return, with 29 February where the marketer wants it", () => {
    const birthday = { date: "member.birthday", days: 0, time: "10:00", yearly: "mar1" as const };
    const move = advance(plan({ until: birthday, go: { port: "reached" } }), AT, facts());
    expect(move).toMatchObject({ is: "park", dueAt: at("2027-03-01T02:00:00Z") });
  });
});

describe("a wait for a window", () => {
  const wait = plan({
    until: { window: { weekdays: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" } },
    go: { port: "next" },
  });

  it("is passed at once inside it, else when it opens", () => {
    expect(advance(wait, AT, facts({}, at("2026-11-27T02:00:00Z")))).toMatchObject({ is: "go" });
    expect(advance(wait, AT, facts())).toMatchObject({ is: "park", dueAt: at("2026-11-30T01:00:00Z") });
  });

  it("moves when the member moves to another zone, and only then", () => {
    const heard = { ...facts({}, BEGAN, "Europe/Paris"), event: event("identified", BEGAN + 1000) };
    const due = at("2026-11-30T01:00:00Z");
    expect(react(wait, parked(due), heard, { hasMoved: true }).move).toEqual({
      is: "waits",
      dueAt: at("2026-11-30T08:00:00Z"),
      lookAt: null,
    });
    expect(react(wait, parked(due), heard).move).toBeNull();
  });
});

describe("a wait until a rule holds", () => {
  const gold = { field: "member.tier", is: "eq", value: "gold" } as const;
  const wait = plan({ holds: gold, go: { port: "holds" } }, { until: { after: "P7D" }, go: { port: "timeout" } });
  const due = BEGAN + 7 * 86_400_000;

  it("is passed at once where it holds, and tells why", () => {
    expect(advance(wait, AT, facts({ tier: "gold" }))).toMatchObject({
      is: "go",
      target: { port: "holds" },
      why: { found: "gold", verdict: true },
    });
    expect(advance(wait, AT, facts())).toEqual({ is: "park", dueAt: due, on: ["*"] });
  });

  it("is won by any event after which it holds, but not by a late one", () => {
    const heard = (tier: string, late = 0) =>
      react(wait, parked(due), { ...facts({ tier }), event: event("anything", BEGAN + 1, late) }).move;
    expect(heard("basic")).toBeNull();
    expect(heard("gold")).toMatchObject({ is: "wins", won: { port: "holds" } });
    expect(heard("gold", 25 * 3_600_000)).toBeNull();
  });
});

describe("a wait for the first of several", () => {
  const wait = plan(
    { on: "store_visit", when: { all: [] }, go: { port: "visit" } },
    { on: "order_paid", when: { all: [] }, go: { port: "order" } },
    { until: { after: "PT1H" }, go: { port: "timeout" } },
  );
  const due = BEGAN + 3_600_000;

  it("is won by whichever comes, and at the instant of the time-out by the event alone", () => {
    const heard = (name: string, accepted: number) =>
      react(wait, parked(due), { ...facts(), event: event(name, accepted) }).move;
    expect(heard("order_paid", due - 1)).toMatchObject({ is: "wins", won: { port: "order" } });
    expect(heard("store_visit", due)).toMatchObject({ is: "wins", won: { port: "visit" } });
    expect(heard("store_visit", due + 1)).toEqual({ is: "due" });
    expect(duePort(wait, AT, facts())).toBe("timeout");
  });
});

describe("a wait for what a ledger is to answer", () => {
  const own = { field: "event.task_id", is: "eq", value: { field: "here.task" } } as const;
  const wait = plan(
    { on: "task_completed", when: own, go: { port: "answered" } },
    { on: "task_completed", when: { all: [] }, go: { port: "told" } },
  );
  const answer = { ...event("task_completed", BEGAN), properties: { task_id: "t1" } };
  const heard = { ...facts(), vars: { [nodeOf(AT)]: { order: 1, task: "t1" } }, event: answer };

  it("is won by the ledger's event, not by an outsider's of the same name, which still wins what anybody may tell", () => {
    expect(winner(wait, AT, heard)?.port).toBe("answered");
    expect(winner(wait, AT, heard, { isOurs: false })?.port).toBe("told");
    expect(react(wait, parked(null), heard, { isOurs: false }).move).toMatchObject({
      is: "wins",
      won: { port: "told" },
    });
  });

  it("is passed at once where its node has what it asks for already", () => {
    const asked = plan({ holds: { field: "here.task", is: "eq", value: "t1" }, go: { port: "has" } });
    expect(advance(asked, AT, heard)).toMatchObject({ is: "go", target: { port: "has" } });
  });

  it("knows by the mail whose event it is", () => {
    expect(mailOf(answer, { isOurs: true })).toEqual(answer);
    expect(mailOf(answer, { isOurs: false })).toEqual({ ...answer, isOutside: true });
  });
});
