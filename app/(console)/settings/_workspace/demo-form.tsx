"use client";
import { Switch } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useT } from "../../../_i18n/use-t";
import { useProblem } from "../../../_ui/page/error-panel";
import { useApi, useMay } from "../../../_ui/workspace";
import { Part } from "../part";
import { RemoveDemo } from "./remove-demo";

type Simulation = { on: boolean; perMinute: number };

/** The demo's switch: customers that are not people, sending real events; absent where the API has no simulator. And the demo's end. */
export function DemoForm() {
  const t = useT("settings");
  const api = useApi();
  const may = useMay("demo.write");
  const queries = useQueryClient();
  const problem = useProblem();
  const { data, isError } = useQuery({
    queryKey: ["simulation"],
    retry: false,
    refetchInterval: 10_000,
    queryFn: ({ signal }) => api.get<Simulation>("/demo/simulate", {}, signal),
  });
  const turn = async (on: boolean) => {
    try {
      queries.setQueryData<Simulation>(["simulation"], await api.post<Simulation>("/demo/simulate", { on }));
      notifications.show({ message: t(on ? "simulating" : "stopped") });
    } catch (error) {
      const { title, says } = problem(error);
      notifications.show({ color: "danger", title, message: says });
    }
  };
  return (
    <Part title={t("demo")}>
      {(data || !isError) && (
        <Switch
          label={t("simulate")}
          description={t("simulateHint")}
          checked={data?.on ?? false}
          disabled={!may || !data}
          onChange={(event) => void turn(event.currentTarget.checked)}
        />
      )}
      <RemoveDemo />
    </Part>
  );
}
