"use client";
import { ActionIcon, Button, SegmentedControl, Tooltip } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import Link from "next/link";
import { memo, useRef } from "react";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { useKeysNamed } from "../../_ui/names/use-keys-named";
import { StateBadge } from "../../_ui/page/state-badge";
import type { Approval } from "../api";
import { COMMANDS } from "../commands/table";
import { rename } from "../edit/change";
import { useProblems } from "../problems/use-problems";
import { useCommands } from "../store/use-commands";
import { useDesigner, useEditor, useHistory } from "../store/use-designer";
import classes from "./panels.module.css";
import type { Publishing } from "./publishing/use-publishing";
import { RunState } from "./run-state";
import { SyncLine } from "./sync-line";
import { isReviewing as reviews, useBar } from "./use-bar";

/** Name, state and saving on the left; the mode in the middle; what can be done next on the right. */
export const TopBar = memo(function TopBar({
  publishing: { state, version, hasChanges: isDirty, approval, become },
  onPublish,
}: {
  publishing: Publishing;
  /** Absent for whoever may not publish. */
  onPublish: (() => void) | undefined;
}) {
  const t = useT("designer");
  const { store, edit } = useEditor();
  const { undo, redo } = useCommands();
  const { canUndo, canRedo } = useHistory();
  const name = useDesigner((one) => one.document.name);
  /** What it was called before one began to write: an empty name goes back to it, however slowly it was emptied. */
  const named = useRef(name);
  const mode = useDesigner((one) => one.mode);
  const panel = useDesigner((one) => one.panel);
  const compared = useT("designerCompare");
  const v = useT("designerVersions");
  const mayDraw = useDesigner((one) => one.mayDraw);
  const isRefused = useDesigner((one) => one.sync.is === "refused");
  const isOnDraft = mode === "edit";
  const isEditing = isOnDraft && mayDraw;
  /** There is nothing to publish, so nothing calls for it. */
  const isSame = version !== null && !isDirty && (state === "live" || state === "paused");
  const isReviewing = useDesigner(reviews);
  const asked = askedOf(approval);
  const turnTo = useBar({ version, isDirty, onPublish });
  return (
    <header className={classes.bar}>
      <div className={classes.side1}>
        <Tooltip label={t("back")}>
          <ActionIcon component={Link} href="/journeys" variant="subtle" color="gray" size={36} aria-label={t("back")}>
            <IconArrowLeft size={20} />
          </ActionIcon>
        </Tooltip>
        <input
          className={classes.name}
          aria-label={t("name")}
          value={name}
          maxLength={120}
          readOnly={!isEditing}
          onFocus={() => {
            named.current = name;
          }}
          onChange={(event) => edit(rename(event.target.value), { typing: "name" })}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.currentTarget.blur();
          }}
          onBlur={(event) => {
            if (!event.target.value.trim()) edit(rename(named.current));
          }}
          data-testid="journey-name"
        />
        <StateBadge of="journey" state={state} />
        {version !== null && (
          <Tooltip label={isDirty ? t("unpublished") : v("open")}>
            <button
              type="button"
              className={classes.version}
              data-testid="version"
              aria-label={`${t("version", { version: String(version) })}: ${v("open")}`}
              aria-expanded={panel === "versions"}
              onClick={() =>
                store.setState(({ panel }) => ({ panel: panel === "versions" ? undefined : "versions", selected: [] }))
              }
            >
              <Icon name={COMMANDS.versions.icon} size={15} />
              {t("version", { version: String(version) })}
              {isDirty && <i />}
            </button>
          </Tooltip>
        )}
        {mayDraw || isRefused ? <SyncLine /> : <ReadOnly isArchived={state === "archived"} />}
      </div>
      {version !== null && (
        <SegmentedControl
          data={[
            { value: "edit", label: mayDraw ? t("edit") : v("draft") },
            { value: "live", label: t("live") },
            { value: "compare", label: compared("compare") },
          ]}
          value={mode === "version" ? "" : mode}
          aria-label={t("mode")}
          data-testid="mode"
          onChange={(next) => {
            if (next === "edit" || next === "live" || next === "compare") turnTo(next);
          }}
        />
      )}
      <div className={classes.side2}>
        <RunState state={state} onState={become} />
        {isEditing && (
          <>
            <Step id="undo" isOff={!canUndo} onClick={undo} />
            <Step id="redo" isOff={!canRedo} onClick={redo} />
          </>
        )}
        {isOnDraft && (
          <Tooltip label={t("settings.title")}>
            <ActionIcon
              variant={panel === "settings" ? "light" : "subtle"}
              color="gray"
              size={34}
              aria-label={t("settings.title")}
              aria-pressed={panel === "settings"}
              onClick={() => store.setState({ panel: panel === "settings" ? undefined : "settings", path: undefined })}
            >
              <Icon name={COMMANDS.settings.icon} size={19} />
            </ActionIcon>
          </Tooltip>
        )}
        {(isOnDraft || isReviewing) && <ProblemCount />}
        {(isOnDraft || isReviewing) && onPublish && (
          <Button
            onClick={onPublish}
            data-testid="publish"
            {...(asked ? { className: classes.asked, variant: "default" } : isSame && { variant: "default" })}
          >
            {asked ? <span data-testid="asked">{v(asked === "waits" ? "badge" : "decide")}</span> : t("publish")}
          </Button>
        )}
      </div>
    </header>
  );
});

/** It waits for approval: by somebody else, or by whoever looks. */
const askedOf = (approval: Approval | undefined): "waits" | "decide" | undefined =>
  approval?.request?.state === "open" ? (approval.mayDecide ? "decide" : "waits") : undefined;

/** One step back, or forth again. */
function Step({ id, isOff, onClick }: { id: "undo" | "redo"; isOff: boolean; onClick(): void }) {
  const k = useT("designerCommands");
  const named = useKeysNamed();
  const { icon, keys } = COMMANDS[id];
  return (
    <Tooltip label={`${k(id)}  ${named(keys[0])}`}>
      <ActionIcon variant="subtle" color="gray" size={34} aria-label={k(id)} disabled={isOff} onClick={onClick}>
        <Icon name={icon} size={19} />
      </ActionIcon>
    </Tooltip>
  );
}

/** For whoever may look and not draw: what is seen is the draft on the server. */
function ReadOnly({ isArchived }: { isArchived: boolean }) {
  const t = useT("designer");
  return (
    <span
      className={classes.sync}
      title={t(isArchived ? "archivedHint" : "readOnlyHint")}
      role="status"
      data-testid="read-only"
    >
      <Icon name="view" size={14} />
      {t("readOnly")}
    </span>
  );
}

function ProblemCount() {
  const t = useT("designer");
  const { store } = useEditor();
  const problems = useProblems();
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const warnings = problems.length - errors;
  const worst = errors > 0 ? "error" : warnings > 0 ? "warning" : "none";
  return (
    <button
      type="button"
      className={classes.problems}
      data-worst={worst}
      data-testid="problem-count"
      onClick={() => store.setState((state) => ({ panel: state.panel === "problems" ? undefined : "problems" }))}
    >
      <Icon name={worst === "none" ? "check" : "warning"} size={15} />
      {errors > 0 || warnings === 0 ? t("problems", { count: errors }) : t("warnings", { count: warnings })}
      {errors > 0 && warnings > 0 && ` · ${t("warnings", { count: warnings })}`}
    </button>
  );
}
