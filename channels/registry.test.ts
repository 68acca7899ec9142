import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CHANNELS } from "@/core/message/channel";
import { providers } from "./registry";

const here = new URL(".", import.meta.url);

describe("the registry of providers", () => {
  it("holds every provider of the folder", () => {
    const written = readdirSync(here)
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .filter((file) => /^export const \w+: Provider</m.test(readFileSync(new URL(file, here), "utf8")))
      .map((file) => file.replace(".ts", ""));
    expect(written.length).toBeGreaterThan(0);
    expect(Object.keys(providers).sort()).toEqual(written.sort());
  });
  it("has someone to carry every channel", () => {
    expect(new Set(Object.values(providers).map(({ channel }) => channel))).toEqual(new Set(CHANNELS));
  });
});

describe.each(Object.entries(providers))("%s", (_name, provider) => {
  it("accepts its own sandbox settings, unchanged", () => {
    expect(provider.settings.parse(provider.sandbox)).toEqual(provider.sandbox);
  });
  it("refuses empty settings", () => {
    expect(provider.settings.safeParse({}).success).toBe(false);
  });
});
