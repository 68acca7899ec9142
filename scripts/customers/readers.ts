import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { Chance } from "@/services/demo/chance";
import { type Deed, deedsOf } from "@/services/demo/reader";
import { readersOf } from "@/services/messages/readers-of";
import { doDue } from "./due";

export type Readers = {
  /** Reads what came since the last look, and does what is due. */
  look(now: number): Promise<void>;
};

const MOST = 500;
const Inbox = z.object({
  messages: z.array(
    z.object({
      id: z.string(),
      key: z.string().optional(),
      channel: z.enum(["sms", "email", "push"]),
      text: z.string().optional(),
      html: z.string().optional(),
      url: z.string().optional(),
    }),
  ),
});

/** The members of a demo workspace as readers: they open mails and follow links, by the very addresses that stand in what the sandbox received. */
export function readersIn(workspace: WorkspaceId, { api, sandbox }: { api: string; sandbox: string }): Readers {
  const chance = new Chance(randomUUID());
  let after: string | undefined;
  const deeds: (Deed & { at: number })[] = [];
  return {
    async look(now) {
      const messages = await newest(sandbox, after);
      // What lay there before is read already.
      const isFirst = after === undefined;
      after = messages[0]?.id ?? after ?? "0";
      const own = await readersOf(workspace, isFirst ? [] : messages.flatMap(({ key }) => key ?? []));
      for (const message of messages)
        if (message.key !== undefined && own.has(message.key))
          deeds.push(...deedsOf(chance, message).map((deed) => ({ ...deed, at: now + deed.afterMs })));
      await doDue(deeds, now, ({ url }) => visit(api, url));
    },
  };
}

async function newest(sandbox: string, after: string | undefined): Promise<z.infer<typeof Inbox>["messages"]> {
  const url = new URL("/sandbox/messages", sandbox);
  url.searchParams.set("limit", String(after === undefined ? 1 : MOST));
  if (after !== undefined) url.searchParams.set("after", after);
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}`);
  return Inbox.parse(await answer.json()).messages;
}

/** Asks our own API for an address as a browser would; where it leads to is somebody else's and is not asked. */
async function visit(api: string, address: string): Promise<void> {
  const { pathname, search } = new URL(address);
  const answer = await fetch(`${api}${pathname}${search}`, {
    redirect: "manual",
    headers: { "user-agent": "Mozilla/5.0 (demo)" },
    signal: AbortSignal.timeout(10_000),
  });
  await answer.body?.cancel();
}
