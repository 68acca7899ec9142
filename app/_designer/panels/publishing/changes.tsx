"use client";
import { Button, Group, Text } from "@mantine/core";
import { useT } from "../../../_i18n/use-t";
import type { Preview } from "../../api";
import { useEditor } from "../../store/use-designer";

/** In how much the draft differs from what is live, and the way to see it on the canvas. */
export function PublishChanges({
  diff: { nodes },
  version,
  onGo,
}: {
  diff: NonNullable<Preview["diff"]>;
  /** What is live. */
  version: number | null;
  onGo(): void;
}) {
  const words = useT("lifecycle");
  const v = useT("designerVersions");
  const { look } = useEditor();
  return (
    <Group gap={8} justify="space-between">
      <Text size="xs" c="dimmed" data-testid="publish-diff">
        {words("changes", {
          added: nodes.added.length,
          changed: nodes.changed.length,
          removed: nodes.removed.length,
        })}
      </Text>
      {version !== null && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => {
            onGo();
            look({ mode: "compare", sides: { from: version, to: "draft" } });
          }}
          data-testid="publish-compare"
        >
          {v("review")}
        </Button>
      )}
    </Group>
  );
}
