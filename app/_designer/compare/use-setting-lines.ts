"use client";
import { useMemo } from "react";
import type { SettingPart } from "@/core/journey/diff";
import type { JourneyDocument } from "@/core/journey/document";
import { useT } from "../../_i18n/use-t";
import { nodeOf } from "../edit/place";
import { money } from "../money";
import { sayRule } from "../rules/say";
import { useShelf } from "../shelf";
import { useName } from "../use-says";
import { type Line, sayEvent } from "./use-field-lines";

/** What a part of a journey's settings says, in the reader's words. */
export function useSettingLines(): (document: JourneyDocument, part: SettingPart) => Line[] {
  const t = useT("designerCompare");
  const d = useT("designer");
  const shelf = useShelf();
  const nameOf = useName();
  return useMemo(() => {
    const { locale, currency } = shelf;
    const ending = ({ on, when }: { on?: string | undefined; when: unknown }) =>
      t("onEvent", { event: on === undefined ? t("anyEvent") : sayEvent(on, locale), rule: sayRule(when, shelf) });
    const one = (text: string): Line[] => [{ key: "", text }];
    return (document, part): Line[] => {
      const { settings, goal, exits = [] } = document;
      switch (part) {
        case "name":
          return one(document.name);
        case "entry": {
          const entry = nodeOf(document, document.entry);
          return entry ? one(nameOf(entry)) : [];
        }
        case "goal":
          return goal ? one(ending(goal)) : [];
        case "exits":
          return exits.map((exit, i) => ({ key: String(i), text: ending(exit) }));
        case "reentry":
          return one(
            settings.reentry.is === "every"
              ? t("every", { days: String(settings.reentry.days) })
              : settings.reentry.is === "per_key"
                ? t("perKey", { key: settings.reentry.key })
                : d(`settings.${settings.reentry.is}`),
          );
        case "priority":
          return one(String(settings.priority));
        case "other":
          return others(settings);
        default:
          return part satisfies never;
      }
    };
    function others({
      holdout,
      visits,
      afterVisits,
      limits = {},
      group,
      existing,
      budget,
    }: JourneyDocument["settings"]): Line[] {
      const number = new Intl.NumberFormat(locale);
      const line = (key: keyof typeof OTHERS, text: string | undefined): Line[] =>
        text === undefined ? [] : [{ key, name: t(`other.${key}`), text }];
      return [
        ...line("holdout", holdout && t("holdoutOf", { percent: String(holdout.percent), days: String(holdout.days) })),
        ...line(
          "visits",
          visits === undefined
            ? undefined
            : t(afterVisits === "fail" ? "roundsFail" : "rounds", { visits: number.format(visits) }),
        ),
        ...(["total", "daily", "live", "perMember"] as const).flatMap((key) => {
          const most = limits[key];
          return line(key, most === undefined ? undefined : number.format(most));
        }),
        ...line("group", group && t("groupOf", { name: group.name, days: String(group.days) })),
        ...line(
          "existing",
          existing &&
            (existing.is === "spread"
              ? t("existing.spread", { days: String(existing.days) })
              : t(`existing.${existing.is}`)),
        ),
        ...line("budget", budget === undefined ? undefined : money(budget, currency, locale)),
      ];
    }
  }, [d, shelf, t, nameOf]);
}

const OTHERS = { holdout: 1, visits: 1, total: 1, daily: 1, live: 1, perMember: 1, group: 1, existing: 1, budget: 1 };
