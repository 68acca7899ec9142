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

it("sends nothing twice, and writes amounts in one unit for each kind of sender", () => {
  const { curl, cloud, node, browser, rudder } = snippets("http://localhost:3001", KEY);
  const ids = [/"messageId": "([^"]+)"/.exec(curl)?.[1], /"id": "([^"]+)"/.exec(cloud)?.[1]];
  expect(ids.filter(Boolean)).toHaveLength(2);
  expect(new Set(ids).size).toBe(2);
  // Segment's libraries and words: decimals. Ours: whole numbers of the minor unit.
  for (const text of [node, browser, rudder, curl])
    for (const [, amount] of text.matchAll(/(?:total|price|amount)"?: ([\d.]+)/g)) expect(amount).toMatch(/^\d+\.\d$/);
  expect(cloud).toMatch(/"amount": \d+ /);
});
