"use client";
import { useQuery } from "@tanstack/react-query";
import { useT } from "../../_i18n/use-t";
import { ErrorPanel } from "../../_ui/error-panel";
import { PageHeader } from "../../_ui/page-header";
import { useApi, useWorkspace } from "../../_ui/workspace";
import { Attention } from "./attention";
import { FirstSteps } from "./first-steps";
import classes from "./home.module.css";
import type { HomeView } from "./home-view";
import { Running } from "./running";
import { Week } from "./week";

/** What runs, what needs a person, and the week; read anew every few seconds. */
export function HomeScreen({ initial }: { initial: HomeView }) {
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
      {error && <ErrorPanel error={error} />}
      {isDemo && <FirstSteps />}
      <div className={classes.columns}>
        <div>
          <Running running={data.running} drafts={data.drafts} />
          <Week days={data.days} messages={data.messages} />
        </div>
        <Attention
          attention={data.attention}
          waiting={data.waiting}
          paused={data.running.filter((j) => j.state === "paused")}
          checkedAt={new Date(dataUpdatedAt || Date.now()).toISOString()}
        />
      </div>
    </>
  );
}
