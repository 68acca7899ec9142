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
/**
 * engine() is without row-level security and unscoped() leaves it: only these files of services/ may, each of which names the workspace in every
 * statement or works on all of them on purpose. Another one belongs in write() or query(), unless it must look across workspaces.
 */
const EVERYWHERE: Record<string, string[]> = {
  access: [
    "actor-from-key",
    "actor-from-session",
    "create-owner",
    "forget-answers",
    "me",
    "one-time-password",
    "people/change",
    "people/invite",
    "people/list",
    "renew-password",
    "sign-in-attempts",
  ],
  engine: [
    "conduct",
    "dispatching/dispatch",
    "due-turn",
    "entering/broadcast",
    "entering/enter-due",
    "entering/turn-away",
    "fold-hours",
    "jobs/work",
    "release-held",
    "sweep",
  ],
  events: ["pulse", "readiness", "tell-screens"],
  expiry: ["tell-coupons", "tell-points"],
  intake: ["backlog", "forget-keys", "ingest", "unknown-places"],
  journeys: ["operating/pause-itself"],
  members: ["end-tiers"],
  messages: [
    "forget-hours",
    "links/follow",
    "providers/circuits",
    "pumping/claim",
    "pumping/outcome",
    "pumping/pump",
    "pumping/put-back",
    "pumping/reconcile",
    "report",
    "unsubscribe",
  ],
  points: ["expire-everywhere"],
  rings: ["announce-soon", "beats", "conductors", "ring-journeys"],
  segments: ["estimate", "known-fields", "overlap", "turn", "values"],
  tasks: ["cancel-left"],
  webhooks: ["claim", "held", "outcome"],
  workspaces: ["demo-door", "zones"],
};

const sources = ROOMS.flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/(\.test|-harness)\.tsx?$/.test(name))
    .map((name) => ({ file: `${room}/${name}`, text: readFileSync(join(root, room, name), "utf8") })),
);
const isTable = (name: string): name is Table => Object.hasOwn(owners, name);

/** The tables that SQL writes; what is not told in the text counts as `?`. */
const targetsOf = (text: string): string[] =>
  [
    ...text.matchAll(
      /\b(?:INSERT INTO|UPDATE|DELETE FROM|MERGE INTO|TRUNCATE(?: TABLE)?|COPY)\s+(?:ONLY\s+)?(?:"?([a-z_]+)"?|\$\{)/g,
    ),
  ].map(([, table = "?"]) => table);

it("lets a table be written only by the folder that owns it", () => {
  let writes = 0;
  const wrong = sources.flatMap(({ file, text }) =>
    targetsOf(text).flatMap((table) => {
      if (!isTable(table) || ALLOWED.has(file)) return [];
      writes++;
      const places = [owners[table]].flat();
      return places.some((place) => file === place || file.startsWith(`${place}/`))
        ? []
        : [`${file} writes ${table}, which ${places} owns`];
    }),
  );
  expect(writes).toBeGreaterThan(30);
  expect(wrong).toEqual([]);
});

it("writes no table that only a run would tell", () => {
  const unclear = sources.filter(({ file, text }) => !ALLOWED.has(file) && targetsOf(text).includes("?"));
  expect(unclear.map(({ file }) => file)).toEqual([]);
  expect(targetsOf(`UPDATE $${"{table}"} SET; MERGE INTO coupon c; DELETE FROM ONLY run`)).toEqual([
    "?",
    "coupon",
    "run",
  ]);
});

it("opens transactions over all workspaces only in the files that are named for it", () => {
  const users = sources
    .filter(
      ({ file, text }) =>
        !file.startsWith("platform/db/") &&
        /import \{[^}]*\b(?:engine|unscoped)\b[^}]*\} from "@\/platform\/db"/.test(text),
    )
    .map(({ file }) => file);
  const named = Object.entries(EVERYWHERE).flatMap(([room, files]) =>
    files.map((name) => `services/${room}/${name}.ts`),
  );
  expect(users.sort()).toEqual(named.sort());
});
