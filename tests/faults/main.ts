import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import type { Procedure } from "./procedure";
import { procedures } from "./procedures/registry";
import { type Report, table, told, verdictOf } from "./report";
import { World } from "./world";

/**
 * `npm run test:faults [-- [--out file] part of a name …]`: breaks a whole installation in each way, then asks the ledger what is still true.
 * `--out` adds a JSON object a procedure to a file, and `--table file` prints the newest of each as the table of docs/faults.md, running nothing.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: "string" }, table: { type: "string" } },
  });
  if (values.table !== undefined) {
    const lines = readFileSync(values.table, "utf8").split("\n").filter(Boolean);
    console.log(
      table(
        lines.map((line): Report => JSON.parse(line)),
        procedures.map(({ name }) => name),
      ),
    );
    return;
  }
  const chosen = procedures.filter(
    ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
  );
  if (chosen.length === 0) {
    console.error(`No procedure's name has "${positionals.join('" or "')}" in it:`);
    for (const { name } of procedures) console.error(`  ${name}`);
    process.exitCode = 2;
    return;
  }
  // At once: a path that cannot be written should not show after an hour.
  if (values.out !== undefined) writeFileSync(values.out, "", { flag: "a" });
  let passed = 0;
  for (const procedure of chosen) {
    const report = await run(procedure);
    console.log(told(report));
    if (values.out !== undefined) appendFileSync(values.out, `${JSON.stringify(report)}\n`);
    if (report.ok) passed++;
  }
  console.log(`${passed} passed, ${chosen.length - passed} failed`);
  process.exitCode = passed === chosen.length ? 0 : 1;
}

async function run({ name, world: options, run: go }: Procedure): Promise<Report> {
  const world = new World(options);
  const began = Date.now();
  const load = (): number => loadavg()[0] ?? 0;
  const before = load();
  const report = (rest: Partial<Report> & Pick<Report, "ok">): Report => ({
    name,
    at: new Date(began).toISOString(),
    load: [before, load()],
    seconds: Math.round((Date.now() - began) / 1000),
    ...rest,
  });
  try {
    await world.start();
    const verdict = verdictOf(await go(world));
    return report({ ok: verdict.broken?.length === 0, ...verdict });
  } catch (error) {
    return report({ ok: false, threw: error instanceof Error ? error.message : String(error) });
  } finally {
    const keep = process.env.KEEP_FAULTS !== undefined;
    if (keep) console.log(`  logs are in ${world.home}`);
    await world.stop({ keep });
  }
}

await main();
process.exit();
