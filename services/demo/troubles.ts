import { createHash } from "node:crypto";
import type { Arrival, Reject } from "@/core/events/arrival";
import { normalise } from "@/core/events/normalise";
import type { WorkspaceId } from "@/core/ids";
import { newId } from "@/platform/ids";
import { ingest } from "../intake/ingest";
import { personOf } from "./people";
import { WORKSPACE } from "./places";

const SECOND = 1_000;
/** As Segment's API takes it. `ago`: ms. */
type Said = { ago: number; type: "track" | "identify"; who: number; event?: string } & Record<
  "properties" | "traits",
  Record<string, unknown> | undefined
>;

const tells = (who: number, ago: number, event: string, properties: Record<string, unknown>): Said => ({
  type: "track",
  who,
  ago: ago * SECOND,
  event,
  properties,
  traits: undefined,
});
/** A number that Twilio's test accounts, and the sandbox with them, refuse as no phone's. */
const NO_PHONE = "+15005550001";

/** Two who ask a third time, one who mistyped their phone and asks, and what a badly configured till sends. */
const SAID: readonly Said[] = [
  ...[17, 29].flatMap((who, i) =>
    [50, 31, 12].map((ago) => tells(who, ago - 4 * i, "enquiry", { topic: i === 0 ? "退货" : "积分" })),
  ),
  { type: "identify", who: 41, ago: 9 * SECOND, properties: undefined, traits: { phone: NO_PHONE } },
  tells(41, 8, "enquiry", { topic: "配送" }),
  tells(53, 44, "order_paid", { order_id: "GL-TILL7-1182", store: "SH-JINGAN", amount: "128元" }),
  tells(67, 26, "order_paid", { order_id: "GL-TILL7-1183", store: "SH-JINGAN" }),
  tells(71, 7, "order_paid", { order_id: "GL-TILL7-1184", store: "SH-JINGAN", amount: 5_800, currency: "USD" }),
];

/**
 * What goes wrong in any shop, for whoever tries the demo to find and put right: events that make runs fail and a text that no phone takes, and
 * events that cannot be used. They come in as all others do, under ids of their own: told twice they are there once.
 */
export async function tellTroubles(workspace: WorkspaceId, now: Date): Promise<void> {
  const arrivals: Arrival[] = [];
  const rejects: Reject[] = [];
  SAID.forEach(({ who, ago, type, event, properties, traits }, i) => {
    const said = {
      type,
      userId: personOf(WORKSPACE.slug, who).userId,
      messageId: `demo-trouble-${i + 1}`,
      timestamp: new Date(now.getTime() - ago).toISOString(),
      ...(event && { event }),
      ...(properties && { properties }),
      ...(traits && { traits }),
    };
    const read = normalise(said, type, { receivedAt: now.getTime(), currency: WORKSPACE.currency, isTrusted: true });
    const { messageId, timestamp: _, ...lasting } = said;
    const bodyHash = createHash("sha256").update(JSON.stringify(lasting)).digest("base64url");
    const of = { workspace, messageId, bodyHash, isTrusted: true, said };
    if (read.is === "rejected") rejects.push({ ...of, cause: read.cause, type: read.type, name: read.name });
    else if (read.is === "event") arrivals.push({ ...of, id: newId(), draft: read.event });
    else throw new Error(`the demo tells what is no event: ${read.says}`);
  });
  await ingest(arrivals, rejects);
}
