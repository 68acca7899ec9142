import { z } from "zod";
import { JourneyDocument } from "@/core/journey/document";
import type { inspect } from "@/core/journey/inspect";
import { ok, refuse } from "@/core/refusals";
import { Words } from "@/core/words";
import { sql } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { inspectDraft } from "./inspect-draft";
import { templateProblemsOf } from "./template-problems";

const ProblemList = z.object({
  problems: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(["error", "warning"]),
      node: z.string().optional(),
      path: z.array(z.union([z.string(), z.number()])).optional(),
      says: Words,
      fix: z
        .object({ says: Words, patch: z.object({ node: z.string(), config: z.record(z.string(), z.unknown()) }) })
        .optional(),
    }),
  ),
  isPublishable: z.boolean(),
});

/** Of the stored draft. */
export const journeyProblems = useCase({
  may: "journey.read",
  input: z.object({ journey: z.uuid() }),
  output: ProblemList,
  says: "What is wrong with a journey's draft; errors block publishing",
  async run({ tx, actor: { workspace }, now }, { journey }) {
    const found = await tx.one<{ document: unknown }>(
      sql`SELECT document FROM journey WHERE workspace_id = ${workspace} AND id = ${journey}`,
    );
    return found
      ? ok(listOf(await inspectDraft(tx, workspace, found.document, now, journey)))
      : refuse("not_found", "no such journey");
  },
});

/** Of any document, which is stored nowhere; also one whose shape is wrong gets its list. */
export const checkDocument = useCase({
  may: "journey.read",
  input: z.object({ document: z.unknown() }),
  output: ProblemList,
  says: "What is wrong with a document, without storing it",
  async run({ tx, actor: { workspace }, now }, { document }) {
    return ok(listOf(await inspectDraft(tx, workspace, document, now)));
  },
});

const Step = JourneyDocument.shape.nodes.element.pick({ id: true, kind: true, config: true });

/** Of some steps' templates alone, which an editor asks for at each pause in the typing. Nothing is read from the database. */
export const checkTemplates = useCase({
  may: "journey.read",
  input: z.object({ nodes: z.array(Step).max(1000) }),
  output: ProblemList.pick({ problems: true }),
  says: "What is wrong with the templates of some steps, without storing them",
  async run(_, { nodes }) {
    return ok({ problems: await templateProblemsOf({ nodes }) });
  },
});

const listOf = ({ problems }: ReturnType<typeof inspect>) => ({
  problems,
  isPublishable: problems.every(({ severity }) => severity !== "error"),
});
