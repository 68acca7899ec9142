import pino from "pino";
import { expect, it } from "vitest";
import { settings } from "./log";

it("leaves out what is named like a secret", () => {
  const lines: string[] = [];
  const log = pino(settings("info"), { write: (line: string) => void lines.push(line) });
  log.info({
    apiKey: "s3cret",
    options: { apiKey: "s3cret", password: "s3cret" },
    req: { headers: { cookie: "s3cret" } },
    address: "t:7233",
  });
  expect(lines.join("")).toContain("t:7233");
  expect(lines.join("")).not.toContain("s3cret");
});
