"use client";
import { NumberInput, Radio, Stack, Text } from "@mantine/core";
import { useFormatter } from "use-intl";
import type { JourneyDocument } from "@/core/journey/document";
import { useT } from "../../../_i18n/use-t";
import { setSettings } from "../../edit/change";
import { type Audience, useAudience } from "../../live/figures/use-audience";
import { useDesigner, useEditor } from "../../store/use-designer";
import { useFormat } from "../../use-says";
import classes from "../panels.module.css";
import { PublishCost } from "./cost";

type Existing = NonNullable<JourneyDocument["settings"]["existing"]>;
const CHOICES = ["none", "now", "spread"] as const;
const SPREAD_DAYS = 7;

/** Whom publishing takes, counted, or how often its event came of late; what becomes of those who match already, and what each can cost. */
export function PublishAudience({ isStored, revision }: { isStored: boolean; revision: number | undefined }) {
  const t = useT("designerBroadcasts");
  const audience = useAudience(isStored, revision);
  const event = useFormat();
  const format = useFormatter();
  if (!audience) return null;
  const { trigger, count, isUncounted, past, most } = audience;
  const reach = isUncounted
    ? t("audience.uncounted")
    : count !== null
      ? t(trigger === "broadcast" || trigger === "schedule" ? "audience.broadcast" : saidOf(audience), { count })
      : past &&
        t("audience.past", {
          event: event({ as: "event", event: past.event }),
          week: format.number(past.week),
          month: format.number(past.month),
        });
  const notes = past
    ? [
        past.since && t("audience.since", { date: format.dateTime(new Date(past.since), { dateStyle: "medium" }) }),
        past.month > 0 && past.isPart && t("audience.part"),
        past.month > 0 && past.isEstimate && t("audience.estimate"),
        past.month > 0 && past.isAtMost && t("audience.atMost"),
      ].filter(Boolean)
    : [audience.isSegmentBuilding && t("audience.building")].filter(Boolean);
  return (
    <>
      {reach && (
        <section className={classes.moves} aria-label={t("audience.label")} data-testid="publish-audience">
          <Text size="sm" fw={600}>
            {t("audience.label")}
          </Text>
          <Text size="sm" role="status">
            {reach}
          </Text>
          {notes.length > 0 && (
            <Text size="xs" c="dimmed">
              {notes.join(" ")}
            </Text>
          )}
          {audience.mayTake && (isUncounted || audience.isSegmentBuilding || (count !== null && count > 0)) && (
            <Existing count={count} />
          )}
        </section>
      )}
      {most && (
        <PublishCost
          most={most}
          runs={count ?? past?.month ?? 0}
          of={past === null ? "members" : past.since || past.isPart || past.isEstimate ? "knownEvents" : "events"}
        />
      )}
    </>
  );
}

const saidOf = ({ trigger, mayTake }: Audience) =>
  trigger === "date" ? "audience.date" : mayTake ? "audience.match" : "audience.leaving";

/** What becomes of those who match already; `count`: how many, where that is known. */
function Existing({ count }: { count: number | null }) {
  const t = useT("designerBroadcasts");
  const entries = useT("designerEntries");
  const format = useFormatter();
  const { edit } = useEditor();
  const existing = useDesigner((state) => state.document.settings.existing);
  const choose = (is: string) => edit(setSettings({ existing: existingOf(is) }));
  return (
    <>
      <Radio.Group aria-label={t("audience.choice")} value={existing?.is ?? "none"} onChange={choose}>
        <Stack gap={8}>
          {CHOICES.map((is) => (
            <Radio key={is} value={is} label={entries(`existing.${is}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {existing?.is === "spread" && (
        <NumberInput
          size="xs"
          label={t("audience.days")}
          description={
            count !== null && t("audience.perDay", { count: format.number(Math.ceil(count / existing.days)) })
          }
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
    </>
  );
}

const existingOf = (is: string): Existing =>
  is === "spread" ? { is, days: SPREAD_DAYS } : { is: is === "now" ? "now" : "none" };
