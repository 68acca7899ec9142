"use client";
import { Pill } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useLocale } from "use-intl";
import { JourneyDocument } from "@/core/journey/document";
import { kindOf } from "@/core/journey/registry";
import { rootOf } from "@/core/journey/rooted";
import { useName } from "../../_designer/use-says";
import { useT } from "../../_i18n/use-t";
import { INSTANT } from "../../_ui/time/instant";
import { useApi } from "../../_ui/workspace";

type Filters = Record<"journey" | "reached" | "left" | "by" | "since" | "state", string | null>;

/** What a number on a journey's canvas narrowed the list to: those who came to a step, or went on from it by one of its ways. */
export function PassedPills({
  filters: { journey, reached, left, by, since, state },
  onChange,
}: {
  filters: Filters;
  onChange(change: Partial<Filters>): void;
}) {
  const t = useT("runs");
  const format = useFormatter();
  const api = useApi();
  const nameOf = useName();
  const locale = useLocale();
  const node = reached ?? left;
  const { data: drawing } = useQuery({
    queryKey: ["drawing", journey],
    enabled: journey !== null && node !== null,
    queryFn: async ({ signal }) =>
      JourneyDocument.parse((await api.get<{ document: unknown }>(`/journeys/${journey}`, {}, signal)).document),
  });
  if (node === null)
    return since === null ? null : (
      <Pill size="md" withRemoveButton onRemove={() => onChange({ since: null })} data-testid="since-only">
        {t("passedSince", {
          what: t(state === "goal" ? "goal" : "cameIn"),
          at: format.dateTime(new Date(since), INSTANT),
        })}
      </Pill>
    );
  const drawn = drawing?.nodes.find((one) => rootOf(one) === node);
  const step = drawn ? nameOf(drawn) : node;
  const way = by === "@exit" ? t("byExit") : drawn && by ? (portsOf(drawn).get(by)?.[locale] ?? by) : by;
  const what = reached ? t("reached", { step }) : way ? t("leftBy", { step, way }) : t("left", { step });
  return (
    <Pill
      size="md"
      withRemoveButton
      onRemove={() => onChange({ reached: null, left: null, by: null, since: null })}
      title={t("passedNewest")}
      data-testid="passed-only"
    >
      {since
        ? t("passedSince", {
            what,
            at: format.dateTime(new Date(since), INSTANT),
          })
        : what}
    </Pill>
  );
}

function portsOf({ kind, config }: JourneyDocument["nodes"][number]) {
  const found = kindOf(kind);
  const read = found?.config.safeParse(config);
  return new Map(found && read?.success ? found.ports(read.data).map(({ id, name }) => [id, name]) : []);
}
