"use client";
import { Button } from "@mantine/core";
import { useT } from "../../_i18n/use-t";
import { usePast } from "../../_ui/time/use-past";
import type { Version } from "../api";
import type { Looking } from "../compare/use-shown";
import { useDesigner, useEditor } from "../store/use-designer";
import classes from "./versions.module.css";

/** Which version is open to be read, and the way back. */
export function Reading({ versions, looking }: { versions: Version[]; looking: Pick<Looking, "isFailed" | "again"> }) {
  const t = useT("designerVersions");
  const past = usePast();
  const { look } = useEditor();
  const viewing = useDesigner((state) => (state.mode === "version" ? state.viewing : undefined));
  const version = versions.find((one) => one.version === viewing);
  if (viewing === undefined) return null;
  return (
    <section className={classes.banner} aria-label={t("reading", { version: String(viewing) })} data-testid="reading">
      <b>{t("reading", { version: String(viewing) })}</b>
      {looking.isFailed && (
        <p role="alert">
          {t("unread", { version: String(viewing) })}{" "}
          <Button size="compact-xs" variant="subtle" onClick={looking.again}>
            {t("again")}
          </Button>
        </p>
      )}
      {version && (
        <p>
          {t("readingHint", {
            when: past(version.publishedAt),
            name: version.publishedByName ?? t("program"),
          })}
        </p>
      )}
      <Button size="compact-sm" variant="light" onClick={() => look({ mode: "edit" })}>
        {t("backToDraft")}
      </Button>
    </section>
  );
}
