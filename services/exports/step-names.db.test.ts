import { expect, it } from "vitest";
import type { Locale } from "@/core/text";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { type Link, line } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import type { Actor } from "../access/actor";
import { exportList } from "./export-list";

await database();

const SAY: Link = [
  {
    id: "say",
    kind: "send",
    config: {
      channel: "sms",
      purpose: "service",
      content: { sms: { en: { text: "Hello {{ member.name }}" }, "zh-CN": { text: "{{ member.name }}您好" } } },
      expiresAfter: "P1D",
    },
  },
  "next",
];

/** The columns of a file, by heading; every cell of these files is without a comma. */
async function columns(actor: Actor, list: string, headings: string[], locale: Locale = "en"): Promise<string[][]> {
  const file = await exportList(actor, { list, locale }, new Date());
  if (!file.ok) throw new Error(file.reason);
  let text = "";
  for await (const chunk of file.value.chunks) text += chunk;
  const [head = [], ...lines] = text
    .replace("\uFEFF", "")
    .trimEnd()
    .split("\r\n")
    .map((one) => one.split(","));
  return lines.map((cells) => headings.map((heading) => cells[head.indexOf(heading)] ?? `no ${heading}`));
}
async function walked(own: Shop, links: Link[]): Promise<void> {
  const { shard } = await liveJourney(own, line(links));
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await accept(own, [{ member, event: event("order_paid", { amount: 100 }) }]);
  await dispatchAll();
  await conductAll(shard);
}

it("calls steps in files as on screens: by their title, else by what they do, in either language", async () => {
  const own = await shop();
  await walked(own, [SAY, [{ id: "rest", kind: "delay", config: { for: "P7D" } }, "next"]]);
  const runs = (locale?: Locale) =>
    columns(own.actor(), "runs", locale === "zh-CN" ? ["所在步骤", "步骤编号"] : ["Stands at", "Step no."], locale);
  expect(await runs()).toEqual([["Wait 7 days", "rest"]]);
  expect(await runs("zh-CN")).toEqual([["等待 7 天", "rest"]]);
  expect(await columns(own.actor(), "messages", ["Step", "Step no."])).toEqual([["SMS: Hello ‹Name›", "say"]]);
  const titled: Link = [{ ...SAY[0], ...{ title: "Greeting" } }, "next"];
  const other = await shop();
  await walked(other, [titled]);
  expect(await columns(other.actor(), "messages", ["Step", "Step no."])).toEqual([["Greeting", "say"]]);
});

it("names in them what a step gives and asks, for those who may see it", async () => {
  const own = await shop();
  await walked(own, [
    [{ id: "give", kind: "reward", config: { grants: [{ is: "coupon", offer: own.offer }] } }, "granted"],
  ]);
  const last = (actor: Actor) => columns(actor, "runs", ["Last step"]);
  expect(await last(own.actor())).toEqual([["Reward: coupon 20 off 100"]]);
  const program = {
    as: "key",
    workspace: own.workspace,
    key: newId(),
    scopes: ["data.export", "run.read"],
    name: "p",
  } satisfies Actor;
  expect(await last(program)).toEqual([["Reward: coupon …"]]);
});
