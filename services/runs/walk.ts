import type { StepId } from "@/core/ids";
import { MAIL } from "@/core/plan/control";
import { goNamed } from "@/core/plan/order";
import { follow, type Plan } from "@/core/plan/plan";

export type Line = { step: StepId; lap: number; port: string | null; at: Date; why: unknown };

/**
 * A run's journal in the order it was walked: lines of one transaction share their instant, so the drawing says what came first. Lines the
 * drawing does not lead to (a step moved by hand, an older version's) follow by their instant.
 */
export function walked(plan: Plan, lines: readonly Line[]): Line[] {
  // What came beside the way is no part of it.
  const beside = lines.filter(({ step }) => step === MAIL);
  const left = lines
    .filter(({ step }) => step !== MAIL)
    .sort((a, b) => a.at.getTime() - b.at.getTime() || a.lap - b.lap || (a.step < b.step ? -1 : 1));
  const order: Line[] = [];
  let next: { step: StepId | null; lap: number } = { step: plan.first, lap: left[0]?.lap ?? 0 };
  while (left.length > 0) {
    const found = left.findIndex(
      (line) => line.step === next.step && line.lap === next.lap && !line.port?.startsWith("@"),
    );
    const [line] = left.splice(Math.max(found, 0), 1);
    if (!line) break;
    order.push(line);
    next = after(plan, line);
  }
  for (const line of beside) {
    const later = order.findIndex(({ at }) => at > line.at);
    order.splice(later < 0 ? order.length : later, 0, line);
  }
  return order;
}

function after(plan: Plan, { step, lap, port }: Line): { step: StepId | null; lap: number } {
  if (port === null || !plan.steps[step]) return { step: null, lap };
  const { to, back } = follow(plan, step, goNamed(plan.steps[step], port));
  return { step: to, lap: back ? lap + 1 : lap };
}
