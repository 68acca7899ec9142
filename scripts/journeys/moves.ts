import { Problem } from "../embedded/problem";

export type Fate = { is: "stay" } | { is: "exit" } | { is: "move"; to: string };
export type Moves = Record<string, Fate>;
/** A node of the published version with members at it, as the publish preview tells. */
export type Standing = { node: string; change: string; waiting: number; ready: number; suggested: Fate };

/** `week=exit`, `week=stay`, `week=reminder`: what becomes of members at a node, as publishing takes it. */
export function movesOf(lines: readonly string[]): Moves {
  return Object.fromEntries(
    lines.map((line) => {
      const [, node, fate] = /^([^=]+)=(.+)$/.exec(line) ?? [];
      if (node === undefined || fate === undefined)
        throw new Problem(`--moves reads <node>=<node|stay|exit>, for instance --moves week=stay; "${line}" does not`);
      return [node, fate === "stay" || fate === "exit" ? { is: fate } : { is: "move", to: fate }];
    }),
  );
}

/** One line of what publishing does to members at a node. */
export function standing({ node, change, waiting, ready }: Standing, fate: Fate): string {
  const goes =
    fate.is === "move"
      ? fate.to === node
        ? "go on there"
        : `go on at ${fate.to}`
      : fate.is === "stay"
        ? "finish what they began"
        : "leave";
  return `${node} (${change}): ${waiting + ready} members ${goes}`;
}
