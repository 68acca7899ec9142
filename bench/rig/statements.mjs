// Preloaded into a process under test: times every statement from its sending to its answer, and writes the sums at exit into the folder that
// BENCH_STATEMENTS names. Plain JavaScript, because Temporal's worker threads inherit the preload without the loader for TypeScript.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import pg from "pg";

const folder = process.env.BENCH_STATEMENTS;
const sums = new Map();

const query = pg.Client.prototype.query;
pg.Client.prototype.query = function timed(first, ...rest) {
  const text = typeof first === "string" ? first : (first?.text ?? "?");
  const began = performance.now();
  const answer = query.call(this, first, ...rest);
  if (answer instanceof Promise)
    answer.then(
      ({ rowCount }) => {
        const key = text.replaceAll(/\s+/g, " ").trim().slice(0, 110);
        const sum = sums.get(key) ?? { calls: 0, ms: 0, rows: 0 };
        sum.calls++;
        sum.ms += performance.now() - began;
        sum.rows += rowCount ?? 0;
        sums.set(key, sum);
      },
      () => {},
    );
  return answer;
};

process.on("exit", () => {
  if (!isMainThread || folder === undefined || sums.size === 0) return;
  const lines = [...sums]
    .sort(([, a], [, b]) => b.ms - a.ms)
    .map(
      ([text, { calls, ms, rows }]) =>
        `${ms.toFixed(0).padStart(8)} ms ${String(calls).padStart(7)} calls ${(ms / calls).toFixed(2).padStart(8)} ms each ${String(rows).padStart(9)} rows  ${text}`,
    );
  writeFileSync(join(folder, `statements-${process.pid}.txt`), `${process.argv[1]}\n${lines.join("\n")}\n`);
});
