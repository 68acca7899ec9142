"use client";
import { Pill } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useFormatter } from "use-intl";
import { JourneyDocument } from "@/core/journey/document";
import { rootOf } from "@/core/journey/rooted";
import { useName } from "../../_designer/use-says";
import { useNamed, WithShelf } from "../../_designer/with-shelf";
import { useT } from "../../_i18n/use-t";
import { INSTANT } from "../../_ui/time/instant";
import { useApi } from "../../_ui/workspace";

const CAME = {
  sent: "sent",
  not_sent: "notSent",
  undelivered: "undelivered",
  delivered: "delivered",
  opened: "opened",
  clicked: "clicked",
  converted: "converted",
} as const;

type Filters = Record<"journey" | "node" | "came" | "since", string | null>;
type Props = { filters: Filters; onChange(change: Partial<Filters>): void };

/** What a number on a journey's canvas narrowed the list to: its step, and what came of the messages. Each can be taken away. */
export function StepPills({ filters, onChange }: Props) {
  if (filters.node === null && filters.came === null) return null;
  return (
    <WithShelf>
      <Pills filters={filters} onChange={onChange} />
    </WithShelf>
  );
}

function Pills({ filters: { journey, node, came, since }, onChange }: Props) {
  const t = useT("messages");
  const figures = useT("designerLive");
  const format = useFormatter();
  const api = useApi();
  const nameOf = useName();
  const { data: drawing } = useQuery({
    queryKey: ["drawing", journey],
    enabled: journey !== null && node !== null,
    queryFn: async ({ signal }) =>
      JourneyDocument.parse((await api.get<{ document: unknown }>(`/journeys/${journey}`, {}, signal)).document),
  });
  const drawn = drawing?.nodes.find((one) => rootOf(one) === node);
  useNamed(useMemo(() => [drawn?.config], [drawn]));
  const known = Object.entries(CAME).find(([key]) => key === came)?.[1];
  const what = known && figures(known);
  return (
    <>
      {node && (
        <Pill size="md" withRemoveButton onRemove={() => onChange({ node: null })} data-testid="step-only">
          {t("stepOnly", {
            node: drawn ? nameOf(drawn) : node,
          })}
        </Pill>
      )}
      {what && (
        <Pill size="md" withRemoveButton onRemove={() => onChange({ came: null, since: null })} data-testid="came-only">
          {since
            ? t("cameSince", {
                came: what,
                at: format.dateTime(new Date(since), INSTANT),
              })
            : what}
        </Pill>
      )}
    </>
  );
}
