"use client";
import { Select } from "@mantine/core";
import type { JourneyNode } from "@/core/journey/document";
import { useT } from "../../_i18n/use-t";
import { freshNode, kindIds, kindOf } from "../kinds";
import { useSay, useShelf } from "../shelf";
import { useEditor } from "../store/use-designer";

/** What starts the journey: its one trigger becomes one of another kind, and what hangs on it stays. */
export function TriggerKind({ node }: { node: JourneyNode }) {
  const t = useT("designerEntries");
  const say = useSay();
  const { locale } = useShelf();
  const { edit } = useEditor();
  const data = kindIds.flatMap((id) => {
    const kind = kindOf(id);
    return kind?.family === "trigger" ? [{ value: id, label: say(kind.name) }] : [];
  });
  return (
    <Select
      label={t("trigger")}
      data={data}
      value={node.kind}
      allowDeselect={false}
      comboboxProps={{ zIndex: 200 }}
      data-testid="trigger-kind"
      onChange={(kind) => {
        if (kind === null || kind === node.kind) return;
        edit((document) => ({
          ...document,
          nodes: document.nodes.map((one) =>
            one.id === node.id ? { ...one, kind, config: freshNode(kind, one.id, locale).config } : one,
          ),
        }));
      }}
    />
  );
}
