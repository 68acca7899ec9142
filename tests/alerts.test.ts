import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { metricsText } from "@/platform/metrics";
import "@/services/engine/failing";
import "@/services/events/bury";
import "@/services/intake/intake";
import "@/services/messages/pumping/pump";

it("tells each counter that an alert watches before anything was counted, so that the first burst is an increase", async () => {
  const rules = await readFile("docs/alerts.yml", "utf8");
  const watched = [...rules.matchAll(/(?:increase|rate)\((\w+?(?:_total|_bucket))(?:\{(.*?)\})?\[/g)];
  expect(watched.length).toBeGreaterThan(2);
  const { text } = await metricsText();
  const samples = text.split("\n").filter((line) => !line.startsWith("#"));
  for (const [, name = "", labels = ""] of watched)
    expect(
      samples.some((line) => /^\w+/.exec(line)?.[0] === name && labels.split(",").every((one) => line.includes(one))),
      `${name}{${labels}}`,
    ).toBe(true);
});
