import { z } from "zod";
import { ok } from "@/core/refusals";
import { sql, unscoped } from "@/platform/db";
import { firstPasswordMark, SERVES_UNTIL } from "../one-time-password";
import { useCase } from "../use-case";
import { Person } from "./person";

export const listPeople = useCase({
  may: "person.read",
  input: z.object({}),
  output: z.object({ items: z.array(Person) }),
  says: "Who may sign in to the workspace, and as what",
  async run({ tx, actor }) {
    const me = actor.as === "user" ? actor.user : null;
    // Accounts are better-auth's, outside the tenant role's reach.
    const items = await unscoped(tx, () =>
      tx.rows<Person>(sql`
        SELECT u.id, u.name, u.email, g.role, g.granted_at AS since, u.id = ${me}::text AS "isMe", v.id IS NOT NULL AS "hasOneTimePassword",
          ${SERVES_UNTIL} AS "oneTimeUntil"
        FROM role_grant g JOIN "user" u ON u.id = g.user_id
        LEFT JOIN verification v ON v.identifier = ${firstPasswordMark("")}::text || u.id AND v.expires_at > now()
        WHERE g.workspace_id = ${actor.workspace} ORDER BY g.granted_at, u.id LIMIT 1000`),
    );
    return ok({ items: items.map((item) => ({ ...item, isMe: item.isMe === true })) });
  },
});
