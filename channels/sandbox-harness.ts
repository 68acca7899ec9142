import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Shown } from "@/sandbox/shown";
import { type Sandbox, startSandbox } from "@/sandbox/start";
import { twilioSms } from "./twilio";

/** A sandbox of its own for one test file, over TCP, with what tests ask of it. `authToken`: the installation's, where its own settings lead there. */
export async function sandboxForTests({ authToken = twilioSms.sandbox.authToken } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "regulars-sandbox-"));
  let sandbox = await startSandbox({ folder, httpPort: 0, smtpPort: 0, authToken, stepMs: 5 });
  const call = async (
    path: string,
    init?: { method?: string; json?: unknown },
  ): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(sandbox.url + path, {
      method: init?.method ?? (init?.json === undefined ? "GET" : "POST"),
      ...(init?.json !== undefined && {
        headers: { "content-type": "application/json" },
        body: JSON.stringify(init.json),
      }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  };
  return {
    folder,
    call,
    get sandbox(): Sandbox {
      return sandbox;
    },
    order: (channel: Shown["channel"], mode: string, count = 1) =>
      call("/sandbox/faults", { json: { channel, mode, count } }),
    async inbox(query: Record<string, string> = {}): Promise<Shown[]> {
      const { body } = await call(`/sandbox/messages?${new URLSearchParams(query)}`);
      // The boundary to the sandbox's JSON, whose shape is this type.
      return (body as { messages: Shown[] }).messages;
    },
    async restart(): Promise<void> {
      await sandbox.close();
      sandbox = await startSandbox({ folder, httpPort: 0, smtpPort: 0, authToken, stepMs: 5 });
    },
    async close(): Promise<void> {
      await sandbox.close();
      await rm(folder, { recursive: true });
    },
  };
}
