import { appendFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import type { Figure } from "./bench";
import { benches } from "./registry";

/**
 * `npm run bench -- [--json] [--out file] [--small] [--profile folder] [name…]`: exits with 1 when a figure misses its goal. `--out` writes the
 * objects to a file of their own: on stdout npm puts two lines before them, unless it is told `-s`.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean" },
      out: { type: "string" },
      small: { type: "boolean" },
      profile: { type: "string" },
    },
  });
  const unknown = positionals.filter((name) => !benches.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    console.error(`There is no bench "${unknown.join('", "')}": ${benches.map(({ name }) => name).join(", ")}`);
    process.exit(2);
  }
  const say = (line: string): void => console.error(line);
  // At once: a path that cannot be written should not show after an hour.
  if (values.out !== undefined) writeFileSync(values.out, "");
  const figures: Figure[] = [];
  for (const bench of benches.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
    say(`${bench.name}: ${bench.about} (load ${loadavg()[0]?.toFixed(1)})`);
    for (const figure of await bench.run({
      isSmall: values.small ?? false,
      ...(values.profile !== undefined && { profile: values.profile }),
      say: (line) => say(`  ${line}`),
    })) {
      figures.push(figure);
      if (values.out !== undefined) appendFileSync(values.out, `${JSON.stringify(figure)}\n`);
      if (values.json) console.log(JSON.stringify(figure));
    }
  }
  if (!values.json) console.log(table(figures));
  process.exit(figures.every(({ ok }) => ok) ? 0 : 1);
}

function table(figures: readonly Figure[]): string {
  const rows = [
    ["", "figure", "value", "unit", "baseline", "ratio", "goal"],
    ...figures.map(({ name, value, unit, baseline, ratio, goal, ok }) => [
      ok ? "✓" : "✗",
      name,
      String(value),
      unit,
      baseline === null ? "" : String(baseline),
      ratio === null ? "" : `${ratio}×`,
      goal,
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
