import { cpus } from "node:os";
import type { Finding, Times } from "./findings";
import type { Verdict } from "./procedure";

/** What became of one procedure: a line of the file that `--out` writes. */
export type Report = {
  name: string;
  /** Every finding holds, and nothing was thrown. */
  ok: boolean;
  /** When it began, ISO 8601. */
  at: string;
  /** Load averages of a minute, when it began and ended. */
  load: [number, number];
  /** From an empty folder to the last count. */
  seconds: number;
  faults?: number;
  over?: string;
  /** How many findings there are, and what those that do not hold wanted and found. */
  findings?: number;
  broken?: { what: string; wanted: string; found: string }[];
  /** How long it took to go on, by the part that was broken; milliseconds. */
  times?: Times[];
  says?: string;
  /** Why it did not come to its end. */
  threw?: string;
};

export const verdictOf = ({ faults, over, findings, says }: Verdict): Partial<Report> => ({
  faults,
  over,
  findings: findings.length,
  broken: findings.filter(({ holds }) => !holds).map(plainly),
  times: findings.flatMap(({ times }) => times ?? []),
  ...(says !== undefined && { says }),
});

const plainly = ({ what, wanted, found }: Finding) => ({ what, wanted: String(wanted), found: String(found) });

/** For people who watch. */
export function told({ name, ok, faults, over, findings, broken = [], times = [], says, threw }: Report): string {
  const wrong = broken.map(({ what, wanted, found }) => `  ✗ ${what}: wanted ${wanted}, found ${found}\n`).join("");
  if (threw !== undefined) return `✗ ${name}: ${threw}`;
  const besides = [...times.map(inWords), ...(says ? [says] : [])].join("; ");
  return `${wrong}${ok ? "✓" : "✗"} ${name}: ${faults} faults over ${over}; ${(findings ?? 0) - broken.length} of ${findings} hold; ${besides}`;
}

const inWords = ({ part, moved, all, sent, allowed, onAnIdleMachine }: Times): string =>
  `${part}: next member moved after ${moved[0]} ms (median), ${moved[1]} ms at most; all that waited then after ${all[0]} ms (median), ${all[1]} ms at most, allowed ${allowed}${allowed > onAnIdleMachine ? ` (${onAnIdleMachine} on an idle machine)` : ""}; all messages that waited had left after ${sent[0]} ms (median), ${sent[1]} ms at most`;

/**
 * The table of docs/faults.md: of each procedure its last report, in the order given. A load average under the number of cores says that
 * nothing else of size ran.
 */
export function table(reports: readonly Report[], order: readonly string[]): string {
  const last = new Map(reports.map((report) => [report.name, report]));
  const rows = order.flatMap((name) => {
    const report = last.get(name);
    if (!report) return [];
    const { ok, faults, over, times = [], says, threw, load } = report;
    const mark = ok ? "" : "**✗** ";
    const cells = [
      `${mark}${name}`,
      faults ?? "",
      over ?? threw ?? "",
      ...(["moved", "all", "sent"] as const).map((what) => times.map((one) => inSeconds(one[what])).join("; ")),
      short(says),
      `${load[0].toFixed(1)}–${load[1].toFixed(1)}`,
    ];
    return [`| ${cells.join(" | ")} |`];
  });
  return [
    `| procedure | faults | over | moved | all | sent | besides | load (${cpus().length} cores) |`,
    "|---|---|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

const inSeconds = ([median, most]: [number, number]): string => {
  const of = (ms: number): string => (ms / 1000).toFixed(1);
  return of(median) === of(most) ? `${of(median)} s` : `${of(median)}, ${of(most)} s`;
};

/** Without what the other columns or the words above the table tell. */
const short = (says = ""): string =>
  says
    .split("; ")
    .filter((part) => !/^all at their end|^0 in doubt/.test(part))
    .join("; ");
