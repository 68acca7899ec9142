"use client";
import { Button, Group, Modal, SegmentedControl, Stack, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
import { useT } from "../../_i18n/use-t";
import { type Choice, merge } from "../store/merge";
import type { Conflicted } from "../store/sync";
import { useDesigner } from "../store/use-designer";
import { useSays, useTitle } from "../use-says";
import classes from "./panels.module.css";

/** Two people saved the same journey: what only one touched is kept; what both changed is chosen here, step by step. */
export function ConflictDialog({
  base,
  onSettle,
}: {
  base(): JourneyDocument;
  onSettle(theirs: Conflicted, document: JourneyDocument): void;
}) {
  const sync = useDesigner((state) => state.sync);
  return sync.is === "conflict" ? <Dialog theirs={sync.theirs} base={base()} onSettle={onSettle} /> : null;
}

function Dialog({
  theirs,
  base,
  onSettle,
}: {
  theirs: Conflicted;
  base: JourneyDocument;
  onSettle(theirs: Conflicted, document: JourneyDocument): void;
}) {
  const t = useT("designer");
  const mine = useDesigner((state) => state.document);
  const [choices, setChoices] = useState<Record<string, Choice>>({});
  const { document, conflicts } = useMemo(
    () => merge(base, mine, theirs.document, choices),
    [base, choices, mine, theirs],
  );
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      size="lg"
      title={t("conflict.title")}
      zIndex={300}
      data-testid="conflict"
    >
      <Stack gap="md">
        <Text size="sm">
          {t("conflict.lead", { by: theirs.by ?? t("conflict.someone"), revision: String(theirs.revision) })}
        </Text>
        {conflicts.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("conflict.noClash")}
          </Text>
        )}
        {conflicts.map((conflict) => (
          <div key={conflict.node} className={classes.clash}>
            <SegmentedControl
              fullWidth
              value={choices[conflict.node] ?? "mine"}
              data={[
                { value: "mine", label: t("conflict.mine") },
                { value: "theirs", label: t("conflict.theirs") },
              ]}
              aria-label={conflict.node}
              onChange={(next) =>
                setChoices((was) => ({ ...was, [conflict.node]: next === "theirs" ? "theirs" : "mine" }))
              }
            />
            <div className={classes.sides}>
              <Side node={conflict.mine} isChosen={(choices[conflict.node] ?? "mine") === "mine"} />
              <Side node={conflict.theirs} isChosen={choices[conflict.node] === "theirs"} />
            </div>
          </div>
        ))}
        <Group justify="space-between">
          <Button variant="subtle" color="gray" onClick={() => onSettle(theirs, theirs.document)}>
            {t("conflict.takeTheirs")}
          </Button>
          <Button onClick={() => onSettle(theirs, document)} data-autofocus>
            {t("conflict.keep")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Side({ node, isChosen }: { node: JourneyNode | undefined; isChosen: boolean }) {
  const t = useT("designer");
  const titleOf = useTitle();
  const says = useSays();
  return (
    <div className={classes.side} data-chosen={isChosen || undefined}>
      {node ? (
        <>
          <b>{titleOf(node)}</b>
          <span>
            {says(node)
              .map((piece) => piece.text)
              .join("")}
          </span>
        </>
      ) : (
        <i>{t("conflict.deleted")}</i>
      )}
    </div>
  );
}
