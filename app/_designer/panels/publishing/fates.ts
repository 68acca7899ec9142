import type { Moves, Preview } from "../../api";

/** What was chosen, as far as there are still members at the step and the step to go on at is still drawn. */
export function movesAmong({ nodes, targets }: Pick<Preview, "nodes" | "targets">, moves: Moves): Moves {
  const at = new Set(nodes.map(({ node }) => node));
  const to = new Set(targets.map(({ node }) => node));
  return Object.fromEntries(
    Object.entries(moves).filter(([node, fate]) => at.has(node) && (fate.is !== "move" || to.has(fate.to))),
  );
}

/** Names for steps in one list: a title of several is followed by what its card says, and by a number where that is the same too. */
export function toldApart(steps: { node: string; title: string; says: string }[]): Map<string, string> {
  const full = steps.map(({ node, title, says }) => ({
    node,
    name: says && isTwice(steps, (one) => one.title === title) ? `${title} · ${says}` : title,
  }));
  const met = new Map<string, number>();
  return new Map(
    full.map(({ node, name }) => {
      const n = (met.get(name) ?? 0) + 1;
      met.set(name, n);
      return [node, isTwice(full, (one) => one.name === name) ? `${name} (${n})` : name];
    }),
  );
}

const isTwice = <T>(list: T[], is: (one: T) => boolean): boolean => list.filter(is).length > 1;
