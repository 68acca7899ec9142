import type { Scope } from "@/core/message/scope";
import type { Tx } from "@/platform/db";
import { scopeOf, surroundings } from "../../messages/content/scope-of";
import type { Run } from "../run";
import type { At } from "./apply";

/** `storeOf`: the id of the store that the run's starting event names. */
export type Scopes = ((run: Run) => Scope) & { storeOf(run: Run): string | null };

/** What templates that are filled in within a leg may name, run by run. Read once a step. */
export async function scopes(
  tx: Tx,
  { workspace, now, members }: Pick<At, "workspace" | "now" | "members">,
): Promise<Scopes> {
  const around = await surroundings(workspace, tx.rows);
  const of = (run: Run): Scope => {
    const member = members.get(run.member);
    if (!member) throw new Error("its member is missing");
    const reader = { channel: "sms", purpose: "service", variables: run.vars, entry: run.entry } as const;
    return scopeOf(around, member, reader, around.workspace.locale, now);
  };
  const storeOf = (run: Run) => around.stores.get(String(run.entry.properties?.store ?? ""))?.id ?? null;
  return Object.assign(of, { storeOf });
}
