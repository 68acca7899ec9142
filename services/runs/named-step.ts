import { z } from "zod";
import { saysOf } from "@/core/journey/ask-kind";
import type { JourneyNode } from "@/core/journey/document";
import { Saying } from "@/core/journey/saying";
import { type Sql, sql } from "@/platform/db";

/** A step of a run, and what it is called by. */
export const NamedStep = z.object({
  node: z.string(),
  nodeTitle: z.string().nullable().describe("what the marketer called it"),
  nodeKind: z.string().nullable(),
  nodeSays: Saying.nullable().describe("what it does, of a step that nobody gave a title: its name in lists"),
});
export type NamedStep = z.infer<typeof NamedStep>;

/** A row as `NODE` reads it: the node's config where a title does not name it already. */
type NodeRow = {
  node: string | null;
  nodeKind: string | null;
  nodeTitle: string | null;
  config: JourneyNode["config"] | null;
};

/** What `nodeAt` finds: the node's root, its title and kind, and its config where a title does not name it already. */
export const NODE = sql`
  n.id AS node, d.node ->> 'title' AS "nodeTitle", d.node ->> 'kind' AS "nodeKind",
  CASE WHEN coalesce(d.node ->> 'title', '') = '' THEN d.node -> 'config' END AS config`;

/** Joins, to a row with its plan as `p`, the node of a step as it is drawn there. */
export const nodeAt = (step: Sql): Sql => sql`
  CROSS JOIN LATERAL (SELECT regexp_replace(${step}, '[.][^.]*$', '') AS id) AS n
  LEFT JOIN LATERAL (
    SELECT node FROM jsonb_array_elements(p.document -> 'nodes') AS node WHERE coalesce(node ->> 'replaces', node ->> 'id') = n.id LIMIT 1) AS d ON true`;

/** The row with what its node is called by, in the place of the node's config. */
export function withName<T extends NodeRow>({ config, ...row }: T): Omit<T, "config"> & Pick<NamedStep, "nodeSays"> {
  const { nodeKind: kind, nodeTitle: title } = row;
  return { ...row, nodeSays: kind === null || title ? null : saysOf({ kind, config: config ?? {} }) };
}

/** `id`: the node's root; `node`: as it is drawn, undefined when it no longer is. */
export const named = (
  id: string,
  node: (Pick<JourneyNode, "kind" | "config"> & { title?: string | null | undefined }) | undefined,
): NamedStep => ({
  node: id,
  nodeTitle: node?.title ?? null,
  nodeKind: node?.kind ?? null,
  nodeSays: node && !node.title ? saysOf(node) : null,
});
