"use client";
import { Button, Group, Paper, Tabs } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useT } from "../../_i18n/use-t";
import { ApiError } from "../../_ui/api";
import { Icon } from "../../_ui/icons";
import { LiveDot } from "../../_ui/live/live-dot";
import { EmptyState } from "../../_ui/page/empty-state";
import { ErrorPanel } from "../../_ui/page/error-panel";
import { LinkButton } from "../../_ui/page/link-button";
import { PageHeader } from "../../_ui/page/page-header";
import { SearchInput } from "../../_ui/table/search-input";
import { CardSkeleton } from "../../_ui/table/skeletons";
import { useFilters } from "../../_ui/table/use-filters";
import { useApi, useMay } from "../../_ui/workspace";
import { Mails } from "./mails";
import { Notifications } from "./notifications";
import { Phone } from "./phone";
import type { Received } from "./received";
import classes from "./sandbox.module.css";

const NONE: Received[] = [];

/** What arrived, as its readers see it: a phone, a mailbox, notifications. Read anew every two seconds. */
export function SandboxScreen() {
  const t = useT("sandbox");
  const api = useApi();
  const maySend = useMay("event.write");
  const [{ of: meant }, setFilters] = useFilters(["of"]);
  const { data, error, refetch } = useQuery({
    queryKey: ["sandbox", meant],
    refetchInterval: 2_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<{ messages: Received[] }>("//sandbox/messages", { limit: 300, of: meant }, signal),
  });
  const all = data?.messages ?? NONE;
  const of = (channel: Received["channel"]) => all.filter((message) => message.channel === channel);
  const [texts, mails, pushes] = [of("sms"), of("email"), of("push")];
  const isOff = error instanceof ApiError && error.code === "busy";
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} badge={<LiveDot isOpen={!error && data !== undefined} />} />
      <Group mb="md">
        <SearchInput label={t("search")} value={meant} onChange={(value) => setFilters({ of: value })} w={320} />
      </Group>
      {isOff && !data && (
        <Paper withBorder>
          <EmptyState icon="sandbox" title={t("unreachable")}>
            {t("unreachableHint")}
          </EmptyState>
        </Paper>
      )}
      {error && !isOff && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <div className={classes.columns}>
          <CardSkeleton lines={10} />
          <CardSkeleton lines={10} />
        </div>
      )}
      {data && all.length === 0 && meant && (
        <Paper withBorder>
          <EmptyState
            icon="search"
            title={t("nothingTo", { who: meant })}
            action={
              <Button variant="default" onClick={() => setFilters({ of: null })}>
                {t("everybody")}
              </Button>
            }
          >
            {t("nothingToHint")}
          </EmptyState>
        </Paper>
      )}
      {data && all.length === 0 && !meant && (
        <Paper withBorder>
          <EmptyState
            icon="inbox"
            title={t("emptyTitle")}
            action={maySend && <LinkButton href="/events?test=order_paid">{t("tryIt")}</LinkButton>}
          >
            {t("empty")} {maySend && t("tryHint")}
          </EmptyState>
        </Paper>
      )}
      {all.length > 0 && (
        <div className={classes.columns}>
          <Tabs defaultValue={texts.length > 0 || pushes.length === 0 ? "sms" : "push"} className={classes.phone}>
            <Tabs.List grow>
              <Tabs.Tab value="sms" leftSection={<Icon name="sms" size={15} />}>
                {t("phone")} <span className={classes.count}>{texts.length}</span>
              </Tabs.Tab>
              <Tabs.Tab value="push" leftSection={<Icon name="push" size={15} />}>
                {t("pushes")} <span className={classes.count}>{pushes.length}</span>
              </Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="sms">
              <Phone texts={texts} />
            </Tabs.Panel>
            <Tabs.Panel value="push">
              <Notifications pushes={pushes} />
            </Tabs.Panel>
          </Tabs>
          <Mails mails={mails} />
        </div>
      )}
    </>
  );
}
