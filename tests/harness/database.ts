import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";
import { connect, disconnect, refuseNesting } from "@/platform/db";

/** Work of somebody else's while a transaction of the test is open. */
export const meanwhile = refuseNesting();

/**
 * A fresh migrated database for this test file, connected as the code under test expects. Call at the top of the file:
 * `await database()`. Dropped when the file is done.
 */
export async function database({ max = 10 }: { max?: number } = {}): Promise<{ url: string; name: string }> {
  const { url, template } = inject("postgres");
  const name = `t_${randomBytes(6).toString("hex")}`;
  await administer(url, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  connect(own.href, max);
  afterAll(async () => {
    await disconnect();
    await administer(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });
  return { url: own.href, name };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
