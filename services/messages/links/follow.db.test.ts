import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sandboxForTests } from "@/channels/sandbox-harness";
import type { MessageId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { database } from "@/tests/harness/database";
import { liveJourney, members } from "@/tests/harness/journey";
import { line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { receiveReports } from "../report";
import { sends, row as stateOf } from "../sends-harness";
import { follow, opened } from "./follow";
import { OPENING, signPlace } from "./token";

await database({ max: 20 });

const sandbox = await sandboxForTests();
afterAll(() => sandbox.close());

const { account, queue, run } = sends(sandbox);

describe("tracked links", () => {
  let own: Shop;
  let id: MessageId;
  beforeAll(async () => {
    own = await shop();
    const people = await members(own, 1);
    await sandbox.order("sms", "none");
    const [sent] = await queue(own, people, "See https://shop.example/a?b=1&c=2. Or https://shop.example/b去看看！");
    if (!sent) throw new Error("no message");
    id = sent;
    await run(own, [account("links", { find: async () => ({ is: "unknown" }) })]);
  });
  const shown = async () =>
    (await sandbox.inbox({ channel: "sms" })).find(({ text }) => text?.includes("See "))?.text ?? "";
  const row = async () =>
    (
      await peek<{ clicked: Date | null; opened: Date | null; links: number }>(
        sql`SELECT clicked_at AS clicked, opened_at AS opened, clicked_links AS links FROM message WHERE id = ${id}`,
      )
    )[0];

  it("are short in a text, lead where it said, and count each link's first click", async () => {
    const tokens = [...(await shown()).matchAll(/\/l\/([\w-]+)/g)].map(([, token = ""]) => token);
    expect(tokens).toHaveLength(2);
    const [a = "", b = ""] = tokens;
    expect(a).toHaveLength(39);
    expect(await follow(a, undefined, new Date(), false)).toBe("https://shop.example/a?b=1&c=2");
    expect((await row())?.clicked).toBeNull();
    const at = new Date("2026-11-28T12:00:00Z");
    expect(await follow(a, undefined, at, true)).toBe("https://shop.example/a?b=1&c=2");
    expect(await follow(a, undefined, new Date(), true)).toBe("https://shop.example/a?b=1&c=2");
    expect(await follow(b, undefined, new Date(), true)).toBe("https://shop.example/b");
    expect(await row()).toMatchObject({ clicked: at, opened: at, links: 3 });
  });
  it("lead nowhere that we did not sign", async () => {
    const place = { workspace: own.workspace, message: id };
    const signed = signPlace(place, 0, "https://good.example/");
    expect(await follow(signed, "https://good.example/", new Date(), true)).toBe("https://good.example/");
    expect(await follow(signed, "https://evil.example/", new Date(), true)).toBeNull();
    expect(await follow(signPlace(place, 0), "https://evil.example/", new Date(), true)).toBeNull();
    expect(await follow(`A${signed.slice(1)}`, "https://good.example/", new Date(), true)).toBeNull();
    expect(await follow("x", undefined, new Date(), true)).toBeNull();
    // Signed, and its message gone: it leads on all the same.
    const gone = signPlace({ workspace: own.workspace, message: newId<MessageId>() }, 0, "https://good.example/");
    expect(await follow(gone, "https://good.example/", new Date(), true)).toBe("https://good.example/");
  });
  it("tell an opening by its own token alone, once", async () => {
    await engine((tx) => tx.run(sql`UPDATE message SET opened_at = NULL WHERE id = ${id}`));
    const place = { workspace: own.workspace, message: id };
    await opened(signPlace(place, 0), new Date());
    expect((await row())?.opened).toBeNull();
    const at = new Date("2026-11-28T12:30:00Z");
    await opened(signPlace(place, OPENING), at);
    await opened(signPlace(place, OPENING), new Date());
    expect((await row())?.opened).toEqual(at);
  });
  it("say that a message arrived of which nobody had said it, once", async () => {
    await liveJourney(own, line([tagged("tag", "reached")], { event: "message_delivered" }));
    const people = await members(own, 2);
    const [read, known] = await queue(own, people, "See https://shop.example/c");
    if (!read || !known) throw new Error("no messages");
    await run(own, [account("links", { find: async () => ({ is: "unknown" }) })]);
    const before = new Date("2026-11-28T12:00:00Z");
    await engine((tx) =>
      tx.run(sql`
        UPDATE message SET state = CASE WHEN id = ${read} THEN 'accepted' ELSE 'failed' END, delivered_at = CASE WHEN id = ${read} THEN NULL ELSE ${before}::timestamptz END
        WHERE id IN (${read}, ${known})`),
    );
    const at = new Date("2026-11-28T13:00:00Z");
    for (const message of [read, known])
      for (let times = 0; times < 2; times++) {
        await opened(signPlace({ workspace: own.workspace, message }, OPENING), at);
        await follow(signPlace({ workspace: own.workspace, message }, 0), undefined, at, true);
      }
    expect(
      await peek(sql`SELECT state, delivered_at AS at FROM message WHERE id IN (${read}, ${known}) ORDER BY id`),
    ).toEqual([
      { state: "delivered", at },
      { state: "failed", at: before },
    ]);
    const [told] = await peek(sql`
      SELECT count(*)::int AS n FROM inbox WHERE workspace_id = ${own.workspace} AND event ->> 'name' = 'message_delivered' AND event -> 'properties' ->> 'message_id' = ${read}`);
    expect(told).toEqual({ n: 1 });
  });
  it("tell that a message was opened when a click is the first sign of it, once", async () => {
    const other = await shop();
    await liveJourney(other, line([tagged("tag", "read")], { event: "message_opened" }));
    await liveJourney(other, line([tagged("tag", "clicked")], { event: "message_clicked" }));
    const [id] = await queue(other, await members(other, 1), "See https://shop.example/d");
    if (!id) throw new Error("no message");
    await run(other, [account("links", { find: async () => ({ is: "unknown" }) })]);
    const place = { workspace: other.workspace, message: id };
    for (let times = 0; times < 2; times++) await follow(signPlace(place, 0), undefined, new Date(), true);
    await opened(signPlace(place, OPENING), new Date());
    const told = await peek(sql`
      SELECT event ->> 'name' AS name FROM inbox
      WHERE workspace_id = ${other.workspace} AND event -> 'properties' ->> 'message_id' = ${id} AND event ->> 'name' IN ('message_opened', 'message_clicked') ORDER BY id`);
    expect(told).toEqual([{ name: "message_opened" }, { name: "message_clicked" }]);
  });
  describe("read before the provider's answer is known", () => {
    const read = (message: MessageId) =>
      opened(signPlace({ workspace: own.workspace, message }, OPENING), new Date("2026-11-28T14:00:00Z"));
    const told = async (message: MessageId) =>
      (
        await peek<{ name: string }>(sql`
          SELECT event ->> 'name' AS name FROM inbox
          WHERE workspace_id = ${own.workspace} AND event -> 'properties' ->> 'message_id' = ${message} ORDER BY id`)
      ).map(({ name }) => name);
    beforeAll(async () => {
      await liveJourney(own, line([tagged("tag", "sent")], { event: "message_sent" }));
      await liveJourney(own, line([tagged("tag", "got")], { event: "message_delivered" }));
    });

    it("have arrived as soon as it is", async () => {
      const [id] = await queue(own, await members(own, 1));
      if (!id) throw new Error("no message");
      await run(own, [
        account("quick", {
          send: async () => {
            await read(id);
            return { is: "accepted", ref: "Q1" };
          },
        }),
      ]);
      expect(await stateOf(id)).toMatchObject({ state: "delivered", ref: "Q1", delivered: expect.any(Date) });
      expect(await told(id)).toEqual(["message_sent", "message_delivered"]);
    });
    it("have arrived when its provider's records or a report of sending end the doubt", async () => {
      const [found, reported] = await queue(own, await members(own, 2));
      if (!found || !reported) throw new Error("no messages");
      const lost = account("lost", { send: async () => ({ is: "unknown" }), find: async () => ({ is: "unknown" }) });
      await run(own, [lost], 1);
      for (const id of [found, reported]) await read(id);
      expect((await stateOf(found))?.state).toBe("unknown");
      await receiveReports(
        own.workspace,
        { name: "lost", channel: "sms" },
        [{ about: "message", key: reported, ref: "L2", is: "sent", suppress: false }],
        new Date(),
      );
      await engine((tx) =>
        tx.run(
          sql`UPDATE message SET claimed_at = claimed_at - interval '2 minutes', not_before = now() WHERE id = ${found}`,
        ),
      );
      await run(own, [{ ...lost, find: async () => ({ is: "accepted", ref: "L1" }) }], 1);
      for (const [id, ref] of [
        [found, "L1"],
        [reported, "L2"],
      ] as const) {
        expect(await stateOf(id)).toMatchObject({ state: "delivered", ref, delivered: expect.any(Date) });
        expect(await told(id)).toEqual(["message_sent", "message_delivered"]);
      }
    });
  });
});
