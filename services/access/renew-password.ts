import { randomBytes, randomUUID } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import { engine, sql, type Tx } from "@/platform/db";
import { ADVISED, firstPasswordMark, type MUST_CHANGE } from "./one-time-password";

/** A new one-time password for somebody, told once, here; every session of theirs ends. `mark` says what becomes of it. */
export async function oneTimePassword(
  tx: Tx,
  user: string,
  mark: typeof ADVISED | typeof MUST_CHANGE,
): Promise<string> {
  const password = randomBytes(12).toString("base64url");
  const hash = await hashPassword(password);
  const known = await tx.run(
    sql`UPDATE account SET password = ${hash}, updated_at = now() WHERE user_id = ${user} AND provider_id = 'credential'`,
  );
  if (!known)
    await tx.run(sql`
      INSERT INTO account (id, account_id, provider_id, user_id, password) VALUES (${randomUUID()}, ${user}, 'credential', ${user}, ${hash})`);
  await tx.run(sql`DELETE FROM session WHERE user_id = ${user}`);
  await tx.run(sql`DELETE FROM verification WHERE identifier = ${firstPasswordMark(user)}`);
  await tx.run(sql`
    INSERT INTO verification (id, identifier, value, expires_at)
    VALUES (${randomUUID()}, ${firstPasswordMark(user)}, ${mark}, now() + interval '100 years')`);
  return password;
}

/** One whose replacement is only advised, for an owner whose first one was lost. */
export const renewPassword = (user: string): Promise<string> => engine((tx) => oneTimePassword(tx, user, ADVISED));
