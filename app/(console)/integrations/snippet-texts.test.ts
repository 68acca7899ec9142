import { expect, it } from "vitest";
import { snippets } from "./snippet-texts";

const KEY = "wk_0123456789abcdefghijklmnopqrstuv";

it("gives the browser's library the key that it sends, and an address without its scheme", () => {
  const { browser } = snippets("https://crm.example.com", KEY);
  const [, integration = ""] = /"Segment\.io": (\{[^}]*\})/.exec(browser) ?? [];
  expect(integration).toBe(`{ apiKey: "${KEY}", apiHost: "crm.example.com/v1", protocol: "https" }`);
});

it("has the key and the address in each way of sending, and names no store that nobody has", () => {
  const { redeem, ...sending } = snippets("http://localhost:3001", KEY);
  for (const text of Object.values(sending)) {
    expect(text).toContain(KEY);
    expect(text).toContain("localhost:3001");
    expect(text).not.toMatch(/\bstore\b/);
  }
  expect(redeem).toContain("http://localhost:3001/api/v1/redemptions/confirm");
});
