import type { Procedure } from "./procedure";
import { procedures } from "./procedures/registry";
import { World } from "./world";

/** `npm run test:faults [-- part of a procedure's name]`: breaks a whole installation in each way, then asks the ledger what is still true. */
async function main(): Promise<void> {
  const wanted = process.argv[2] ?? "";
  let passed = 0;
  let failed = 0;
  for (const procedure of procedures.filter(({ name }) => name.includes(wanted))) {
    const ok = await run(procedure);
    if (ok) passed++;
    else failed++;
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

async function run({ name, world: options, run: go }: Procedure): Promise<boolean> {
  const world = new World(options);
  try {
    await world.start();
    const { faults, over, findings, says } = await go(world);
    const broken = findings.filter(({ holds }) => !holds);
    for (const { what, wanted, found } of broken)
      console.log(`  ✗ ${what}: wanted ${String(wanted)}, found ${String(found)}`);
    const told = [...findings.flatMap(({ shown }) => (shown ? [shown] : [])), ...(says ? [says] : [])];
    console.log(
      `${broken.length === 0 ? "✓" : "✗"} ${name}: ${faults} faults over ${over}; ${findings.length - broken.length} of ${findings.length} hold; ${told.join("; ")}`,
    );
    return broken.length === 0;
  } catch (error) {
    console.log(`✗ ${name}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    const keep = process.env.KEEP_FAULTS !== undefined;
    if (keep) console.log(`  logs are in ${world.home}`);
    await world.stop({ keep });
  }
}

await main();
process.exit();
