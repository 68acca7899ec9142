"use client";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useState } from "react";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import type { Moves, Preview, Published } from "../api";
import { nodeOf } from "../edit/place";
import { useProblems } from "../problems/use-problems";
import { useSay } from "../shelf";
import { useDesigner, useEditor } from "../store/use-designer";
import { useSays } from "../use-says";
import classes from "./panels.module.css";
import { PublishAudience } from "./publish-audience";
import { PublishMoves } from "./publish-moves";

/** What publishing means, in a few lines, before it happens. Errors block it and lead to the problem list. */
export function PublishDialog({
  version,
  state,
  flush,
  preview,
  onPublish,
  onClose,
}: {
  version: number | null;
  state: string;
  /** Stores the draft as it is drawn. */
  flush(): Promise<void>;
  preview(): Promise<Preview>;
  onPublish(moves: Moves): Promise<Published>;
  onClose(): void;
}) {
  const t = useT("designer");
  const words = useT("lifecycle");
  const say = useSay();
  const says = useSays();
  const { store } = useEditor();
  const document = useDesigner((state) => state.document);
  const problems = useProblems();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | undefined>();
  const [seen, setSeen] = useState<Preview | undefined>();
  const [isStored, setStored] = useState(false);
  const [moves, setMoves] = useState<Moves>({});
  useEffect(() => {
    // The count is of what is stored.
    flush().then(
      () => setStored(true),
      () => {},
    );
  }, [flush]);
  useEffect(() => {
    // Without it publishing works as ever: everybody goes the usual way.
    if (version !== null) preview().then(setSeen, () => {});
  }, [preview, version]);
  const errors = problems.filter((problem) => problem.severity === "error");
  const warnings = problems.filter((problem) => problem.severity === "warning");
  const next = (version ?? 0) + 1;
  const count = (kind: string) => document.nodes.filter((node) => node.kind === kind).length;
  const entry = nodeOf(document, document.entry);
  const publish = async () => {
    setBusy(true);
    const outcome = await onPublish(moves);
    setBusy(false);
    if (!outcome.ok) return setFailure(outcome.reason);
    onClose();
    notifications.show({
      color: "green",
      title: t("published", { version: String(outcome.version) }),
      message: t("publishedHint"),
      autoClose: 6000,
    });
  };
  return (
    <Modal opened onClose={onClose} title={t("publishTitle", { version: String(next) })} size="md" zIndex={300}>
      <Stack gap="md" data-testid="publish-dialog">
        <dl className={classes.facts}>
          <div>
            <dt>{t("publishWhen")}</dt>
            <dd>
              {entry
                ? says(entry)
                    .map((piece) => piece.text)
                    .join("")
                : "—"}
            </dd>
          </div>
          <div>
            <dt>{t("stats")}</dt>
            <dd>
              {[
                t("publishSteps", { count: document.nodes.length }),
                t("publishMessages", { count: count("send") }),
                t("publishRewards", { count: count("reward") }),
              ].join(" · ")}
            </dd>
          </div>
          <div>
            <dt>{t("settings.reentry")}</dt>
            <dd>{t(`settings.${document.settings.reentry.is}`)}</dd>
          </div>
        </dl>
        <Text size="sm">{version === null ? t("publishFirst") : t("publishAgain")}</Text>
        {state === "paused" && <Text size="sm">{words("stillPaused")}</Text>}
        {seen?.diff && (
          <Text size="xs" c="dimmed" data-testid="publish-diff">
            {words("changes", {
              added: seen.diff.nodes.added.length,
              changed: seen.diff.nodes.changed.length,
              removed: seen.diff.nodes.removed.length,
            })}
          </Text>
        )}
        {seen?.isPublishable && version !== null && (
          <PublishMoves
            preview={seen}
            moves={moves}
            onChoose={(node, fate) => setMoves((chosen) => ({ ...chosen, [node]: fate }))}
          />
        )}
        {errors.length === 0 && <PublishAudience isStored={isStored} />}
        {warnings.length > 0 && errors.length === 0 && (
          <ul className={classes.hints} aria-label={t("hints")}>
            {warnings.slice(0, 4).map((problem, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a finding has no identity but its place
              <li key={`${problem.code}-${i}`}>
                <Icon name="warning" size={14} />
                {say(problem.says)}
              </li>
            ))}
          </ul>
        )}
        {failure && (
          <Text size="sm" c="var(--tone-bad)" role="alert">
            {t("notPublishedBecause")}: {failure}
          </Text>
        )}
        {errors.length > 0 && (
          <Text size="sm" c="var(--tone-bad)" role="alert">
            {t("publishBlocked", { count: errors.length })}
          </Text>
        )}
        <Group justify="flex-end">
          {errors.length > 0 ? (
            <Button
              variant="light"
              onClick={() => {
                onClose();
                store.setState({ panel: "problems" });
              }}
            >
              {t("problems", { count: errors.length })}
            </Button>
          ) : (
            <Button onClick={() => void publish()} loading={isBusy} data-autofocus data-testid="publish-now">
              {t("publishNow")}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
