import { expect, it } from "vitest";
import { freePort } from "@/scripts/process/ports";
import { end } from "./ending";
import { serveHealth } from "./serve-health";

it("says that it is stopping for as long as anything of it goes on", async () => {
  const port = await freePort();
  const closeHealth = serveHealth(port, async () => "stopping");
  const ready = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).json();
  const heard: unknown[] = [];
  const asked = async () => {
    heard.push(await ready());
  };
  await end({
    worker: { stop: asked },
    connection: Promise.resolve({ close: asked }),
    disconnect: asked,
    closeHealth,
  });
  expect(heard).toEqual(Array(3).fill({ ok: false, reason: "stopping" }));
  await expect(ready()).rejects.toThrow("fetch failed");
});
