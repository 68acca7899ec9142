import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

const registry = new Registry();
let hasDefaults = false;

/** What /metrics answers, in Prometheus' text format. */
export async function metricsText(): Promise<{ type: string; text: string }> {
  if (!hasDefaults) {
    hasDefaults = true;
    collectDefaultMetrics({ register: registry });
  }
  return { type: registry.contentType, text: await registry.metrics() };
}

const base = (name: string, help: string) => ({ name: `regulars_${name}`, help, registers: [registry] });
/**
 * `values`: those of each label, where they are known. Each is told as 0 from the beginning, for what begins with its first burst has risen by
 * nothing: increase() and rate() need a sample before it.
 */
export function counter<L extends string>(
  name: string,
  help: string,
  values: Record<L, readonly string[]> = {} as Record<L, readonly string[]>,
): Counter<L> {
  const labelNames = Object.keys(values) as L[];
  const made = new Counter({ ...base(name, help), labelNames });
  const all = labelNames.reduce<Partial<Record<L, string>>[]>(
    (begun, label) => begun.flatMap((one) => values[label].map((value) => ({ ...one, [label]: value }))),
    [{}],
  );
  for (const labels of all) made.inc(labels, 0);
  return made;
}
export const gauge = <L extends string>(name: string, help: string, labelNames: L[] = []): Gauge<L> =>
  new Gauge({ ...base(name, help), labelNames });
/** Buckets in seconds, unless it counts something else. */
export const histogram = <L extends string>(
  name: string,
  help: string,
  labelNames: L[] = [],
  buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
): Histogram<L> => new Histogram({ ...base(name, help), labelNames, buckets });
/** Buckets for the sizes of sets. */
export const SIZES = [1, 2, 5, 10, 25, 50, 100, 250, 500];
