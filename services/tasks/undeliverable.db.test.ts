import { expect, it } from "vitest";
import type { MemberId } from "@/core/ids";
import { nodeKinds } from "@/core/journey/registry";
import { peek, sql } from "@/platform/db";
import { claim } from "@/services/messages/pumping/claim";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, members } from "@/tests/harness/journey";
import { published } from "@/tests/harness/lifecycle";
import { shop } from "@/tests/harness/shop";

await database();

/** An order → a survey by SMS → a tag behind each of these ports. */
const drawing = (ports: readonly string[]) => ({
  name: "Survey",
  entry: "t",
  nodes: [
    { id: "t", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    { id: "ask", kind: "survey", config: nodeKinds.survey.initial },
    ...ports.map((port) => ({ id: `is_${port}`, kind: "tag", config: { tag: port, action: "add" } })),
  ],
  edges: [{ from: "t", port: "next", to: "ask" }, ...ports.map((port) => ({ from: "ask", port, to: `is_${port}` }))],
  settings: {},
});

it.each([
  ["goes on at once by its own way", ["timeout", "undeliverable"], "undeliverable"],
  ["goes on at once as if unanswered, in a drawing without that way", ["timeout"], "timeout"],
] as const)("whom a survey cannot reach %s, and the survey is closed", async (_name, ports, tag) => {
  const own = await shop();
  const [member] = (await members(own, 1)) as [MemberId];
  await peek(sql`UPDATE member SET phone = NULL WHERE id = ${member}`);
  const { shard } = await published(own, drawing(ports));
  await accept(own, [{ member, event: event("order_paid", { amount: 100 }) }]);
  await dispatchAll();
  await conductAll(shard);
  await claim(own.workspace, "sms", 10, { worker: "test", provider: "twilio" });
  await dispatchAll();
  await conductAll(shard);
  expect(await peek(sql`SELECT tag FROM member_tag WHERE member_id = ${member}`)).toEqual([{ tag }]);
  expect(await peek(sql`SELECT state FROM task WHERE member_id = ${member}`)).toEqual([{ state: "expired" }]);
});
