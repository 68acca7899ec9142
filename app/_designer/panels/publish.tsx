"use client";
import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useState } from "react";
import { reachable } from "@/core/journey/graph";
import { useT } from "../../_i18n/use-t";
import { useProblem } from "../../_ui/page/error-panel";
import type { Approval, JourneyApi, Moves, Preview, Published } from "../api";
import { nodeOf } from "../edit/place";
import { useProblems } from "../problems/use-problems";
import { type DesignerState, NOTHING_CHOSEN } from "../store/designer";
import { useDesigner, useEditor } from "../store/use-designer";
import { useSays } from "../use-says";
import { movesAmong } from "./fates";
import classes from "./panels.module.css";
import { PublishAudience } from "./publish-audience";
import { PublishHints } from "./publish-hints";
import { PublishMoves } from "./publish-moves";
import { PublishRequest } from "./publish-request";
import { PUBLISHED } from "./published";

/** What publishing means, in a few lines, before it happens. Errors block it and lead to the problem list. */
export function PublishDialog({
  version,
  state,
  hasChanges,
  flush,
  preview,
  client,
  approval,
  refresh,
  revision,
  onPublish,
  onApproved,
  onClose,
}: {
  version: number | null;
  state: string;
  /** The stored draft differs from what is published. */
  hasChanges: boolean;
  /** Stores the draft as it is drawn. */
  flush(): Promise<void>;
  preview(): Promise<Preview>;
  client: JourneyApi;
  /** Whether somebody else has to approve; absent = not known, then the server says so. */
  approval: Approval | undefined;
  refresh(): void;
  /** The stored draft's. */
  revision(): number;
  onPublish(moves: Moves, note: string): Promise<Published>;
  /** A request was approved here: it is live. */
  onApproved(version: number): Promise<void>;
  /** It goes away; what was chosen waits in the editor unless it was published or cancelled. */
  onClose(): void;
}) {
  const t = useT("designer");
  const words = useT("lifecycle");
  const v = useT("designerVersions");
  const problem = useProblem();
  const says = useSays();
  const { store, look } = useEditor();
  const document = useDesigner((state) => state.document);
  const problems = useProblems();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | undefined>();
  const [seen, setSeen] = useState<Preview | undefined>();
  const [isStored, setStored] = useState(false);
  const { note, ...chosen } = useDesigner((state) => state.publishing);
  const moves = seen ? movesAmong(seen, chosen.moves) : chosen.moves;
  const choose = (part: Partial<DesignerState["publishing"]>) =>
    store.setState(({ publishing }) => ({ publishing: { ...publishing, ...part } }));
  const request = approval?.request?.state === "open" && !approval.request.isOutdated ? approval.request : undefined;
  useEffect(() => {
    // The count is of what is stored.
    flush().then(
      () => setStored(true),
      () => {},
    );
  }, [flush]);
  // Nothing is published before one could see who goes where; where that cannot be read, everybody goes the usual way.
  const [isLooking, setLooking] = useState(version !== null);
  useEffect(() => {
    if (version === null) return;
    preview()
      .then(setSeen, () => {})
      .finally(() => setLooking(false));
  }, [preview, version]);
  const errors = problems.filter((problem) => problem.severity === "error");
  // What stopped begins anew by being published; what runs would only be numbered anew.
  const isSame =
    isStored && !hasChanges && version !== null && (state === "live" || state === "paused") && request === undefined;
  const next = (version ?? 0) + 1;
  // What nothing leads to is drawn, and is no part of what is published.
  const led = reachable(document.entry, document.edges);
  const parts = document.nodes.filter(({ id }) => led.has(id));
  const loose = document.nodes.length - parts.length;
  const entry = nodeOf(document, document.entry);
  const finish = () => {
    store.setState({ publishing: NOTHING_CHOSEN });
    onClose();
  };
  const tell = (title: string, message: string) => {
    finish();
    notifications.show({ id: PUBLISHED, color: "green", title, message, autoClose: 6000 });
  };
  const publish = async () => {
    setBusy(true);
    const outcome = await onPublish(moves, note.trim());
    setBusy(false);
    if (!outcome.ok) return setFailure(outcome.reason);
    tell(t("published", { version: String(outcome.version) }), t("publishedHint"));
  };
  const ask = async () => {
    setBusy(true);
    try {
      await flush();
      await client.ask(revision(), moves, note.trim());
      refresh();
      tell(v("askedTitle"), v("askedHint"));
    } catch (error) {
      setFailure(problem(error).says);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={finish} title={t("publishTitle", { version: String(next) })} size="md" zIndex={300}>
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
                t("publishSteps", { count: parts.length }),
                t("publishMessages", { count: parts.filter(({ config }) => "content" in config).length }),
                t("publishRewards", { count: parts.filter(({ kind }) => kind === "reward").length }),
                ...(loose > 0 ? [t("publishLoose", { count: loose })] : []),
              ].join(" · ")}
            </dd>
          </div>
          <div>
            <dt>{t("settings.reentry")}</dt>
            <dd>{t(`settings.${document.settings.reentry.is}`)}</dd>
          </div>
        </dl>
        {isSame ? (
          <Text size="sm" role="status" data-testid="publish-same">
            {t("publishSame", { version: String(version) })}
          </Text>
        ) : (
          <Text size="sm">{version === null ? t("publishFirst") : t("publishAgain")}</Text>
        )}
        {state === "paused" && <Text size="sm">{words("stillPaused")}</Text>}
        {seen?.diff && (
          <Group gap={8} justify="space-between">
            <Text size="xs" c="dimmed" data-testid="publish-diff">
              {words("changes", {
                added: seen.diff.nodes.added.length,
                changed: seen.diff.nodes.changed.length,
                removed: seen.diff.nodes.removed.length,
              })}
            </Text>
            {version !== null && (
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => {
                  onClose();
                  look({ mode: "compare", sides: { from: version, to: "draft" } });
                }}
                data-testid="publish-compare"
              >
                {v("review")}
              </Button>
            )}
          </Group>
        )}
        {isLooking && (
          <Text size="sm" c="dimmed" role="status">
            {v("counting")}
          </Text>
        )}
        {seen?.isPublishable && version !== null && (
          <PublishMoves
            preview={seen}
            moves={request?.moves ?? moves}
            isFixed={request !== undefined}
            onChoose={(node, fate) => choose({ moves: { ...moves, [node]: fate } })}
          />
        )}
        {errors.length === 0 && <PublishAudience isStored={isStored} />}
        {errors.length === 0 && <PublishHints onGo={onClose} />}
        {errors.length === 0 && !request && (
          <Textarea
            label={v("note")}
            description={v("noteHint")}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={2000}
            value={note}
            onChange={(event) => choose({ note: event.target.value })}
            data-testid="publish-note"
          />
        )}
        {approval && (
          <PublishRequest
            approval={approval}
            client={client}
            isSound={errors.length === 0 && !isLooking}
            onApproved={(live) => {
              void onApproved(live);
              tell(t("published", { version: String(live) }), t("publishedHint"));
            }}
            onSettled={refresh}
          />
        )}
        {approval?.isNeeded && !request && errors.length === 0 && (
          <Text size="sm" c="dimmed">
            {v("askLead")}
          </Text>
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
        <Group justify="flex-end" className={classes.decide}>
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
          ) : approval?.isNeeded ? (
            !request && (
              <Button
                onClick={() => void ask()}
                loading={isBusy}
                disabled={isLooking || isSame}
                data-autofocus
                data-testid="ask-approval"
              >
                {v("ask")}
              </Button>
            )
          ) : (
            <Button
              onClick={() => void publish()}
              loading={isBusy}
              disabled={isLooking || isSame}
              data-autofocus
              data-testid="publish-now"
            >
              {t("publishNow")}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
