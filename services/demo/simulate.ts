import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { DemoSettings, Simulation } from "@/core/workspace/demo-settings";
import { peek, sql, type Tx } from "@/platform/db";
import { useCase } from "../access/use-case";
import { announce } from "../rings/announce";
import { updateWorkspace } from "../workspaces/update";

/** What holds in a demo whose switch nobody has touched. */
export const SIMULATED: Simulation = { on: true, perMinute: 30 };

export const readSimulation = useCase({
  may: "demo.write",
  input: z.object({}),
  output: Simulation,
  says: "Whether simulated customers shop in this demo",
  run: ({ tx, actor }) => simulationOf(tx, actor.workspace),
});

export const setSimulation = useCase({
  may: "demo.write",
  input: Simulation.partial({ perMinute: true }),
  output: Simulation,
  audit: "demo.simulated",
  says: "Let simulated customers shop, or stop them; only in a demo",
  async run(call, { on, perMinute }) {
    const { tx, actor } = call;
    const known = await simulationOf(tx, actor.workspace);
    if (!known.ok) return known;
    const simulate = { on, perMinute: perMinute ?? known.value.perMinute };
    const saved = await updateWorkspace.run(call, { settings: { demo: { simulate } } });
    if (!saved.ok) return saved;
    await announce(tx, actor.workspace, "demo");
    return ok(simulate);
  },
});

async function simulationOf(tx: Tx, workspace: WorkspaceId): Promise<Outcome<Simulation>> {
  const row = await tx.one<{ demo: unknown }>(
    sql`SELECT settings -> 'demo' AS demo FROM workspace WHERE id = ${workspace} AND is_demo`,
  );
  return row ? ok(read(row.demo)) : refuse("not_found", "this workspace is no demo");
}

/** The demo workspaces where customers are to shop now, for the role that plays them. A workspace that is no demo is never among them. */
export async function simulations(): Promise<{ workspace: WorkspaceId; perMinute: number }[]> {
  const rows = await peek<{ workspace: WorkspaceId; demo: unknown }>(sql`
    SELECT id AS workspace, settings -> 'demo' AS demo FROM workspace WHERE is_demo AND settings ? 'demo' ORDER BY created_at`);
  return rows.flatMap(({ workspace, demo }) => {
    const { on, perMinute } = read(demo);
    return on ? [{ workspace, perMinute }] : [];
  });
}

const read = (demo: unknown): Simulation => DemoSettings.safeParse(demo).data?.simulate ?? SIMULATED;
