"use client";
import { Anchor } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { useT } from "../../_i18n/use-t";
import { useProblem } from "../../_ui/page/error-panel";
import { useApi } from "../../_ui/workspace";

/** What is told of letters that were set aside, with the way back. */
export function useTakeBack(onDone: () => void): (letters: string[]) => ReactNode {
  const t = useT("letters");
  const takeBack = useTakingBack(onDone);
  return (letters) => (
    <>
      {t("asideDone", { count: letters.length })}{" "}
      {letters.length > 0 && (
        <Anchor component="button" type="button" size="sm" onClick={() => void takeBack(letters)}>
          {t("takeBack")}
        </Anchor>
      )}
    </>
  );
}

/** Takes letters back that were set aside, and tells so. */
export function useTakingBack(onDone: () => void): (letters: string[]) => Promise<void> {
  const t = useT("letters");
  const api = useApi();
  const problem = useProblem();
  return async (letters) => {
    try {
      const { count } = await api.post<{ count: number }>("/dead-letters/take-back", { letters });
      notifications.show({ message: t("takenBack", { count }) });
      onDone();
    } catch (failed) {
      const { title, says } = problem(failed);
      notifications.show({ color: "danger", title, message: says });
    }
  };
}
