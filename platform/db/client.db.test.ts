import { afterAll, expect, it } from "vitest";
import { freePort } from "@/scripts/process/ports";
import { Link } from "@/tests/faults/link";
import { database } from "@/tests/harness/database";
import { Client, isAway } from ".";

const { url } = await database();
const wire = await Link.open(await freePort(), Number(new URL(url).port));
afterAll(() => wire.close());

const open = async (): Promise<Client> => {
  const over = new URL(url);
  over.port = String(wire.port);
  const client = new Client({ connectionString: over.href });
  client.on("error", () => {});
  await client.connect();
  return client;
};

it("gives an answer up that is lost with its connection, and not one that is slow", { timeout: 30_000 }, async () => {
  const forgotten = await open();
  await forgotten.query("SELECT 1");
  wire.forget();
  const slow = await open();
  const answers = await Promise.allSettled([forgotten.query("SELECT 2"), slow.query("SELECT pg_sleep(9)")]);
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(answers[0]?.status === "rejected" && isAway(answers[0].reason)).toBe(true);
  await slow.end();
});
