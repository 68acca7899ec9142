import { expect, it } from "vitest";
import type { MemberId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { exitRun } from "@/services/engine/operations/one";
import { claim } from "@/services/messages/pumping/claim";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, members, runsOf } from "@/tests/harness/journey";
import { published, value } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";

await database();
const by = { worker: "test/1", provider: "twilio" };

const send = (id: string, purpose: string) => ({
  id,
  kind: "send",
  config: { channel: "sms", purpose, content: { sms: { en: { text: "Hi" } } }, expiresAfter: "P2D" },
});
/** A page viewed → a promotion and a service message → `last`; who visits leaves. */
const drawing = (last: object) => ({
  name: "Come back",
  entry: "t",
  nodes: [
    { id: "t", kind: "on-event", config: { event: "page_viewed", when: { all: [] } } },
    send("promotion", "marketing"),
    send("service", "service"),
    { id: "last", ...last },
  ],
  edges: [
    { from: "t", port: "next", to: "promotion" },
    { from: "promotion", port: "next", to: "service" },
    { from: "service", port: "next", to: "last" },
  ],
  exits: [{ on: "store_visit", when: { all: [] } }],
  settings: {},
});
const DAYS = { kind: "delay", config: { for: "P3D" } };

async function queued(
  own: Shop,
  last: object,
): Promise<{ member: MemberId; run(): Promise<{ id: string; state: string }> }> {
  const [member] = (await members(own, 1)) as [MemberId];
  const { id, shard } = await published(own, drawing(last));
  await accept(own, [{ member, event: event("page_viewed") }]);
  await dispatchAll();
  await conductAll(shard);
  return {
    member,
    async run() {
      const [run] = await runsOf(id);
      if (!run) throw new Error("no run");
      return run;
    },
  };
}
/** What became of the promotion and of the service message when their sender took them. */
async function taken(own: Shop) {
  await claim(own.workspace, "sms", 10, by);
  return peek(sql`SELECT purpose, state, reason FROM message WHERE workspace_id = ${own.workspace} ORDER BY purpose`);
}
const SKIPPED = [
  { purpose: "marketing", state: "skipped", reason: "left_journey" },
  { purpose: "service", state: "claimed", reason: null },
];
const SENT = [
  { purpose: "marketing", state: "claimed", reason: null },
  { purpose: "service", state: "claimed", reason: null },
];

it("sends nobody a promotion of a journey that an event has let them leave before it could go; service messages go", async () => {
  const own = await shop();
  const { member, run } = await queued(own, DAYS);
  await accept(own, [{ member, event: event("store_visit") }]);
  await dispatchAll();
  expect((await run()).state).toBe("exited");
  expect(await taken(own)).toEqual(SKIPPED);
});

it("nor one whom a person took out by hand", async () => {
  const own = await shop();
  const { run } = await queued(own, DAYS);
  value(await call(exitRun, own.actor(), { run: (await run()).id }));
  expect(await taken(own)).toEqual(SKIPPED);
});

it.each(["exit", "goal"])("sends what was said on a way that ended with its own step: %s", async (kind) => {
  const own = await shop();
  const { run } = await queued(own, { kind, config: {} });
  expect((await run()).state).toBe(kind === "exit" ? "exited" : "goal");
  expect(await taken(own)).toEqual(SENT);
});
