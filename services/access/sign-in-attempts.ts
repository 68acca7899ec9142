import { isIP } from "node:net";
import { sha256Hex } from "@/core/hash";
import { engine, type Sql, sql, type Tx } from "@/platform/db";

export type Attempt = {
  /** Where it came from: an IP address. */
  address: string;
  /** The account it was for, by its email; absent where a session says whose it is. */
  email?: string | undefined;
};
export type AttemptLimits = { perAddress: number; perAccount: number };

/** Per minute and network, and per quarter of an hour and account. */
export const ATTEMPTS: AttemptLimits = { perAddress: 10, perAccount: 20 };
const MINUTE = "1 minute";
const QUARTER = "15 minutes";

const accountOf = (email: string): string => `account:${sha256Hex(email.trim().toLowerCase())}`;
const networkOf = (address: string): Sql => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  // Whoever has one IPv6 address has a whole /64 of them. What a proxy says may be no address at all.
  return isIP(plain) === 6
    ? sql`'network:' || text(network(set_masklen(${plain}::inet, 64)))`
    : sql`${`network:${plain.slice(0, 100)}`}`;
};

/**
 * Counts an attempt to sign in, before its password is looked at, so that of many at once each counts. Returns the seconds to wait when the network
 * or the account has had its attempts; 0 = go on. Where somebody is signed in to the account already from this address, only the network counts:
 * others' guessing does not lock a person out at their own desk.
 */
export async function countAttempt({ address, email }: Attempt, limits: AttemptLimits = ATTEMPTS): Promise<number> {
  return engine(async (tx) => {
    const network = await count(tx, networkOf(address), MINUTE, limits.perAddress);
    if (network > 0 || email === undefined) return network;
    const own = await tx.one(sql`
      SELECT FROM session s JOIN "user" u ON u.id = s.user_id
      WHERE u.email = ${email.trim().toLowerCase()} AND s.ip_address = ${address} AND s.expires_at > clock_timestamp() LIMIT 1`);
    return own ? 0 : count(tx, sql`${accountOf(email)}`, QUARTER, limits.perAccount);
  });
}

async function count(tx: Tx, subject: Sql, window: string, most: number): Promise<number> {
  const row = await tx.one<{ count: number; wait: number }>(sql`
    INSERT INTO sign_in_attempt AS a (subject, count, since) VALUES (${subject}, 1, clock_timestamp())
    ON CONFLICT (subject) DO UPDATE SET
      count = CASE WHEN a.since > clock_timestamp() - ${window}::interval THEN a.count + 1 ELSE 1 END,
      since = CASE WHEN a.since > clock_timestamp() - ${window}::interval THEN a.since ELSE clock_timestamp() END
    RETURNING count, greatest(extract(epoch FROM since + ${window}::interval - clock_timestamp()), 1)::float8 AS wait`);
  return row && row.count > most ? Math.ceil(row.wait) : 0;
}

/** Who signed in has guessed enough: the account's count begins anew. */
export const forgetAttempts = (email: string): Promise<number> =>
  engine((tx) => tx.run(sql`DELETE FROM sign_in_attempt WHERE subject = ${accountOf(email)}`));

/** Forgets up to `limit` counts whose time is over; returns how many. By sign_in_attempt_since. */
export const forgetOldAttempts = (limit: number): Promise<number> =>
  engine((tx) =>
    tx.run(sql`
    DELETE FROM sign_in_attempt WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM sign_in_attempt WHERE since < clock_timestamp() - interval '1 day' ORDER BY since LIMIT ${limit}))`),
  );
