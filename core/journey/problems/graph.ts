import { gosOf, waysOut } from "../../plan/order";
import type { Go, Step, Waiting } from "../../plan/step";
import type { Draft } from "../draft";
import { usableEdges } from "../draft";
import { cycles, reachable } from "../graph";
import type { Problem } from "../problem";
import { titleOf } from "./title";

/** Whether the drawing holds together: its entry, its edges, its cycles. */
export function graphProblems(draft: Draft): Problem[] {
  const edges = usableEdges(draft.document, (id) => draft.nodes.has(id));
  return [
    ...entryProblems(draft),
    ...doubleNodes(draft),
    ...doubleReplacements(draft),
    ...edgeProblems(draft),
    ...unreachableNodes(draft, edges),
    ...endlessCycles(draft, edges),
  ];
}

function entryProblems({ document, nodes }: Draft): Problem[] {
  const trigger = nodes.get(document.entry);
  if (!trigger)
    return [
      {
        code: "entry_missing",
        severity: "error",
        path: ["entry"],
        says: { en: "The journey has no trigger: nobody would enter.", "zh-CN": "旅程没有触发器，不会有人进入。" },
      },
    ];
  if (trigger.kindOf && trigger.kindOf.family !== "trigger")
    return [
      {
        code: "entry_no_trigger",
        severity: "error",
        node: trigger.id,
        says: {
          en: "The journey begins at this node, which is not a trigger.",
          "zh-CN": "旅程从此节点开始，但它不是触发器。",
        },
      },
    ];
  const others = [...nodes.values()].filter((node) => node.id !== trigger.id && node.kindOf?.family === "trigger");
  const into = document.edges.filter(({ to }) => nodes.get(to)?.kindOf?.family === "trigger");
  const unwired = draftEndsAtOnce(
    trigger.ports.map(({ id }) => id),
    document.edges,
    trigger.id,
  );
  return [
    ...others.map(
      (node): Problem => ({
        code: "trigger_twice",
        severity: "error",
        node: node.id,
        says: { en: "A journey has one trigger; this is another.", "zh-CN": "一个旅程只有一个触发器，这里多了一个。" },
      }),
    ),
    ...into.map(
      ({ to }): Problem => ({
        code: "edge_into_trigger",
        severity: "error",
        node: to,
        says: {
          en: "A line leads into the trigger, where only events can arrive.",
          "zh-CN": "有连线指向触发器，而触发器只能由事件进入。",
        },
      }),
    ),
    ...(unwired
      ? [
          {
            code: "trigger_unwired",
            severity: "error" as const,
            node: trigger.id,
            says: { en: "Nothing happens after the trigger yet.", "zh-CN": "触发之后还没有任何步骤。" },
          },
        ]
      : []),
  ];
}

const draftEndsAtOnce = (ports: string[], edges: { from: string }[], trigger: string) =>
  ports.length > 0 && !edges.some(({ from }) => from === trigger);

function doubleNodes({ document }: Draft): Problem[] {
  const seen = new Set<string>();
  return document.nodes.flatMap(({ id }, i): Problem[] => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [
      {
        code: "node_id_twice",
        severity: "error",
        path: ["nodes", i, "id"],
        says: { en: `Two nodes have the id “${id}”.`, "zh-CN": `有两个节点的 id 都是“${id}”。` },
      },
    ];
  });
}

/** Two nodes cannot both go on with the history of one. */
function doubleReplacements({ document }: Draft): Problem[] {
  return document.nodes.flatMap(({ id, replaces }): Problem[] =>
    replaces === undefined || replaces === id
      ? []
      : [
          {
            code: "replaces_taken",
            severity: "error",
            node: id,
            says: {
              en: `This node is to replace “${replaces}”, which is still there or replaced already.`,
              "zh-CN": `此节点要替换“${replaces}”，但它仍在旅程中或已被替换。`,
            },
          },
        ],
  );
}

function edgeProblems({ document, nodes }: Draft): Problem[] {
  const taken = new Set<string>();
  return document.edges.flatMap(({ from, port, to }, i): Problem[] => {
    const path = ["edges", i];
    const source = nodes.get(from);
    const target = nodes.get(to);
    const key = `${from}\n${port}`;
    const isTwice = taken.has(key);
    taken.add(key);
    if (!source)
      return [
        {
          code: "edge_dangling",
          severity: "error",
          path: [...path, "from"],
          says: {
            en: `A line begins at “${from}”, which does not exist.`,
            "zh-CN": `有连线从不存在的节点“${from}”出发。`,
          },
        },
      ];
    if (!target)
      return [
        {
          code: "edge_dangling",
          severity: "error",
          node: from,
          path: [...path, "to"],
          says: { en: `A line leads to “${to}”, which does not exist.`, "zh-CN": `有连线指向不存在的节点“${to}”。` },
        },
      ];
    if (isTwice)
      return [
        {
          code: "port_twice",
          severity: "error",
          node: from,
          path,
          says: { en: `Two lines leave by the same way (“${port}”).`, "zh-CN": `同一出口（“${port}”）连了两条线。` },
        },
      ];
    if (source.kindOf && source.issues.length === 0 && !source.ports.some(({ id }) => id === port)) {
      const known = source.ports.map(({ id }) => id).join(", ") || "–";
      return [
        {
          code: "port_unknown",
          severity: "error",
          node: from,
          path: [...path, "port"],
          says: {
            en: `“${titleOf(source, "en")}” has no way out named “${port}”. It has: ${known}.`,
            "zh-CN": `“${titleOf(source, "zh-CN")}”没有名为“${port}”的出口。可用出口：${known}。`,
          },
        },
      ];
    }
    return [];
  });
}

function unreachableNodes({ document, nodes }: Draft, edges: ReturnType<typeof usableEdges>): Problem[] {
  if (!nodes.has(document.entry)) return [];
  const reached = reachable(document.entry, edges);
  return [...nodes.values()]
    .filter(({ id, kindOf }) => !reached.has(id) && kindOf?.family !== "trigger")
    .map(({ id }) => ({
      code: "node_unreachable",
      severity: "warning",
      node: id,
      says: { en: "No way leads here from the trigger.", "zh-CN": "从触发器出发无法到达此节点。" },
    }));
}

/** A cycle none of whose ways takes time would turn for ever in one instant. */
function endlessCycles({ nodes }: Draft, edges: ReturnType<typeof usableEdges>): Problem[] {
  const rushing = edges.filter(({ from, port }) => {
    const node = nodes.get(from);
    return !node?.kindOf || node.issues.length > 0
      ? node?.kindOf?.family !== "wait"
      : node.kindOf.family !== "trigger" && rushedPorts(node.steps).has(port);
  });
  return cycles([...nodes.keys()], rushing).map((group) => {
    const node = [...nodes.keys()].find((id) => group.includes(id));
    return {
      code: "cycle_without_wait",
      severity: "error",
      ...(node !== undefined && { node }),
      says: {
        en: "This loop has no wait that surely takes time: members would go round it for ever.",
        "zh-CN": "这个循环中没有必定耗时的等待，会员会无休止地循环。",
      },
    };
  });
}

/** The ports that a run may leave by in the instant in which it came. */
function rushedPorts(steps: Record<string, Step>): Set<string> {
  const ports = new Set<string>();
  const seen = new Set<string>();
  const open = ["start"];
  for (let local = open.pop(); local !== undefined; local = open.pop()) {
    const step = steps[local];
    if (!step || seen.has(local)) continue;
    seen.add(local);
    for (const go of step.op === "wait" ? step.first.flatMap(rushedWays) : gosOf(step))
      if ("step" in go) open.push(go.step);
      else ports.add(go.port);
  }
  return ports;
}

/** Events and durations take time, a date once reached is past; a rule may hold, a window be open, a date be past or missing already. */
function rushedWays(way: Waiting): Go[] {
  if ("on" in way) return [];
  if ("holds" in way) return [way.go];
  const [, ...atOnce] = waysOut(way);
  const { until } = way;
  const isPastAlready = "at" in until || ("date" in until && until.yearly === undefined && !way.past);
  return "window" in until || isPastAlready ? [way.go, ...atOnce] : atOnce;
}
