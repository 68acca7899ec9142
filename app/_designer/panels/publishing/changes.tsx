"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useT } from "../../../_i18n/use-t";
import type { Preview } from "../../api";
import { useEditor } from "../../store/use-designer";

/** In how much the draft differs from what is live, the way to see it on the canvas, and what becomes of the holdout, which no card shows. */
export function PublishChanges({
  diff: { nodes },
  holdout,
  version,
  onGo,
}: {
  diff: NonNullable<Preview["diff"]>;
  holdout: Preview["holdout"];
  /** What is live. */
  version: number | null;
  onGo(): void;
}) {
  const words = useT("lifecycle");
  const v = useT("designerVersions");
  const { look } = useEditor();
  return (
    <Stack gap={4}>
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
      {holdout && (
        <Text size="sm" data-testid="publish-holdout">
          {words(holdout.to === 0 ? "noShare" : holdout.from === 0 ? "firstShare" : "newShare", holdout)}
        </Text>
      )}
    </Stack>
  );
}
