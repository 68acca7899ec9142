import type { Go } from "../plan/step";
import type { Text } from "../text";
import { askKind, portsOf } from "./ask-kind";
import type { JourneyNode } from "./document";
import type { InnerStep } from "./inner-step";

type Node = Pick<JourneyNode, "kind" | "config">;

/** What a node is made of, by the local names of its steps; nothing of one that is a single step. */
export const innerSteps = (node: Node): Record<string, InnerStep> =>
  askKind(node, (kind, config) => (kind.family === "trigger" ? {} : (kind.steps?.(config) ?? {}))) ?? {};

/** How runs leave a journey, whatever the node. */
const ENDS: Record<string, Text> = {
  "@overflow": { en: "no room", "zh-CN": "已满" },
  "@goal": { en: "goal reached", "zh-CN": "达成目标" },
  "@exit": { en: "left the journey", "zh-CN": "退出旅程" },
  goal: { en: "goal reached", "zh-CN": "达成目标" },
  exit: { en: "left the journey", "zh-CN": "退出旅程" },
  done: { en: "ended", "zh-CN": "结束" },
};

/** What a way out of one of a node's steps (`local`) is called: to another step inside, by a port, or for good. Null: it has no name of its own. */
export function wayOf(node: Node | undefined, local: string, go: Go): Text | null {
  if ("step" in go) return (node && innerSteps(node)[local]?.ways?.[go.step]) ?? null;
  const port = node && portsOf(node).find(({ id }) => id === go.port);
  return port?.name ?? (Object.hasOwn(ENDS, go.port) ? (ENDS[go.port] ?? null) : null);
}
