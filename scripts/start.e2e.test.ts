import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";
import { z } from "zod";
import { environment } from "@/platform/config";
import { Program } from "@/tests/e2e/program";
import { visitor } from "@/tests/e2e/visitor";
import { browser } from "@/tests/harness/browser";
import { until } from "@/tests/harness/until";
import { type Identity, identityOf, isSame } from "./process/identity";
import { freePort } from "./process/ports";

const chrome = await browser();
const homes: string[] = [];
function newHome(): string {
  const folder = mkdtempSync(join(tmpdir(), "regulars-start-"));
  chmodSync(folder, 0o755);
  // Downloads of earlier runs are used again.
  symlinkSync(resolve(".regulars/cache"), join(folder, "cache"));
  homes.push(folder);
  return folder;
}
const home = newHome();
const names = [
  "PORT",
  "API_PORT",
  "POSTGRES_PORT",
  "TEMPORAL_PORT",
  "TEMPORAL_UI_PORT",
  "SANDBOX_HTTP_PORT",
  "SANDBOX_SMTP_PORT",
];
const ports = Object.fromEntries(
  await Promise.all(names.map(async (name) => [name, String(await freePort())] as const)),
);

type Start = { child: ChildProcess; said(): string; ended: Promise<number | null> };
const starts: Start[] = [];
function start(changes: Record<string, string> = {}): Start {
  const env = environment({ ...ports, REGULARS_HOME: home, REGULARS_SECRET: "", ...changes });
  const child = spawn(process.execPath, ["scripts/run.mjs", "start"], { env });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += chunk));
  const begun = { child, said: () => text, ended: new Promise<number | null>((done) => child.once("exit", done)) };
  starts.push(begun);
  return begun;
}
/** Waits until a start says that it is ready; one that ended instead is not waited for. */
const ready = ({ said, ended }: Start, deadline: number) =>
  Promise.race([
    until(() => said().includes("is ready"), {
      deadline,
      every: 100,
      what: () => `the start, which said\n${said()}\nand then its end`,
    }),
    ended.then((code) => {
      throw new Error(`the start ended with ${code}:\n${said()}`);
    }),
  ]);
const numberIn = (file: string) => Number.parseInt(readFileSync(join(home, file), "utf8"), 10);
const isListening = (port = "0") =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );

/** As the console does it: signs in, then changes the password. */
async function changePassword(email: string, password: string): Promise<number> {
  const auth = `http://localhost:${ports.API_PORT}/api/auth`;
  const headers = { "content-type": "application/json", origin: `http://localhost:${ports.PORT}` };
  const signedIn = await fetch(`${auth}/sign-in/email`, {
    method: "POST",
    headers,
    body: JSON.stringify({ email, password }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const body = JSON.stringify({ currentPassword: password, newPassword: "a password of one's own" });
  return (await fetch(`${auth}/change-password`, { method: "POST", headers: { ...headers, cookie }, body })).status;
}

const PARTS = ["database", "temporal", "sandbox", "worker", "api", "console", "customers"] as const;
const Note = z.object({ pid: z.int() });
const Demo = z.object({ user: z.string(), password: z.string(), apiKey: z.string(), writeKey: z.string() });
/** A proxy that leads nowhere: what runs on this machine has to find its own without it. */
const DEAD_PROXY = Object.fromEntries(
  ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"].map((name) => [name, "http://127.0.0.1:9"]),
);
/** The process that plays a part now, as the start itself knows it. */
function pidOf(part: (typeof PARTS)[number]): number {
  if (part === "database") return numberIn("postgres/postmaster.pid");
  if (part === "temporal") return numberIn("temporal/temporal.pid");
  return Note.parse(JSON.parse(readFileSync(join(home, "run", `${part}.json`), "utf8"))).pid;
}

/** A process and all that came of it, like Postgres' backends. */
function family(root: number): Identity[] {
  const lines = execFileSync("ps", ["-axo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const pids = [root];
  for (const parent of pids) pids.push(...pairs.flatMap(([pid = 0, above]) => (above === parent ? [pid] : [])));
  return pids.flatMap((pid) => identityOf(pid) ?? []);
}

/** Somebody new buys for ¥128: the demo answers with a coupon by SMS. Said again until the API has it, as Segment's clients do. */
async function buys(program: Program, n: number): Promise<string> {
  const phone = `+861391234${String(1000 + n)}`;
  const userId = `buyer-${n}`;
  await until(
    () =>
      program
        .tell((analytics) => {
          const traits = { name: "小林", phone, consent: { sms: true } };
          const properties = { order_id: `kill-${n}`, total: 128, currency: "CNY" };
          analytics.identify({ userId, traits, messageId: `identify-${n}` });
          analytics.track({ userId, event: "Order Completed", properties, messageId: `order-${n}` });
        })
        .then(() => true),
    { deadline: 60_000, every: 250, what: "the API's taking an order" },
  );
  return phone;
}

/** A member's run leads to its conductor's workflow, by the console's own link and as Temporal's screens show it. */
async function leadsToTemporal(demo: { user: string; password: string; apiKey: string; writeKey: string }) {
  if (!chrome) return;
  const program = new Program(`http://127.0.0.1:${ports.API_PORT}`, demo);
  await program.received("sms", await buys(program, 99));
  const { items } = Runs.parse((await program.get("/api/v1/runs")).body);
  const { page } = await visitor(chrome, `http://localhost:${ports.PORT}`, {
    email: demo.user,
    password: demo.password,
  });
  await page.goto(`/runs/${items[0]?.id}`);
  const link = page.getByRole("link", { name: "Workflow in Temporal" });
  const workflow = decodeURIComponent(
    new URL((await link.getAttribute("href")) ?? "").pathname.split("/").at(-1) ?? "",
  );
  expect(workflow).toMatch(/^journey\/[0-9a-f-]{36}\/\d+$/);
  const [opened] = await Promise.all([page.waitForEvent("popup"), link.click()]);
  expect(new URL(opened.url()).port).toBe(ports.TEMPORAL_UI_PORT);
  await opened.getByText(workflow, { exact: true }).first().waitFor();
  await opened.getByText("Running").first().waitFor();
  await page.context().close();
}
const Runs = z.object({ items: z.array(z.object({ id: z.string() })).min(1) });

// One that a failed test left would keep the next from starting.
afterEach(async () => {
  for (const { child } of starts) child.kill("SIGTERM");
  await Promise.all(starts.splice(0).map(({ ended }) => ended));
});
afterAll(() => {
  for (const folder of homes) rmSync(folder, { recursive: true, force: true });
});

it("starts everything, takes over what a killed start left, and stops it all within 10 seconds", {
  timeout: 1_200_000,
}, async () => {
  const first = start();
  await ready(first, 240_000);
  const demo: Record<string, unknown> = JSON.parse(readFileSync(join(home, "demo.json"), "utf8"));
  expect(demo).toMatchObject({
    user: expect.any(String),
    password: expect.any(String),
    writeKey: expect.any(String),
    apiKey: expect.any(String),
  });
  expect(first.said()).toContain(String(demo.password));
  expect((await fetch(`http://127.0.0.1:${ports.API_PORT}/readyz`)).status).toBe(200);
  await leadsToTemporal(Demo.parse(demo));

  const other = start();
  expect(await other.ended).toBe(1);
  expect(other.said()).toMatch(/Regulars already runs from .* \(pid \d+\)/);

  const database = numberIn("postgres/postmaster.pid");
  first.child.kill("SIGKILL");
  await first.ended;
  const second = start();
  // 15 s on a quiet machine; tests share it.
  await ready(second, 45_000);
  expect(numberIn("postgres/postmaster.pid")).toBe(database);
  expect(second.said()).toContain(String(demo.password));

  // Whoever has chosen a password of their own is not told the first one again.
  const changed = await changePassword(String(demo.user), String(demo.password));
  expect(changed).toBe(200);

  let code: number | null | undefined;
  void second.ended.then((exit) => (code = exit));
  second.child.kill("SIGTERM");
  await until(() => code !== undefined, { what: "the end of all" });
  expect(code).toBe(0);
  for (const port of [ports.PORT, ports.API_PORT, ports.SANDBOX_HTTP_PORT, ports.TEMPORAL_UI_PORT])
    expect(await isListening(port), port).toBe(false);

  const third = start();
  await ready(third, 60_000);
  expect(third.said()).toContain(String(demo.user));
  expect(third.said()).not.toContain(String(demo.password));
  expect(JSON.parse(readFileSync(join(home, "demo.json"), "utf8"))).not.toHaveProperty("password");
  third.child.kill("SIGTERM");
  expect(await third.ended).toBe(0);
});

it("brings back each part that is killed, works on meanwhile, and leaves no process behind, beside a dead proxy and without a HOME", {
  timeout: 1_200_000,
}, async () => {
  const run = start({ ...DEAD_PROXY, HOME: "" });
  await ready(run, 240_000);
  const program = new Program(
    `http://127.0.0.1:${ports.API_PORT}`,
    z
      .object({ writeKey: z.string(), apiKey: z.string() })
      .parse(JSON.parse(readFileSync(join(home, "demo.json"), "utf8"))),
  );
  for (const [n, part] of PARTS.entries()) {
    const [pid, from] = [pidOf(part), run.said().length];
    const killed = family(pid);
    process.kill(pid, "SIGKILL");
    const phone = await buys(program, n);
    await until(() => new RegExp(`${part} +works again`).test(run.said().slice(from)), {
      deadline: 60_000,
      what: () => `the return of ${part}; the start said\n${run.said().slice(from)}\nand then its return`,
    });
    expect(pidOf(part)).not.toBe(pid);
    expect((await program.received("sms", phone)).text, part).toContain("小林");
    expect(killed.filter(isSame), part).toEqual([]);
  }
  for (const port of [ports.PORT, ports.API_PORT, ports.SANDBOX_HTTP_PORT, ports.TEMPORAL_UI_PORT])
    expect(await isListening(port), port).toBe(true);

  const all = [run.child.pid ?? 0, ...PARTS.map(pidOf)].flatMap(family);
  expect(all.length).toBeGreaterThan(PARTS.length);
  run.child.kill("SIGTERM");
  expect(await run.ended).toBe(0);
  expect(all.filter(isSame)).toEqual([]);
});

it.each(["postgres/postmaster.pid", "temporal/temporal.pid"])(
  "leaves no process behind when it is stopped as soon as there is %s",
  { timeout: 600_000 },
  async (file) => {
    const empty = newHome();
    const run = start({ REGULARS_HOME: empty });
    await until(() => existsSync(join(empty, file)), {
      deadline: 60_000,
      what: () => `${file} of a start that said\n${run.said()}`,
    });
    const all = family(run.child.pid ?? 0);
    expect(all.length).toBeGreaterThan(1);
    run.child.kill("SIGTERM");
    expect(await run.ended, run.said()).toBe(0);
    await until(() => !all.some(isSame), { what: () => JSON.stringify(all.filter(isSame)) });
  },
);

it("says in one line which setting is wrong", async () => {
  const wrong = start({ API_PORT: "http" });
  expect(await wrong.ended).toBe(1);
  expect(wrong.said().trim()).toBe("API_PORT=http: should be a port number from 1 to 65535");
});
