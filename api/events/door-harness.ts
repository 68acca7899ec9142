import { afterAll } from "vitest";
import type { MemberId } from "@/core/ids";
import { engine, sql } from "@/platform/db";
import { type Shop, shop } from "@/tests/harness/shop";
import { buildServer } from "../server";

/** An API of this file's own with a shop, open until the file is done. `post`: to the event API with that shop's write key, unless told another's. */
export async function openDoor() {
  const app = await buildServer();
  afterAll(() => app.close());
  const [origin, own] = await Promise.all([app.listen({ port: 0, host: "127.0.0.1" }), shop()]);
  return { app, origin, shop: own, post: poster(origin, own) };
}

export const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString("base64")}`;
const poster =
  (origin: string, own: Shop) =>
  (path: string, body: unknown, headers: Record<string, string> = {}, at: Shop = own) =>
    fetch(`${origin}${path}`, {
      method: "POST",
      headers: { authorization: basic(at.writeKey), ...headers },
      body:
        typeof body === "string"
          ? body
          : body instanceof Uint8Array
            ? new Blob([new Uint8Array(body)])
            : JSON.stringify(body),
    });
export const count = async (table: "event" | "inbox" | "member" | "dead_letter" | "identity", at: Shop) =>
  (
    await engine((tx) =>
      tx.one<{ n: number }>(
        {
          event: sql`SELECT count(*) AS n FROM event WHERE workspace_id = ${at.workspace}`,
          inbox: sql`SELECT count(*) AS n FROM inbox WHERE workspace_id = ${at.workspace}`,
          member: sql`SELECT count(*) AS n FROM member WHERE workspace_id = ${at.workspace} AND merged_into IS NULL`,
          dead_letter: sql`SELECT count(*) AS n FROM dead_letter WHERE workspace_id = ${at.workspace}`,
          identity: sql`SELECT count(*) AS n FROM identity WHERE workspace_id = ${at.workspace}`,
        }[table],
      ),
    )
  )?.n;
export const memberOf = async (value: string, at: Shop) =>
  (
    await engine((tx) =>
      tx.one<{ member: MemberId }>(
        sql`SELECT member_id AS member FROM identity WHERE workspace_id = ${at.workspace} AND value = ${value}`,
      ),
    )
  )?.member;
