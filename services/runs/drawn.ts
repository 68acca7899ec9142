import type { JourneyDocument } from "@/core/journey/document";
import type { kindOf } from "@/core/journey/registry";
import { rootOf } from "@/core/journey/rooted";
import type { Text } from "@/core/text";

export type Drawn = [node: JourneyDocument["nodes"][number] | undefined, kind: ReturnType<typeof kindOf>];

/** A drawing's node by its root id. */
export const nodeIn = (document: JourneyDocument, root: string) => document.nodes.find((one) => rootOf(one) === root);

/** What a node is called: by the marketer, else by its kind, else by its id. */
export const titleOf = (own: string | undefined, kind: Text | undefined, id: string): Text =>
  own ? { en: own, "zh-CN": own } : (kind ?? { en: id, "zh-CN": id });

const MOVED: Record<string, Text> = {
  "@overflow": { en: "no room", "zh-CN": "已满" },
  "@goal": { en: "goal reached", "zh-CN": "达成目标" },
  "@exit": { en: "left the journey", "zh-CN": "退出旅程" },
  goal: { en: "goal reached", "zh-CN": "达成目标" },
  exit: { en: "left the journey", "zh-CN": "退出旅程" },
  done: { en: "ended", "zh-CN": "结束" },
};

/** What a way out is called; null where it is the only one, which needs no words. */
export function portName(port: string | null, ...[node, kind]: Drawn): Text | null {
  if (port === null) return null;
  const config = kind?.config.safeParse(node?.config);
  const ports = config?.success ? (kind?.ports(config.data) ?? []) : [];
  if (ports.length === 1 && ports[0]?.id === port) return null;
  const known = ports.find((one) => one.id === port)?.name;
  return known ?? MOVED[port] ?? { en: port, "zh-CN": port };
}
