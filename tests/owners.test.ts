import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { owners, type Table } from "@/prisma/owners";

const root = fileURLToPath(new URL("..", import.meta.url));
const ROOMS = [
  "activities",
  "api",
  "app",
  "channels",
  "core",
  "platform",
  "sandbox",
  "services",
  "worker",
  "workflows",
];

/** Empties a whole demo workspace, table by table of this very list. */
const ALLOWED = new Set(["services/demo/remove.ts"]);
/** engine() is without row-level security, and unscoped() leaves it, so only these may. */
const ENGINE =
  /^services\/(engine|segments|events|intake|messages|rings|access|demo|journeys|members|points|workspaces|insight|tasks|webhooks|expiry)\/|^api\/|^platform\//;

const sources = ROOMS.flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/(\.test|-harness)\.tsx?$/.test(name))
    .map((name) => ({ file: `${room}/${name}`, text: readFileSync(join(root, room, name), "utf8") })),
);
const isTable = (name: string): name is Table => Object.hasOwn(owners, name);

it("lets a table be written only by the folder that owns it", () => {
  let writes = 0;
  const wrong = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?([a-z_]+)"?/g)].flatMap(([, table = ""]) => {
      if (!isTable(table) || ALLOWED.has(file)) return [];
      writes++;
      const rooms = [owners[table]].flat();
      return rooms.some((room) => file.startsWith(`${room}/`)) ? [] : [`${file} writes ${table}, which ${rooms} owns`];
    }),
  );
  expect(writes).toBeGreaterThan(30);
  expect(wrong).toEqual([]);
});

it("opens transactions over all workspaces only where that is allowed", () => {
  const users = sources
    .filter(({ text }) => /import \{[^}]*\b(?:engine|unscoped)\b[^}]*\} from "@\/platform\/db"/.test(text))
    .map(({ file }) => file);
  expect(users.length).toBeGreaterThan(10);
  expect(users.filter((file) => !ENGINE.test(file))).toEqual([]);
});
