import { expect, it } from "vitest";
import type { MemberId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, members, runsOf } from "@/tests/harness/journey";
import { published, republish, value, workAll } from "@/tests/harness/lifecycle";
import { type Link, line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { actorFromApiKey } from "../access/actor-from-key";
import { createKey } from "../access/keys";
import { call } from "../access/use-case";
import { wakeRun } from "../engine/operations/one";
import { pauseJourney } from "../journeys/operating/pause";
import { resumeJourney } from "../journeys/operating/resume";
import { getRun } from "./get";

await database();

const delay = (length: string): Link => [{ id: "wait", kind: "delay", config: { for: length } }, "next"];
const never: Link = [
  { id: "wait", kind: "wait-for", config: { event: "store_visit", when: { all: [] }, within: "P30D" } },
  "timeout",
];

/** A run that has waited so many seconds at a wait of this length. */
async function waiting(own: Shop, wait: Link, seconds: number) {
  const journey = await published(own, line([wait, tagged("t", "gone-on")]));
  const [member] = (await members(own, 1)) as [MemberId];
  await accept(own, [{ member, event: event("order_paid", { amount: 1 }) }]);
  await dispatchAll();
  await conductAll(journey.shard);
  const [run] = await runsOf(journey.id);
  if (!run) throw new Error("nobody came");
  await peek(sql`
    UPDATE run SET entered_at = entered_at - make_interval(secs => ${seconds}), parked_at = parked_at - make_interval(secs => ${seconds}),
      due_at = due_at - make_interval(secs => ${seconds}) WHERE id = ${run.id}`);
  // What is due acts a moment later, so that an accepted event may still win.
  const goOn = () =>
    until(async () => {
      await workAll(own.workspace);
      await conductAll(journey.shard);
      return (await runsOf(journey.id)).every(({ state }) => state === "done");
    });
  const told = async () => value(await call(getRun, own.actor(), { run: run.id }));
  return { run: run.id, journey: journey.id, goOn, told, says: async () => (await told()).steps[0]?.says };
}

it("tells of a wait that its time was up, with how long it was", async () => {
  const { goOn, says } = await waiting(await shop(), delay("PT30M"), 30 * 60);
  await goOn();
  expect(await says()).toEqual({
    en: "The time was up, after 30 minutes.",
    "zh-CN": "等待时间已到（30 分钟）。",
  });
});

it.each([
  ["a wait for an event", never, "30 days", "30 天"],
  ["a delay", delay("PT30M"), "30 minutes", "30 分钟"],
] as const)("tells of %s that was woken by whom, and how long it had been waited", async (_name, wait, of, zh) => {
  const own = await shop();
  const { run, goOn, says, told } = await waiting(own, wait, 125);
  const key = value(await call(createKey, own.actor(), { kind: "secret", name: "Nightly", scopes: ["*"] }));
  const program = await actorFromApiKey(key.key);
  if (!program) throw new Error("no program");
  value(await call(wakeRun, program, { run }));
  await goOn();
  expect((await told()).handlings).toMatchObject([{ did: "wake", by: "Nightly" }]);
  const words = await says();
  expect(words?.en).toMatch(new RegExp(`^Woken by Nightly after 2 minutes \\d+ seconds, before ${of} were over\\.$`));
  expect(words?.["zh-CN"]).toMatch(new RegExp(`^等待 2 分钟 \\d+ 秒后由 Nightly 唤醒，未等满 ${zh}。$`));
});

it("does not call woken what was due already", async () => {
  const own = await shop();
  const { run, goOn, says } = await waiting(own, delay("PT30M"), 30 * 60);
  value(await call(wakeRun, own.actor(), { run }));
  await goOn();
  expect((await says())?.en).toBe("The time was up, after 30 minutes.");
});

it("tells of a wait whose time was up in a pause that what fell due was passed over", async () => {
  const own = await shop();
  const { journey, goOn, says } = await waiting(own, delay("PT30M"), 60);
  value(await call(pauseJourney, own.actor(), { journey, reason: "stock" }));
  await peek(sql`UPDATE run SET due_at = now() WHERE journey_id = ${journey}`);
  value(await call(resumeJourney, own.actor(), { journey, fellDue: "skip" }));
  await goOn();
  expect(await says()).toEqual({
    en: "The time was up while the journey was paused; on resuming, what fell due was passed over.",
    "zh-CN": "旅程暂停期间等待时间已到；恢复时跳过了到期的内容。",
  });
});

it("tells of a wait that a publish made shorter how long that one is", async () => {
  const own = await shop();
  const { journey, goOn, says } = await waiting(own, delay("P30D"), 3 * 60 * 60);
  await republish(own, journey, line([delay("PT1H"), tagged("t", "gone-on")]));
  await goOn();
  expect((await says())?.en).toBe("The time was up, after 1 hour.");
});
