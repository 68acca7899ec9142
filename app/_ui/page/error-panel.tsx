"use client";
import { Button, Group, Paper, Text, Title } from "@mantine/core";
import { useT } from "../../_i18n/use-t";
import { ApiError } from "../api";
import { Icon } from "../icons";
import classes from "./error-panel.module.css";
import { SignInLink } from "./sign-in-link";

/** Any error as a title and a sentence that says what to do. */
export function useProblem(): (error: unknown) => { title: string; says: string } {
  const common = useT("common");
  const refusals = useT("refusals");
  return (error) => {
    if (error instanceof ApiError) {
      if (error.code === "offline")
        return { title: common("offline"), says: common("offlineHint", { origin: error.detail ?? "" }) };
      // What the API says of it is for programs.
      if (error.code === "not_signed_in") return { title: common("signedOut"), says: common("signedOutHint") };
      if (error.code !== "broken") {
        const place = error.path ? ` (${error.path})` : "";
        return { title: refusals(error.code), says: error.detail ? `${begun(error.detail)}${place}` : "" };
      }
      return {
        title: common("broken"),
        says: error.detail ? begun(error.detail) : common("brokenHint", { digest: String(error.status) }),
      };
    }
    return { title: common("broken"), says: error instanceof Error ? error.message : String(error) };
  };
}

/** A sentence of the API as one that stands alone: with a capital, unless it begins with a name that programs use. */
const begun = (sentence: string): string =>
  sentence.replace(/^[a-z]+(?=[ ,:])/, (word) => word.charAt(0).toUpperCase() + word.slice(1));

/** What went wrong and what to do about it. */
export function ErrorPanel({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useT("common");
  const { title, says } = useProblem()(error);
  return (
    <Paper p="md" withBorder className={classes.panel} role="alert">
      <Group align="flex-start" wrap="nowrap" gap="sm">
        <Icon name="warning" size={20} color="var(--tone-bad)" />
        <div>
          <Title order={3}>{title}</Title>
          {says && (
            <Text size="sm" c="dimmed" mt={2}>
              {says}
            </Text>
          )}
          {error instanceof ApiError && (error.code === "not_signed_in" || error.code === "somebody_else") && (
            <Text size="sm" mt={4}>
              <SignInLink isAnother={error.code === "somebody_else"} />
            </Text>
          )}
          {onRetry && (
            <Button
              mt="sm"
              size="xs"
              variant="default"
              onClick={onRetry}
              leftSection={<Icon name="refresh" size={14} />}
            >
              {t("retry")}
            </Button>
          )}
        </div>
      </Group>
    </Paper>
  );
}
