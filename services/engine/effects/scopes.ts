import type { Scope } from "@/core/message/scope";
import type { MemberFacts } from "@/core/rules/facts";
import type { Tx } from "@/platform/db";
import { scopeOf, surroundings } from "../../messages/scope-of";
import type { Run } from "../run";
import type { At } from "./apply";

/** What templates that are filled in within a leg may name, run by run. Read once a step. */
export async function scopes(tx: Tx, { workspace, now, members }: At): Promise<(run: Run) => Scope> {
  const around = await surroundings(workspace, tx.rows);
  return (run) => {
    const member: MemberFacts | undefined = members.get(run.member);
    if (!member) throw new Error("its member is missing");
    const reader = { channel: "sms", purpose: "service", variables: run.vars, entry: run.entry } as const;
    return scopeOf(around, member, reader, around.workspace.locale, now);
  };
}
