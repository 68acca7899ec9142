import { randomUUID } from "node:crypto";
import { z } from "zod";
import { normalEmail } from "@/core/members/identity";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { sql, unscoped } from "@/platform/db";
import { MUST_CHANGE } from "../one-time-password";
import { oneTimePassword } from "../renew-password";
import { useCase } from "../use-case";
import { asPerson, TeamRole } from "./person";

const Invite = z.strictObject({
  name: z.string().trim().min(1, "should be a name").max(80),
  email: z
    .string()
    .trim()
    .max(254)
    .transform((text, context) => {
      const email = normalEmail(text);
      if (email !== undefined) return email;
      context.addIssue({ code: "custom", message: "should be a mail address like lin.xia@example.com" });
      return z.NEVER;
    }),
  role: TeamRole,
});

const Invited = z.object({
  person: z.string(),
  email: z.string(),
  password: z.string().nullable().describe("null: they are at home elsewhere and keep their own"),
});
type Invited = z.infer<typeof Invited>;

/**
 * Lets a colleague in. Who is new, or was let in nowhere any more, gets a password that this answer alone tells and that has to be replaced at the
 * first sign-in; who is at home in another workspace keeps their own (`password` is null).
 */
export const invitePerson = useCase({
  may: "person.write",
  input: Invite,
  audit: "person.invited",
  isSecret: true,
  records: (input, { person }: Invited) => ({ ...input, person }),
  output: Invited,
  says: "Let a colleague in; the one-time password is shown in this answer only",
  async run({ tx, actor }, { name, email, role }) {
    const who = asPerson(actor);
    if (!who.ok) return who;
    return unscoped(tx, async (): Promise<Outcome<Invited>> => {
      await tx.run(sql`
        INSERT INTO "user" (id, name, email, email_verified) VALUES (${randomUUID()}, ${name}, ${email}, true) ON CONFLICT (email) DO NOTHING`);
      const known = await tx.one<{ id: string; isHere: boolean; isAnywhere: boolean }>(sql`
        SELECT u.id, coalesce(bool_or(g.workspace_id = ${actor.workspace}), false) AS "isHere", count(g.user_id) > 0 AS "isAnywhere"
        FROM "user" u LEFT JOIN role_grant g ON g.user_id = u.id WHERE u.email = ${email} GROUP BY u.id`);
      if (!known) throw new Error("the person vanished while being let in");
      if (known.isHere)
        return refuse("conflict", { en: "this address is in the team already", "zh-CN": "该邮箱已在团队中" }, [
          "email",
        ]);
      await tx.run(
        sql`INSERT INTO role_grant (workspace_id, user_id, role) VALUES (${actor.workspace}, ${known.id}, ${role})`,
      );
      return ok({
        person: known.id,
        email,
        password: known.isAnywhere ? null : await oneTimePassword(tx, known.id, MUST_CHANGE),
      });
    });
  },
});
