"use client";
import { Text, Title } from "@mantine/core";
import { useNameOf } from "../../../_designer/use-says";
import { useT } from "../../../_i18n/use-t";
import { When } from "../../../_ui/time/when";
import classes from "./run.module.css";
import type { RunDetail } from "./run-detail";

/** What people and publishes did to the run; its own steps are told beside. */
export function Handlings({ run }: { run: RunDetail }) {
  const t = useT("lifecycle");
  const nameOf = useNameOf();
  if (run.handlings.length === 0) return null;
  return (
    <section aria-labelledby="handled" data-testid="handlings">
      <Title order={2} id="handled" className={classes.cardTitle}>
        {t("handled")}
      </Title>
      {run.handlings.map(({ did, fromStep, toStep, by, at }) => (
        <Text key={`${did} ${at}`} size="sm" className={classes.handling}>
          {t(`did.${did === "publish" && toStep === null ? "publishOut" : did}`, {
            from: nameOf(fromStep),
            to: nameOf(toStep ?? fromStep),
          })}{" "}
          <Text span size="xs" c="dimmed">
            {by && `${t("by", { name: by })} · `}
            <When at={at} />
          </Text>
        </Text>
      ))}
    </section>
  );
}
