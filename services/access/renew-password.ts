import { randomBytes, randomUUID } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import { engine, sql } from "@/platform/db";
import { ADVISED, firstPasswordMark } from "./one-time-password";

/** A new one-time password for somebody whose first one was lost; every session ends. Tells the password, here only. */
export async function renewPassword(user: string): Promise<string> {
  const password = randomBytes(12).toString("base64url");
  const hash = await hashPassword(password);
  await engine(async (tx) => {
    await tx.run(
      sql`UPDATE account SET password = ${hash}, updated_at = now() WHERE user_id = ${user} AND provider_id = 'credential'`,
    );
    await tx.run(sql`DELETE FROM session WHERE user_id = ${user}`);
    await tx.run(sql`DELETE FROM verification WHERE identifier = ${firstPasswordMark(user)}`);
    await tx.run(sql`
      INSERT INTO verification (id, identifier, value, expires_at) VALUES (${randomUUID()}, ${firstPasswordMark(user)}, ${ADVISED}, now() + interval '100 years')`);
  });
  return password;
}
