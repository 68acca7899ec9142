import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { peek, sql } from "@/platform/db";
import { startSandbox } from "@/sandbox/start";
import { database } from "@/tests/harness/database";
import { accept, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { line } from "@/tests/harness/line";
import { testSecrets } from "@/tests/harness/secrets";
import { shop } from "@/tests/harness/shop";
import { temporal } from "@/tests/harness/temporal";
import { until } from "@/tests/harness/until";
import { startWorker } from "@/worker/start-worker";

const sandbox = await startSandbox({
  folder: mkdtempSync(join(tmpdir(), "regulars-sandbox-")),
  httpPort: 0,
  smtpPort: 0,
  authToken: testSecrets().sandbox,
});
let calls = 0;
const receiver = createServer((_request, response) => {
  calls++;
  response.writeHead(calls === 1 ? 503 : 200, { "content-type": "application/json" }).end('{"ok":true}');
});
await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
// Before anything reads the settings.
process.env.SANDBOX_HTTP_PORT = String(sandbox.httpPort);
process.env.SANDBOX_SMTP_PORT = String(sandbox.smtpPort);
process.env.WEBHOOK_ALLOW = "127.0.0.1";

await database({ max: 20 });
const server = await temporal();
const worker = await startWorker(
  server.native,
  { codePath: server.bundle },
  { conduct: `conduct-${server.suffix}`, send: `send-${server.suffix}` },
);
afterAll(async () => {
  await worker.stop();
  await sandbox.close();
  receiver.close();
});

it("falls back to a mail for a member without push, then calls out until the receiver takes it", async () => {
  const own = await shop();
  const { port } = receiver.address() as AddressInfo;
  const journey = await liveJourney(
    own,
    line([
      [
        {
          id: "send",
          kind: "send-in-order",
          config: {
            channels: ["push", "email"],
            purpose: "service",
            content: {
              push: { en: { title: "Hello", body: "you" } },
              email: { en: { subject: "Hello", blocks: [{ kind: "text", text: "you" }] } },
            },
            within: "PT1H",
            silence: "sent",
          },
        },
        "sent",
      ],
      [
        {
          id: "hook",
          kind: "webhook",
          config: { url: `http://127.0.0.1:${port}/x`, method: "POST", headers: [], body: "", within: "PT1H" },
        },
        "done",
      ],
    ]),
  );
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await accept(own, [{ member, event: event("order_paid", { amount: 1 }) }]);
  const run = await until(
    async () => {
      const [one] = await runsOf(journey.id);
      return one?.state === "done" ? one : undefined;
    },
    { what: "the run's end", deadline: 40_000 },
  );
  expect(run.vars).toMatchObject({ hook: { answer: { ok: true, status: 200 } } });
  expect(calls).toBe(2);
  expect(
    await peek(sql`SELECT channel, state FROM message WHERE workspace_id = ${own.workspace} ORDER BY queued_at`),
  ).toMatchObject([
    { channel: "push", state: "skipped" },
    { channel: "email", state: "accepted" },
  ]);
});
