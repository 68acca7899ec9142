import { z } from "zod";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { sql, type Tx, unscoped } from "@/platform/db";
import type { Actor } from "../actor";
import { MUST_CHANGE } from "../one-time-password";
import { oneTimePassword } from "../renew-password";
import { useCase } from "../use-case";
import { asPerson, isElsewhere, isLastOwner, LAST_OWNER, TeamRole } from "./person";

const OnePerson = z.object({ person: z.uuid() });
const Role = z.object({ person: z.uuid(), role: TeamRole });
const Done = z.object({ person: z.string() });

export const changeRole = useCase({
  may: "person.write",
  input: Role,
  audit: "person.role_changed",
  output: Done,
  says: "Give a colleague another role; it holds from their next request on",
  async run({ tx, actor }, { person, role }) {
    return unscoped(tx, async () => {
      const who = await whoChanges(tx, actor, person);
      if (!who.ok) return who;
      if (role !== "owner" && (await isLastOwner(tx, actor.workspace, person))) return LAST_OWNER;
      await tx.run(
        sql`UPDATE role_grant SET role = ${role} WHERE workspace_id = ${actor.workspace} AND user_id = ${person}`,
      );
      return ok({ person });
    });
  },
});

/** What they did stays under their name; keys that they made go on, and are revoked where keys are. */
export const takeOut = useCase({
  may: "person.write",
  input: OnePerson,
  audit: "person.removed",
  output: Done,
  says: "Take a colleague's access away, at once",
  async run({ tx, actor }, { person }) {
    return unscoped(tx, async () => {
      const who = await whoChanges(tx, actor, person);
      if (!who.ok) return who;
      if (await isLastOwner(tx, actor.workspace, person)) return LAST_OWNER;
      await tx.run(sql`DELETE FROM role_grant WHERE workspace_id = ${actor.workspace} AND user_id = ${person}`);
      if (!(await isElsewhere(tx, actor.workspace, person)))
        await tx.run(sql`DELETE FROM session WHERE user_id = ${person}`);
      return ok({ person });
    });
  },
});

export const givePassword = useCase({
  may: "person.write",
  input: OnePerson,
  audit: "person.password_renewed",
  isSecret: true,
  records: ({ person }) => ({ person }),
  output: z.object({ person: z.string(), password: z.string() }),
  says: "A new one-time password for a colleague who lost theirs; shown in this answer only",
  async run({ tx, actor }, { person }) {
    return unscoped(tx, async () => {
      const who = await whoChanges(tx, actor, person);
      if (!who.ok) return who;
      if (who.value === person)
        return refuse(
          "conflict",
          { en: "change your own password with the one you have", "zh-CN": "请用现有密码修改自己的密码" },
          ["person"],
        );
      if (await isElsewhere(tx, actor.workspace, person))
        return refuse("conflict", {
          en: "this person is in another workspace too, so their password is not this one's to replace",
          "zh-CN": "此人也属于其他工作区，密码不能由本工作区更换",
        });
      return ok({ person, password: await oneTimePassword(tx, person, MUST_CHANGE) });
    });
  },
});

/** Who asks for a change of somebody in the workspace. */
async function whoChanges(tx: Tx, actor: Actor, person: string): Promise<Outcome<string>> {
  const here = await tx.one(
    sql`SELECT FROM role_grant WHERE workspace_id = ${actor.workspace} AND user_id = ${person}`,
  );
  return here ? asPerson(actor) : refuse("not_found", "no such person in this workspace", ["person"]);
}
