import { afterAll, describe, expect, it } from "vitest";
import { sandboxForTests } from "@/channels/sandbox-harness";
import type { MessageId } from "@/core/ids";
import type { ChannelKind } from "@/core/message/channel";
import { engine, peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { members } from "@/tests/harness/journey";
import { shop } from "@/tests/harness/shop";
import { unsuppress } from "../members/suppression";
import { opened } from "./links/follow";
import { OPENING, signPlace } from "./links/token";
import { receiveReports } from "./report";
import { row, sends } from "./sends-harness";

await database({ max: 20 });

const TWILIO = { name: "twilio", channel: "sms" } as const;
const sandbox = await sandboxForTests();
afterAll(() => sandbox.close());

const { account, queue, run } = sends(sandbox);

describe("a provider's reports", () => {
  const sent = async () => {
    const own = await shop();
    const [member] = await members(own, 1);
    if (!member) throw new Error("no member");
    const [id] = await queue(own, [member]);
    if (!id) throw new Error("no message");
    const report = (
      is: "sent" | "delivered" | "failed" | "complained",
      more: { suppress?: boolean; reason?: string } = {},
      by: { name: string; channel: ChannelKind } = TWILIO,
    ) =>
      receiveReports(
        own.workspace,
        by,
        [{ about: "message", key: id, ref: "SM1", is, suppress: false, ...more }],
        new Date(),
      );
    return { own, member, id, report };
  };
  const claimed = (id: MessageId) =>
    engine((tx) =>
      tx.run(
        sql`UPDATE message SET state = 'claimed', claimed_at = now(), claimed_by = 'w/1', address = '+8613800000001' WHERE id = ${id}`,
      ),
    );

  it("end the doubt when they come before our own outcome, and the outcome changes nothing after them", async () => {
    const { own, id, report } = await sent();
    let reported: Promise<void> | undefined;
    await run(own, [
      account("early", {
        send: async () => {
          reported = report("delivered");
          await reported;
          return { is: "accepted", ref: "later" };
        },
      }),
    ]);
    expect(await row(id)).toMatchObject({ state: "delivered", ref: "SM1" });
  });
  it("move a state only forward, doubled and out of order", async () => {
    const { id, report } = await sent();
    await claimed(id);
    await report("delivered");
    const first = (await row(id))?.delivered;
    for (const is of ["sent", "failed", "delivered"] as const) await report(is);
    expect(await row(id)).toMatchObject({ state: "delivered", reason: null, delivered: first });
  });
  it("keep a message from going again that we took for not arrived", async () => {
    const { own, id, report } = await sent();
    await report("sent");
    let calls = 0;
    await run(own, [account("again", { send: async () => ({ is: "accepted", ref: `R${++calls}` }) })]);
    expect(calls).toBe(0);
    expect(await row(id)).toMatchObject({ state: "accepted", ref: "SM1" });
  });
  it("bar the address on a hard bounce, and on a complaint withdraw the consent too", async () => {
    const { own, member, id, report } = await sent();
    await claimed(id);
    await report("failed", { suppress: true, reason: "undelivered 30005" });
    await report("complained");
    expect(await peek(sql`SELECT address, reason FROM suppression WHERE workspace_id = ${own.workspace}`)).toEqual([
      { address: "+8613800000001", reason: "undelivered 30005" },
    ]);
    expect(
      await peek(
        sql`SELECT is_granted AS granted FROM consent WHERE workspace_id = ${own.workspace} AND member_id = ${member} AND channel = 'sms'`,
      ),
    ).toEqual([{ granted: false }]);
  });
  it("know better than an opening that the address is dead", async () => {
    const { own, id, report } = await sent();
    await claimed(id);
    await report("sent");
    await opened(signPlace({ workspace: own.workspace, message: id }, OPENING), new Date());
    const read = await row(id);
    expect(read?.state).toBe("delivered");
    await report("failed", { suppress: true, reason: "550 no such user" });
    // When it was taken to arrive stays, as it was counted.
    expect(await row(id)).toEqual({ ...read, state: "failed", reason: "550 no such user" });
    expect(await peek(sql`SELECT reason FROM suppression WHERE workspace_id = ${own.workspace}`)).toEqual([
      { reason: "550 no such user" },
    ]);
  });
  it("bar a dead address though its message stands as delivered, and not anew when told twice", async () => {
    const { own, id, report } = await sent();
    await claimed(id);
    const dead = { suppress: true, reason: "undelivered 30005" };
    const lift = () => engine((tx) => unsuppress(tx, own.workspace, "sms", "+8613800000001"));
    await report("delivered");
    await report("failed", dead);
    expect(await row(id)).toMatchObject({ state: "delivered" });
    expect(await lift()).toBe(true);
    const [other] = await queue(own, await members(own, 1));
    if (!other) throw new Error("no message");
    await claimed(other);
    const twice = { about: "message", key: other, ref: "SM2", is: "failed", ...dead } as const;
    await receiveReports(own.workspace, TWILIO, [twice], new Date());
    expect(await lift()).toBe(true);
    await receiveReports(own.workspace, TWILIO, [twice], new Date());
    expect(await lift()).toBe(false);
  });
  it("change nothing of another channel's messages, and say nobody's STOP but by text", async () => {
    const { own, member, id, report } = await sent();
    await claimed(id);
    const smtp = { name: "smtp", channel: "email" } as const;
    await report("failed", { suppress: true, reason: "550 no such user" }, smtp);
    await report("delivered", {}, smtp);
    await report("complained", {}, smtp);
    expect(await row(id)).toMatchObject({ state: "claimed" });
    await engine((tx) => tx.run(sql`UPDATE member SET phone = '+8613800138222' WHERE id = ${member}`));
    const reply = { about: "reply", ref: "SM8", from: "+8613800138222", to: "+1", text: "STOP", wish: "stop" } as const;
    await receiveReports(own.workspace, smtp, [reply], new Date());
    expect(await peek(sql`SELECT address FROM suppression WHERE workspace_id = ${own.workspace}`)).toEqual([]);
    expect(
      await peek(
        sql`SELECT is_granted AS granted FROM consent WHERE workspace_id = ${own.workspace} AND member_id = ${member} AND channel = 'sms'`,
      ),
    ).toEqual([{ granted: true }]);
  });
  it("take a doubled reply once, and obey STOP", async () => {
    const { own, member } = await sent();
    await engine((tx) => tx.run(sql`UPDATE member SET phone = '+8613800138111' WHERE id = ${member}`));
    const reply = { about: "reply", ref: "SM9", from: "+8613800138111", to: "+1", text: "退订", wish: "stop" } as const;
    await receiveReports(own.workspace, TWILIO, [reply], new Date());
    const once = await peek(sql`SELECT at FROM consent WHERE workspace_id = ${own.workspace} AND channel = 'sms'`);
    await receiveReports(own.workspace, TWILIO, [reply], new Date(Date.now() + 1000));
    expect(await peek(sql`SELECT at FROM consent WHERE workspace_id = ${own.workspace} AND channel = 'sms'`)).toEqual(
      once,
    );
    expect(await peek(sql`SELECT reason FROM suppression WHERE workspace_id = ${own.workspace}`)).toEqual([
      { reason: "stop_reply" },
    ]);
  });
});
