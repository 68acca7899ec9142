"use client";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { nodeKinds } from "@/core/journey/registry";
import { useT } from "../../_i18n/use-t";
import { useProblem } from "../../_ui/page/error-panel";
import { useApi } from "../../_ui/workspace";

const TRIGGER = "on-event";

/** Makes a journey of a document, or an empty one with its trigger, and opens it. */
export function useMakeJourney() {
  const t = useT("journeys");
  const api = useApi();
  const problem = useProblem();
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const make = async (document: unknown, says?: (name: string) => string) => {
    setBusy(true);
    try {
      const made = await api.post<{ id: string; name: string }>("/journeys", { document });
      if (says) notifications.show({ message: says(made.name) });
      router.push(`/journeys/${made.id}`);
    } catch (error) {
      const { title, says: why } = problem(error);
      notifications.show({ color: "danger", title, message: why });
    } finally {
      setBusy(false);
    }
  };
  const blank = () =>
    make({
      name: t("untitled"),
      entry: TRIGGER,
      nodes: [{ id: TRIGGER, kind: TRIGGER, config: nodeKinds[TRIGGER].initial }],
      edges: [],
    });
  return { make, blank, isBusy };
}
