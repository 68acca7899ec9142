import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildServer } from "@/api/server";
import { bigOrder } from "@/core/journey/big-order-harness";
import { peek, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";

await database();
const folder = mkdtempSync(join(tmpdir(), "regulars-journey-"));
const app = await buildServer();
let onPreview = async (): Promise<unknown> => undefined;
app.addHook("onSend", async ({ url }) => {
  if (url.endsWith("/publish-preview")) await onPreview();
});
let own: Shop;
let url: string;
beforeAll(async () => {
  own = await shop();
  url = await app.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => app.close());

const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};
const drawn = () => JSON.parse(JSON.stringify(bigOrder).replaceAll(/"offer":"[^"]+"/g, `"offer":"${own.offer}"`));

/** `npm run journey -- …` as a reader runs it, against this API. */
function journey(...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ["scripts/run.mjs", "journey", ...words], {
    env: { ...process.env, REGULARS_API_KEY: own.apiKey, PUBLIC_API_URL: url, NODE_ENV: "test" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out, err })));
}

describe("journeys as files", () => {
  it("are checked, imported, published and exported as they were", async () => {
    const good = file("good.json", { $schema: "./journey.schema.json", ...drawn() });
    expect(await journey("check", good)).toEqual({ code: 0, out: `${good}: nothing wrong\n`, err: "" });
    const imported = await journey("import", good);
    expect(imported).toMatchObject({ code: 0, err: "" });
    const id = imported.out.slice(0, 36);
    expect(await journey("publish", id)).toMatchObject({ code: 0, out: "Big order: version 1 is live\n" });
    expect(await peek(sql`SELECT state, version FROM journey WHERE id = ${id}`)).toEqual([
      { state: "live", version: 1 },
    ]);
    const copy = join(folder, "copy.json");
    expect(await journey("export", id, copy)).toMatchObject({ code: 0, out: "" });
    expect(JSON.parse(readFileSync(copy, "utf8"))).toMatchObject(drawn());
    writeFileSync(copy, readFileSync(copy, "utf8").replace("Big order", "Bigger order"));
    expect((await journey("import", copy, "--id", id)).out).toBe(`${id}  Bigger order\n`);
    expect(await peek(sql`SELECT name, revision, version FROM journey WHERE id = ${id}`)).toEqual([
      { name: "Bigger order", revision: 2, version: 1 },
    ]);
  }, 60_000);

  it("with problems are told line by line, and do not publish", async () => {
    const bad = file("bad.json", {
      ...drawn(),
      edges: [...drawn().edges, { from: "five", port: "refused", to: "nowhere" }],
    });
    const checked = await journey("check", bad);
    expect(checked).toMatchObject({ code: 1, err: "" });
    expect(checked.out).toBe(
      `${bad}: error [five edges.8.to] A line leads to “nowhere”, which does not exist. (edge_dangling)\n`,
    );
    const id = (await journey("import", bad)).out.slice(0, 36);
    expect(await journey("publish", id)).toMatchObject({ code: 1 });
    expect(await peek(sql`SELECT state FROM journey WHERE id = ${id}`)).toEqual([{ state: "draft" }]);
  }, 60_000);

  it("are not published when somebody edits them after the command has said what it would do", async () => {
    const id = (await journey("import", file("edited.json", drawn()))).out.slice(0, 36);
    onPreview = () => peek(sql`UPDATE journey SET revision = revision + 1 WHERE id = ${id}`);
    const refused = await journey("publish", id);
    onPreview = async () => undefined;
    expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/revision_changed/) });
    expect(await peek(sql`SELECT state FROM journey WHERE id = ${id}`)).toEqual([{ state: "draft" }]);
    expect(await journey("publish", id)).toMatchObject({ code: 0, out: "Big order: version 1 is live\n" });
  }, 60_000);
});

it.each<[string, () => string[], RegExp]>([
  ["a command that is none", () => ["fly"], /no command "fly"/],
  ["an option that is none", () => ["check", "--force"], /--force/],
  ["no file", () => ["check"], /needs a file/],
  ["no file to simulate", () => ["simulate"], /needs a file/],
  ["no journey", () => ["publish"], /needs a journey's id/],
  ["a file that is missing", () => ["check", join(folder, "none.json")], /cannot be read/],
  ["a file that is no JSON", () => ["check", file("text.json", "{ name:")], /is no JSON/],
  ["a journey that is none", () => ["export", "00000000-0000-7000-8000-000000000000"], /404 not_found/],
  ["an id that is none", () => ["publish", "../keys"], /400 invalid/],
  [
    "a move that is none",
    () => ["publish", "00000000-0000-7000-8000-000000000000", "--moves", "week"],
    /--moves reads/,
  ],
  ["a wrong key", () => ["publish", "00000000-0000-7000-8000-000000000000", "--key", "sk_wrong"], /401 not_signed_in/],
  [
    "an API that is not there",
    () => ["publish", "00000000-0000-7000-8000-000000000000", "--url", "http://127.0.0.1:9"],
    /does not answer/,
  ],
  [
    "a document without a name",
    () => ["import", file("nameless.json", { entry: "", nodes: [], edges: [] })],
    /400 invalid .*document\.name/,
  ],
])(
  "says what is wrong with %s",
  async (_name, words, says) => {
    const { code, err } = await journey(...words());
    expect(code).toBe(1);
    expect(err).toMatch(says);
    expect(err).not.toMatch(/\n\s+at /);
  },
  30_000,
);

it("prints the schema without an API", async () => {
  const { code, out } = await journey("schema", "--url", "http://127.0.0.1:9");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ title: "Regulars journey" });
}, 30_000);

it("ends quietly when its reader has read enough", async () => {
  const child = spawn("sh", ["-c", `"${process.execPath}" scripts/run.mjs journey schema | head -c 1 >/dev/null`], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let err = "";
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  expect(await new Promise((resolve) => child.once("close", resolve))).toBe(0);
  expect(err).toBe("");
}, 30_000);
