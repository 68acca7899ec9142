"use client";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconHistory } from "@tabler/icons-react";
import { useT } from "../../_i18n/use-t";
import { useMay } from "../../_ui/workspace";
import type { JourneyApi, Version } from "../api";
import inspector from "../inspector/inspector.module.css";
import { PanelHead } from "../inspector/panel-head";
import { useDesigner, useEditor } from "../store/use-designer";
import { VersionLine } from "./version-line";
import classes from "./versions.module.css";

/** What was published, by whom, why, and who is still on it; each can be compared, read, said something of, and taken back as the draft. */
export function Versions({
  client,
  versions,
  isFailed,
  hasChanges,
  refresh,
}: {
  client: JourneyApi;
  versions: Version[] | undefined;
  isFailed: boolean;
  hasChanges: boolean;
  refresh(): void;
}) {
  const t = useT("designerVersions");
  const { store, edit, look } = useEditor();
  const isOpen = useDesigner((state) => state.panel === "versions");
  const mode = useDesigner((state) => state.mode);
  const mayWrite = useMay("journey.write");
  if (!isOpen) return null;
  const current = versions?.find(({ isCurrent }) => isCurrent)?.version;
  const restore = async (version: number) => {
    try {
      const document = await client.version(version);
      look({ mode: "edit" });
      edit((draft) => ({ ...document, ...(draft.notes && { notes: draft.notes }) }));
      notifications.show({
        title: t("restored", { version: String(version) }),
        message: t("restoredHint"),
        autoClose: 6000,
      });
    } catch {
      notifications.show({ color: "danger", message: t("failed") });
    }
  };
  return (
    <aside className={inspector.panel} aria-label={t("title")} data-inspector data-testid="versions">
      <PanelHead
        icon={<IconHistory size={18} />}
        title={t("title")}
        onClose={() => store.setState({ panel: undefined })}
      />
      <div className={inspector.body}>
        {isFailed && (
          <p className={inspector.hint} role="alert">
            {t("failed")}{" "}
            <Button size="compact-xs" variant="subtle" onClick={refresh}>
              {t("again")}
            </Button>
          </p>
        )}
        {versions?.length === 0 && <p className={inspector.hint}>{t("none")}</p>}
        {current !== undefined && (
          <div className={classes.draft}>
            <span>
              <b>{t("draft")}</b>
              <small>{hasChanges ? t("draftChanged") : t("draftSame")}</small>
            </span>
            {mode === "edit" ? (
              <Button
                size="compact-sm"
                variant="light"
                disabled={!hasChanges}
                onClick={() => look({ mode: "compare", sides: { from: current, to: "draft" } })}
              >
                {t("compareBefore", { version: String(current) })}
              </Button>
            ) : (
              <Button size="compact-sm" variant="light" onClick={() => look({ mode: "edit" })}>
                {t("backToDraft")}
              </Button>
            )}
          </div>
        )}
        <ol className={classes.list}>
          {versions?.map((version, i) => (
            <VersionLine
              key={version.version}
              client={client}
              version={version}
              before={versions[i + 1]?.version}
              onRestore={mayWrite ? () => void restore(version.version) : undefined}
              onSaid={refresh}
            />
          ))}
        </ol>
      </div>
    </aside>
  );
}
