import { z } from "zod";
import { eventKind } from "@/core/events/catalogue";
import type { WorkspaceId } from "@/core/ids";
import { ok } from "@/core/refusals";
import { attributesSeen, propertiesSeen, SEEN_TYPES, type SeenField } from "@/core/rules/seen";
import { Counted } from "@/platform/counted";
import { sql, type Tx, unscoped } from "@/platform/db";
import { useCase } from "../access/use-case";
import { eventNames, eventsNamed } from "./event-sample";
import { sampleOf } from "./sample";

const MEMBERS = 5_000;
const MOST = 200;

const Known = z.object({
  fields: z
    .array(
      z.object({
        path: z.string().describe("below event., or below member.attributes."),
        types: z
          .array(z.object({ type: z.enum(SEEN_TYPES), share: z.number() }))
          .describe(
            "of the values looked at, the most frequent first: more than one is told, as a rule finds one type at a time",
          ),
      }),
    )
    .describe("the most frequent first"),
  events: z.array(z.string()).describe("names of own events that came; empty where an event is asked about"),
});
type Known = z.infer<typeof Known>;

const looked = new Counted<Known>(0);

/**
 * What rules can ask beyond the catalogue: the attributes that members have, or the properties that an event came with, each with the types of its
 * values. Of a sample: some thousand members, some hundred of the event.
 */
export const knownFields = useCase({
  may: "segment.read",
  input: z.object({
    event: z.string().max(120).optional().describe("its properties; without it, the members' attributes"),
  }),
  output: Known,
  says: "Attributes of members, or properties of an event, with the types of what they hold",
  async run({ tx, actor: { workspace }, now }, { event }) {
    const { value } = await looked.of(workspace, event ?? "", async () =>
      event === undefined
        ? {
            fields: await attributes(tx, workspace),
            events: (await eventNames(tx, workspace, now)).filter((name) => !eventKind(name)).slice(0, MOST),
          }
        : { fields: propertiesSeen(await eventsNamed(tx, workspace, event, now)).slice(0, MOST), events: [] },
    );
    return ok(value);
  },
});

const attributes = (tx: Tx, workspace: WorkspaceId): Promise<SeenField[]> =>
  unscoped(tx, async () => {
    const sample = await sampleOf(tx, workspace, MEMBERS);
    const rows = await tx.rows<{ attributes: Record<string, unknown> }>(
      sql`SELECT m.attributes FROM member m WHERE ${sample.where} AND m.attributes <> '{}'`,
    );
    return attributesSeen(rows.map(({ attributes }) => attributes)).slice(0, MOST);
  });
