import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { identityOf } from "../process/identity";
import { freePort, isFree } from "../process/ports";
import { stop } from "../process/stop";
import { type Options, type Postgres, startPostgres } from "./postgres";

const home = mkdtempSync(join(tmpdir(), "regulars-postgres-"));
// The database's user must be able to enter.
const inside = join(home, "open");
chmodSync(home, 0o755);
mkdirSync(inside);
const options: Options = {
  folder: join(inside, "postgres"),
  cache: join(inside, "cache"),
  log: join(inside, "postgres.log"),
  port: await freePort(),
  password: "first",
  isDurable: false,
};
const started: Postgres[] = [];
const start = async (changes: Partial<Options> = {}) => {
  const server = await startPostgres({ ...options, ...changes });
  started.push(server);
  return server;
};
afterAll(async () => {
  for (const server of started) await server.stop();
  rmSync(home, { recursive: true });
});

describe("the embedded Postgres", () => {
  it("is adopted by the next start while it runs, and replaced when the port changed", async () => {
    const first = await start();
    expect(await start()).toMatchObject({ pid: first.pid, isAdopted: true });
    const moved = await start({ port: await freePort() });
    expect(moved.isAdopted).toBe(false);
    expect(identityOf(first.pid)).toBeUndefined();
    await moved.stop();
  });

  it("starts again after it was killed", async () => {
    const killed = await start();
    await stop(killed, "SIGKILL");
    const next = await start();
    expect(next.isAdopted).toBe(false);
    await next.stop();
  });

  it("does not trust a pid file whose number belongs to a stranger", async () => {
    writeFileSync(join(options.folder, "postmaster.pid"), `${process.pid}\n${options.folder}\n0\n${options.port}\n`);
    const server = await start();
    expect(server.pid).not.toBe(process.pid);
    await server.stop();
  });

  it("says what to do when secrets.json was replaced", async () => {
    const server = await start();
    await expect(start({ password: "second" })).rejects.toThrow(/does not accept our password: secrets\.json/);
    await server.stop();
    await expect(start({ password: "second" })).rejects.toThrow(/does not accept our password: secrets\.json/);
    // What was started for it is gone as well.
    expect(await isFree(options.port)).toBe(true);
  });

  it("says what to do with a folder that another major version made", async () => {
    writeFileSync(join(options.folder, "PG_VERSION"), "17\n");
    await expect(start()).rejects.toThrow(/was made by PostgreSQL 17, this is 18/);
    writeFileSync(join(options.folder, "PG_VERSION"), "18\n");
  });

  it("says what to do with a damaged folder", async () => {
    writeFileSync(join(options.folder, "global", "pg_control"), "x");
    await expect(start()).rejects.toThrow(/does not start: .*pg_control[\s\S]*move it away to start anew/);
    const odd = join(inside, "odd");
    mkdirSync(odd);
    writeFileSync(join(odd, "a file"), "");
    await expect(start({ folder: odd })).rejects.toThrow(/is damaged: it holds files but no database/);
  });
});
