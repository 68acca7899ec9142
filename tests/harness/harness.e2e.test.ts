import { describe, expect, inject, it } from "vitest";
import { browser } from "./browser";
import { temporal } from "./temporal";

const { client, bundle } = await temporal();
const chrome = await browser();

describe("the harness", () => {
  it("gives flow and e2e tests one Temporal server and the workflows' bundle", async () => {
    expect(await client.workflowService.getSystemInfo({})).toMatchObject({ serverVersion: expect.any(String) });
    expect(bundle).toBe(inject("bundle"));
  });

  it.skipIf(!chrome)("gives e2e tests a browser that shows 中文", async () => {
    const page = await chrome?.newPage();
    await page?.setContent("<h1>常客</h1>");
    expect(await page?.textContent("h1")).toBe("常客");
  });
});
