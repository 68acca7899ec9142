"use client";
import { NumberInput, Radio, Stack, Text } from "@mantine/core";
import { useFormatter } from "use-intl";
import type { JourneyDocument } from "@/core/journey/document";
import { useT } from "../../_i18n/use-t";
import { setSettings } from "../edit/change";
import { useAudience } from "../live/use-audience";
import { useDesigner, useEditor } from "../store/use-designer";
import classes from "./panels.module.css";

type Existing = NonNullable<JourneyDocument["settings"]["existing"]>;
const CHOICES = ["none", "now", "spread"] as const;
const SPREAD_DAYS = 7;

/** Whom publishing takes, counted: the audience of a broadcast, or those who match already, and what becomes of these. */
export function PublishAudience({ isStored }: { isStored: boolean }) {
  const t = useT("designerBroadcasts");
  const entries = useT("designerEntries");
  const format = useFormatter();
  const { edit } = useEditor();
  const audience = useAudience(isStored);
  const existing = useDesigner((state) => state.document.settings.existing);
  if (!audience || audience.count === null) return null;
  const { trigger, count } = audience;
  const isSent = trigger === "broadcast" || trigger === "schedule";
  const choose = (is: string) => edit(setSettings({ existing: existingOf(is) }));
  return (
    <section className={classes.moves} aria-label={t("audience.label")} data-testid="publish-audience">
      <Text size="sm" fw={600}>
        {t("audience.label")}
      </Text>
      <Text size="sm" role="status">
        {t(isSent ? "audience.broadcast" : "audience.match", { count })}
      </Text>
      {!isSent && count > 0 && (
        <Radio.Group aria-label={t("audience.choice")} value={existing?.is ?? "none"} onChange={choose}>
          <Stack gap={8}>
            {CHOICES.map((is) => (
              <Radio key={is} value={is} label={entries(`existing.${is}`)} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {!isSent && existing?.is === "spread" && (
        <NumberInput
          size="xs"
          label={t("audience.days")}
          description={t("audience.perDay", { count: format.number(Math.ceil(count / existing.days)) })}
          min={1}
          max={90}
          clampBehavior="strict"
          allowDecimal={false}
          value={existing.days}
          onChange={(days) => {
            if (typeof days === "number" && days >= 1)
              edit(setSettings({ existing: { is: "spread", days } }), { typing: "settings existing" });
          }}
        />
      )}
    </section>
  );
}

const existingOf = (is: string): Existing =>
  is === "spread" ? { is, days: SPREAD_DAYS } : { is: is === "now" ? "now" : "none" };
