"use client";
import { Button, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import type { JourneyDocument } from "@/core/journey/document";
import { useT } from "../../_i18n/use-t";
import { Dialog } from "../../_ui/page/dialog";
import { When } from "../../_ui/time/when";
import { ChangeLines } from "../compare/change";
import { type ConflictSide, useConflictSides } from "../compare/use-conflict-sides";
import { useShelf } from "../shelf";
import { type Choice, keyOf, merge, startsOf } from "../store/saving/merge";
import type { Conflicted } from "../store/saving/sync";
import { useWords } from "../store/saving/use-words";
import { useDesigner } from "../store/use-designer";
import classes from "./panels.module.css";

/** Two people saved the same journey: what only one touched is kept; what both changed, steps and settings, is chosen here. */
export function ConflictDialog({
  base,
  onSettle,
}: {
  base(): JourneyDocument;
  onSettle(theirs: Conflicted, document: JourneyDocument): void;
}) {
  const sync = useDesigner((state) => state.sync);
  return sync.is === "conflict" ? <Choices theirs={sync.theirs} base={base()} onSettle={onSettle} /> : null;
}

function Choices({
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
  const sidesOf = useConflictSides();
  const { steps } = useWords(useShelf());
  const { saved } = theirs;
  const who = saved?.by ?? t("conflict.someone");
  const [choices, setChoices] = useState<Record<string, Choice>>({});
  const { document, conflicts, lost, loose } = useMemo(
    () => merge(base, mine, theirs.document, choices),
    [base, choices, mine, theirs],
  );
  return (
    <Dialog
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
          {saved?.isOwn ? t("conflict.own") : t("conflict.lead", { by: who })} {t("conflict.choose")}
        </Text>
        {saved && (
          <Text size="xs" c="dimmed" data-testid="conflict-saved">
            {t("conflict.saved", { by: saved.isOwn ? t("conflict.you") : who })} · <When at={saved.at} />
          </Text>
        )}
        {conflicts.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("conflict.noClash")}
          </Text>
        )}
        {conflicts.map((conflict) => {
          const key = keyOf(conflict);
          const { title, mine: my, theirs: their } = sidesOf(conflict, base, mine, theirs.document);
          return (
            <section key={key} className={classes.clash} aria-label={title}>
              <h3 className={classes.clashed}>{title}</h3>
              <SegmentedControl
                fullWidth
                value={choices[key] ?? "mine"}
                data={[
                  { value: "mine", label: t("conflict.mine") },
                  {
                    value: "theirs",
                    label: saved?.isOwn
                      ? t("conflict.elsewhere")
                      : saved?.by
                        ? t("conflict.theirsOf", { by: saved.by })
                        : t("conflict.theirs"),
                  },
                ]}
                aria-label={title}
                onChange={(next) => setChoices((was) => ({ ...was, [key]: next === "theirs" ? "theirs" : "mine" }))}
              />
              <div className={classes.sides}>
                <Side side={my} isChosen={(choices[key] ?? "mine") === "mine"} />
                <Side side={their} isChosen={choices[key] === "theirs"} />
              </div>
            </section>
          );
        })}
        {lost.length > 0 && (
          <Text size="sm">
            {t("conflict.lostLines", { count: lost.length, steps: steps(startsOf(lost, document)) })}
          </Text>
        )}
        {loose.length > 0 && (
          <Text size="sm" role="status" data-testid="conflict-loose">
            {t("conflict.loose", { count: loose.length, steps: steps(loose) })}
          </Text>
        )}
        <Group justify="space-between">
          <Button variant="subtle" color="gray" onClick={() => onSettle(theirs, theirs.document)}>
            {t("conflict.takeTheirs")}
          </Button>
          <Button onClick={() => onSettle(theirs, document)} data-autofocus>
            {t("conflict.keep")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Side({ side, isChosen }: { side: ConflictSide | undefined; isChosen: boolean }) {
  const t = useT("designer");
  return (
    <div className={classes.side} data-chosen={isChosen || undefined}>
      {side ? (
        <>
          {side.fields.length === 0 && <span>{side.text}</span>}
          {side.fields.map(({ key, label, changes }) => (
            <div key={key}>
              {label && <small>{label}</small>}
              <ChangeLines changes={changes} />
            </div>
          ))}
        </>
      ) : (
        <i>{t("conflict.deleted")}</i>
      )}
    </div>
  );
}
