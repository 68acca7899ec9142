"use client";
import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { ApiError } from "../../../_ui/api";
import { Dialog } from "../../../_ui/page/dialog";
import { useProblem } from "../../../_ui/page/error-panel";
import type { JourneyApi, Preview } from "../../api";
import { useProblems } from "../../problems/use-problems";
import { type DesignerState, NOTHING_CHOSEN } from "../../store/designer";
import { useDesigner, useEditor } from "../../store/use-designer";
import classes from "../panels.module.css";
import { PublishAudience } from "./audience";
import { PublishChanges } from "./changes";
import { PublishFacts } from "./facts";
import { movesAmong } from "./fates";
import { PublishFound } from "./found";
import { PublishMoves } from "./moves";
import { PUBLISHED } from "./published";
import { PublishRequest } from "./request";
import { PublishSight } from "./sight";
import { usePreview } from "./use-preview";
import type { Publishing } from "./use-publishing";

/** What publishing means, in a few lines, before it happens. Errors block it: each is named and leads to its step. */
export function PublishDialog({
  publishing,
  client,
  onClose,
}: {
  publishing: Publishing;
  client: JourneyApi;
  /** It goes away; what was chosen waits in the editor unless it was published or cancelled. */
  onClose(): void;
}) {
  const t = useT("designer");
  const words = useT("lifecycle");
  const v = useT("designerVersions");
  const p = useT("designerPublish");
  const problem = useProblem();
  const { store } = useEditor();
  const problems = useProblems();
  const { version, state, hasChanges, approval, refresh } = publishing;
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | undefined>();
  const foreseen = usePreview(publishing);
  const { isStored, seen, isCurrent, again } = foreseen;
  const { note, ...chosen } = useDesigner((one) => one.publishing);
  const moves = seen ? movesAmong(seen, chosen.moves) : chosen.moves;
  const choose = (part: Partial<DesignerState["publishing"]>) =>
    store.setState((one) => ({ publishing: { ...one.publishing, ...part } }));
  const request = approval?.request?.state === "open" && !approval.request.isOutdated ? approval.request : undefined;
  const errors = problems.filter(({ severity }) => severity === "error");
  // What stopped begins anew by being published; what runs would only be numbered anew.
  const isSame =
    isStored && !hasChanges && version !== null && (state === "live" || state === "paused") && request === undefined;
  const finish = () => {
    store.setState({ publishing: NOTHING_CHOSEN });
    onClose();
  };
  const tell = (title: string, message: string) => {
    finish();
    notifications.show({ id: PUBLISHED, color: "var(--tone-ok)", title, message, autoClose: 6000 });
  };
  const refused = (error: unknown) => {
    const { title, says } = problem(error);
    const isOvertaken = error instanceof ApiError && error.code === "revision_changed";
    setFailure(isOvertaken ? title : says);
    again();
  };
  const publish = async ({ revision }: Preview) => {
    setBusy(true);
    setFailure(undefined);
    const outcome = await publishing.publish(revision, moves, note.trim());
    setBusy(false);
    if (!outcome.ok) return refused(outcome.error);
    tell(t("published", { version: String(outcome.version) }), t("publishedHint"));
  };
  const ask = async ({ revision }: Preview) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await publishing.ask(revision, moves, note.trim());
      tell(v("askedTitle"), v("askedHint"));
    } catch (error) {
      refused(error);
    } finally {
      setBusy(false);
    }
  };
  // Only what was shown is decided on.
  const shown = isCurrent ? seen : undefined;
  const isOff = !shown || isSame;
  const isAgain = seen?.isAgain === true && !isSame;
  const number = seen?.becomes ?? undefined;
  const titleOf =
    number === undefined
      ? p("title")
      : isAgain
        ? p("again", { version: String(number) })
        : t("publishTitle", { version: String(number) });
  // What cannot be pressed takes no keyboard, which would stay behind the dialog: it is on the dialog's first button then.
  const decide = { loading: isBusy, disabled: isOff, ...(!isOff && { "data-autofocus": true }) };
  return (
    <Dialog opened onClose={finish} title={titleOf} size="md" zIndex={300}>
      <Stack gap="md" data-testid="publish-dialog">
        <PublishFacts />
        <PublishSight foreseen={foreseen} isReading={errors.length === 0} />
        {isSame ? (
          <Text size="sm" role="status" data-testid="publish-same">
            {t("publishSame", { version: String(version) })}
          </Text>
        ) : (
          <Text size="sm">{version === null ? t("publishFirst") : t("publishAgain")}</Text>
        )}
        {isAgain && <Text size="sm">{p("sameAsEarlier", { version: String(seen?.becomes) })}</Text>}
        {state === "paused" && <Text size="sm">{words("stillPaused")}</Text>}
        {seen?.diff && <PublishChanges diff={seen.diff} holdout={seen.holdout} version={version} onGo={onClose} />}
        {seen?.isPublishable && version !== null && (
          <PublishMoves
            preview={seen}
            moves={request?.moves ?? moves}
            isFixed={request !== undefined}
            onChoose={(node, fate) => choose({ moves: { ...moves, [node]: fate } })}
          />
        )}
        {errors.length === 0 && <PublishAudience isStored={isStored} revision={seen?.revision} />}
        {errors.length === 0 && <PublishFound severity="warning" onGo={onClose} />}
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
            isSound={errors.length === 0 && shown !== undefined && shown.revision === request?.revision}
            onApproved={(live) => {
              void publishing.approved(live);
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
          <div>
            <Text size="sm" c="var(--tone-bad)" role="alert" mb={4}>
              {t("publishBlocked", { count: errors.length })}
            </Text>
            <PublishFound severity="error" onGo={onClose} />
          </div>
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
              {t("seeProblems")}
            </Button>
          ) : approval?.isNeeded ? (
            !request && (
              <Button {...decide} onClick={() => shown && void ask(shown)} data-testid="ask-approval">
                {v("ask")}
              </Button>
            )
          ) : (
            <Button {...decide} onClick={() => shown && void publish(shown)} data-testid="publish-now">
              {t("publishNow")}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}
