"use client";
import { Alert } from "@mantine/core";
import { useT } from "../../_i18n/use-t";
import { ApiError } from "../api";
import { Icon } from "../icons";

/** Whether a change was refused because somebody else has changed the same field since the form was opened. */
export const isOvertaken = (error: unknown): boolean =>
  error instanceof ApiError && error.code === "conflict" && (error.path ?? "").startsWith("was.");

/** Says so in the form, which by now holds their values beside what was typed. */
export function Overtaken() {
  const t = useT("common");
  return (
    <Alert
      color="gray"
      variant="light"
      p="xs"
      icon={<Icon name="warning" size={16} />}
      title={t("overtaken")}
      role="alert"
      data-testid="overtaken"
    >
      {t("overtakenHint")}
    </Alert>
  );
}
