import type { sandboxForTests } from "@/channels/sandbox-harness";
import { twilioSms } from "@/channels/twilio";
import type { MemberId, MessageId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import type { Shop } from "@/tests/harness/shop";
import type { Account } from "./pumping/account";
import { Pump } from "./pumping/pump";
import { queueMessages } from "./queue";

/** What tests of sending do again and again, over one sandbox. */
export function sends({ sandbox }: Awaited<ReturnType<typeof sandboxForTests>>) {
  /** The sandbox's SMS server under a name of its own, so that each test has its own circuit. */
  function account(name: string, more: Partial<Account> = {}): Account {
    const settings = { ...twilioSms.sandbox, baseUrl: sandbox.url, timeoutMs: 5000 };
    return {
      name,
      channel: "sms",
      timeoutMs: settings.timeoutMs,
      atOnce: 64,
      perSecond: null,
      send: (message, stop) => twilioSms.send(settings, message as Parameters<typeof twilioSms.send>[1], stop),
      ...more,
    };
  }

  async function queue(own: Shop, people: readonly MemberId[], text = "Hello"): Promise<MessageId[]> {
    const messages = people.map((member) => ({
      id: newId<MessageId>(),
      member,
      channel: "sms" as const,
      purpose: "service" as const,
      priority: 0,
      content: { in: "row" as const, content: { en: { text } } },
      variables: {},
      expiresAt: new Date(Date.now() + 3_600_000),
    }));
    await engine(async (tx) => queueMessages(tx, own.workspace, messages, new Date()));
    return messages.map(({ id }) => id);
  }

  async function run(own: Shop, accounts: readonly Account[], turns = 50): Promise<void> {
    const pump = new Pump(own.workspace, "sms", "w/1", accounts);
    for (let turn = 0; turn < turns && (await pump.turn()); turn++);
    await pump.drain();
  }

  return { account, queue, run };
}

/** How many messages of a shop are in each state, by provider. */
export const states = async (own: Shop) =>
  Object.fromEntries(
    (
      await peek<{ state: string; n: number }>(
        sql`SELECT state || COALESCE(' ' || provider, '') AS state, count(*)::int AS n FROM message WHERE workspace_id = ${own.workspace} GROUP BY 1`,
      )
    ).map(({ state, n }) => [state, n]),
  );
export const row = async (id: MessageId) =>
  (
    await peek<{ state: string; reason: string | null; ref: string | null; delivered: Date | null }>(
      sql`SELECT state, reason, ref, delivered_at AS delivered FROM message WHERE id = ${id}`,
    )
  )[0];
