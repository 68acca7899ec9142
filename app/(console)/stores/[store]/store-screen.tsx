"use client";
import { Button, Paper, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo, useState } from "react";
import { useFormatter } from "use-intl";
import { useT } from "../../../_i18n/use-t";
import { KeyValue } from "../../../_ui/fields/key-value";
import { Money, useMoney } from "../../../_ui/loyalty/money";
import { useOfferName } from "../../../_ui/loyalty/offer-name";
import { EmptyState } from "../../../_ui/page/empty-state";
import { LinkButton } from "../../../_ui/page/link-button";
import { PageHeader } from "../../../_ui/page/page-header";
import { Badge } from "../../../_ui/page/state-badge";
import { type Column, DataTable } from "../../../_ui/table/data-table";
import { When } from "../../../_ui/time/when";
import { useApi, useMay, useWorkspace } from "../../../_ui/workspace";
import { Remember } from "../../_components/search/remember";
import { StoreForm } from "../store-form";
import classes from "../stores.module.css";
import { usePlaces } from "../use-places";
import type { Activity } from "./activity";

type Used = Activity["latest"][number];

/** One store: where it is, and what ran there lately. */
export function StoreScreen({ initial }: { initial: Activity }) {
  const t = useT("stores");
  const format = useFormatter();
  const money = useMoney();
  const api = useApi();
  const { timeZone } = useWorkspace();
  const mayWrite = useMay("workspace.write");
  const mayAudit = useMay("audit.read");
  const { close, reopen, changed } = usePlaces();
  const [isEditing, setEditing] = useState(false);
  const { data } = useQuery({
    queryKey: ["store", initial.store.id],
    initialData: initial,
    queryFn: ({ signal }) => api.get<Activity>(`/stores/${initial.store.id}`, {}, signal),
    refetchInterval: 30_000,
  });
  const { store } = data;
  const offerName = useOfferName();
  const columns = useMemo<Column<Used>[]>(
    () => [
      {
        id: "member",
        header: t("member"),
        cell: (used) => <Link href={`/members/${used.member}`}>{used.memberName ?? used.member.slice(0, 13)}</Link>,
      },
      {
        id: "offer",
        header: t("offer"),
        cell: (used) => (
          <>
            {offerName({ name: used.offerName, names: used.offerNames })}{" "}
            {used.isCancelled && <Badge tone="quiet">{t("returned")}</Badge>}
          </>
        ),
      },
      { id: "amount", header: t("amount"), align: "end", cell: (used) => <Money minor={used.amount} /> },
      { id: "discount", header: t("discount"), align: "end", cell: (used) => <Money minor={used.discount} /> },
      { id: "at", header: t("at"), cell: (used) => <When at={used.at} /> },
    ],
    [offerName, t],
  );
  return (
    <>
      <Remember icon="store" label={store.name} />
      <PageHeader
        back={{ href: "/stores", label: t("title") }}
        title={store.name}
        badge={<Badge tone={store.closedAt ? "quiet" : "ok"}>{t(store.closedAt ? "closed" : "open")}</Badge>}
        lead={store.merchantName}
        actions={
          <>
            {mayAudit && (
              <LinkButton href={`/audit?subject=${store.id}`} variant="default">
                {t("audit")}
              </LinkButton>
            )}
            {mayWrite && (
              <Button
                variant="default"
                onClick={() => void (store.closedAt ? reopen("stores", store) : close("stores", store))}
              >
                {t(store.closedAt ? "reopen" : "close")}
              </Button>
            )}
            {mayWrite && <Button onClick={() => setEditing(true)}>{t("edit")}</Button>}
          </>
        }
      />
      <div className={classes.columns}>
        <Paper withBorder p="md" component="section" aria-label={t("facts")}>
          <Title order={2} mb="xs">
            {t("facts")}
          </Title>
          <KeyValue
            facts={[
              [t("code"), <code key="c">{store.code}</code>],
              [
                t("merchant"),
                <Link key="m" href={`/stores?merchant=${store.merchant}`}>
                  {store.merchantName}
                </Link>,
              ],
              [t("address"), store.address],
              [t("region"), store.region],
              [t("mall"), store.mall],
              [t("zone"), store.timeZone ?? t("zoneOfWorkspace", { zone: timeZone })],
              [t("since"), <When key="s" at={store.createdAt} />],
              [t("closedSince"), store.closedAt ? <When key="x" at={store.closedAt} exact /> : undefined],
            ]}
          />
        </Paper>
        <section aria-labelledby="ran">
          <Title order={2} id="ran" mb="sm">
            {t("ran")}
          </Title>
          <dl className={classes.figures}>
            {(
              [
                ["redemptions", format.number(data.redemptions)],
                ["sales", money(data.amount)],
                ["discount", money(data.discount)],
                ["openTasks", format.number(data.openTasks)],
              ] as const
            ).map(([key, value]) => (
              <div key={key}>
                <dt>{t(key)}</dt>
                <dd className="figures">{value}</dd>
              </div>
            ))}
          </dl>
          <Title order={3} mb="xs">
            {t("journeys")}
          </Title>
          <div className={classes.section}>
            {data.journeys.length === 0 && (
              <Text size="sm" c="dimmed">
                {t("noJourneys")}
              </Text>
            )}
            <KeyValue
              facts={data.journeys.map((journey) => [
                journey.name,
                <Link key={journey.id} href={`/journeys/${journey.id}`}>
                  {`${t("redemptions")} ${format.number(journey.redemptions)} · ${money(journey.discount)}`}
                </Link>,
              ])}
            />
          </div>
          <Title order={3} mb="xs">
            {t("latest")}
          </Title>
          <DataTable
            label={t("latest")}
            columns={columns}
            rows={data.latest}
            rowKey={(used) => used.id}
            empty={<EmptyState icon="coupon" title={t("nothing")} small />}
          />
        </section>
      </div>
      {isEditing && (
        <StoreForm
          store={store}
          merchants={[]}
          onDone={() => {
            setEditing(false);
            changed();
          }}
          onClose={() => setEditing(false)}
        />
      )}
    </>
  );
}
