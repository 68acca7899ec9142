"use client";
import { Select, Text } from "@mantine/core";
import { rootOf } from "@/core/journey/rooted";
import { useT } from "../../../_i18n/use-t";
import type { Preview } from "../../api";
import { useDesigner } from "../../store/use-designer";
import { useNameOf, useSays } from "../../use-says";
import classes from "../panels.module.css";
import { toldApart } from "./fates";

export type Fate = Preview["nodes"][number]["suggested"];

/** Who stands where, and where they go on: one choice per step, the usual one taken already. */
export function PublishMoves({
  preview,
  moves,
  isFixed,
  onChoose,
}: {
  preview: Preview;
  moves: Record<string, Fate>;
  /** Chosen by whoever asked for approval. */
  isFixed: boolean;
  onChoose(node: string, fate: Fate): void;
}) {
  const t = useT("lifecycle");
  const nameOf = useNameOf();
  const version = String(preview.version ?? 0);
  const says = useSays();
  const document = useDesigner((state) => state.document);
  const titles = (lines: Pick<Preview["targets"][number], "node" | "kind" | "title" | "says">[]) =>
    toldApart(
      lines.map(({ node, kind, title, says: nodeSays }) => {
        const drawn = document.nodes.find((one) => rootOf(one) === node);
        const text = drawn ? says(drawn).map((piece) => piece.text) : [];
        const called = nameOf({ node, nodeKind: kind, nodeTitle: title, nodeSays });
        return { node, title: called, says: text.join("") };
      }),
    );
  const standing = titles(preview.nodes);
  const targets = titles(preview.targets);
  return (
    <section className={classes.moves} aria-label={t("whereTo")} data-testid="publish-moves">
      <Text size="sm" fw={600}>
        {t("whereTo")}
      </Text>
      {preview.nodes.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("nobody")}
        </Text>
      ) : (
        <Text size="sm" c="dimmed">
          {t("whereToLead", { version })}
        </Text>
      )}
      <ul>
        {preview.nodes.map((one) => {
          const choices = [
            { value: "stay", label: t("stay", { version }) },
            { value: "exit", label: t("exit") },
            ...preview.targets.map((target) => ({
              value: `to ${target.node}`,
              label:
                one.suggested.is === "move" && one.suggested.to === target.node
                  ? t("goOn")
                  : t("goTo", { node: targets.get(target.node) ?? target.node }),
            })),
          ];
          const chosen = keyOf(moves[one.node] ?? one.suggested);
          return (
            <li key={one.node} data-testid={`moves-${one.node}`}>
              <div>
                <Text size="sm" fw={550}>
                  {standing.get(one.node)}
                </Text>
                <Text size="xs" c={one.change === "removed" ? "var(--tone-bad)" : "dimmed"}>
                  {t(`change.${one.change}`)} · {t("waiting", { count: one.waiting })}
                  {one.ready > 0 && ` · ${t("ready", { count: one.ready })}`}
                </Text>
              </div>
              <Select
                aria-label={t("fateOf", { node: standing.get(one.node) ?? one.node })}
                size="xs"
                allowDeselect={false}
                disabled={isFixed}
                comboboxProps={{ zIndex: 400 }}
                value={chosen}
                title={choices.find(({ value }) => value === chosen)?.label}
                onChange={(key) => key && onChoose(one.node, fateOf(key))}
                data={choices}
              />
            </li>
          );
        })}
      </ul>
      {preview.older > 0 && (
        <Text size="xs" c="dimmed">
          {t("older", { count: preview.older })}
        </Text>
      )}
    </section>
  );
}

const keyOf = (fate: Fate): string => (fate.is === "move" ? `to ${fate.to}` : fate.is);
const fateOf = (key: string): Fate =>
  key.startsWith("to ") ? { is: "move", to: key.slice(3) } : { is: key === "exit" ? "exit" : "stay" };
