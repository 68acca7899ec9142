import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { commandOf, identityOf, isSame } from "./identity";
import { remember, remembered } from "./pid-file";
import { busy, freePort, holderOf, isFree } from "./ports";
import { isGone, stop } from "./stop";

const folder = mkdtempSync(join(tmpdir(), "regulars-process-"));
afterAll(() => rmSync(folder, { recursive: true }));

const sleeper = (script = "setInterval(() => {}, 1000)") => {
  const child = spawn(process.execPath, ["-e", script, "a sleeper"], { stdio: ["ignore", "pipe", "ignore"] });
  const identity = identityOf(child.pid ?? 0);
  if (!identity) throw new Error("it did not start");
  return { child, identity };
};

describe("a process", () => {
  it("is the same only while it lives, and is not confused with a later one of its number", async () => {
    const { identity } = sleeper();
    expect(isSame(identity)).toBe(true);
    expect(isSame({ ...identity, birth: "another time" })).toBe(false);
    expect(commandOf(identity.pid)).toContain("a sleeper");
    await stop(identity);
    expect(identityOf(identity.pid)).toBeUndefined();
  });

  it("that does not listen is killed after patience", async () => {
    const { child, identity } = sleeper(
      "process.on('SIGTERM', () => {}); console.log('deaf'); setInterval(() => {}, 1000)",
    );
    await new Promise((resolve) => child.stdout.once("data", resolve));
    await stop(identity, "SIGTERM", 100);
    expect(await isGone(identity, 1_000)).toBe(true);
    expect(child.signalCode ?? "SIGKILL").toBe("SIGKILL");
  });

  it("is never touched when the number now belongs to another", async () => {
    const { identity } = sleeper();
    await stop({ ...identity, birth: "another time" }, "SIGKILL");
    expect(isSame(identity)).toBe(true);
    await stop(identity, "SIGKILL");
  });

  it("is remembered in a file until it ends", async () => {
    const file = join(folder, "run", "worker.json");
    const { identity } = sleeper();
    remember(file, identity.pid, { url: "http://localhost" });
    expect(remembered(file)).toMatchObject({ ...identity, url: "http://localhost" });
    await stop(identity, "SIGKILL");
    expect(remembered(file)).toBeUndefined();
  });

  it("is not remembered from a file that a crash cut short", () => {
    const file = join(folder, "cut.json");
    writeFileSync(file, '{"pid": 12');
    expect(remembered(file)).toBeUndefined();
  });
});

describe("a port", () => {
  it("that is in use is told in one line, with its holder and the variable", async () => {
    const server = createServer();
    const port = await freePort();
    expect(await isFree(port)).toBe(true);
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    expect(await isFree(port)).toBe(false);
    if (process.platform === "linux") expect(holderOf(port)?.pid).toBe(process.pid);
    expect(busy(port, "API_PORT")).toMatch(
      new RegExp(`^Port ${port} is in use.* choose another port: API_PORT=<port> npm start$`),
    );
    await new Promise((resolve) => server.close(resolve));
  });
});
