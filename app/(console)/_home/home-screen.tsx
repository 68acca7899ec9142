"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useT } from "../../_i18n/use-t";
import { ErrorPanel } from "../../_ui/page/error-panel";
import { PageHeader } from "../../_ui/page/page-header";
import { useApi, useWorkspace } from "../../_ui/workspace";
import { Attention } from "./attention";
import { FirstSteps } from "./first-steps";
import classes from "./home.module.css";
import type { HomeView } from "./home-view";
import { MessageStates } from "./message-states";
import { Running } from "./running";
import { Week } from "./week";

/** What the week brought, what runs, and what needs a person; read anew every few seconds. */
export function HomeScreen({ initial, notice }: { initial: HomeView; notice: ReactNode }) {
  const t = useT("home");
  const api = useApi();
  const { isDemo } = useWorkspace();
  const { data, error, dataUpdatedAt } = useQuery({
    queryKey: ["home"],
    initialData: initial,
    refetchInterval: 5_000,
    queryFn: ({ signal }) => api.get<HomeView>("/home", {}, signal),
  });
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      {notice}
      {error && <ErrorPanel error={error} />}
      {isDemo && <FirstSteps />}
      <Week days={data.days} />
      <div className={classes.columns}>
        <Running running={data.running} drafts={data.drafts} />
        <div className={classes.side}>
          <Attention
            attention={data.attention}
            waiting={data.waiting}
            paused={data.running.filter((j) => j.state === "paused")}
            checkedAt={new Date(dataUpdatedAt || Date.now()).toISOString()}
          />
          <MessageStates messages={data.messages} />
        </div>
      </div>
    </>
  );
}
