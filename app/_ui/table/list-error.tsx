"use client";
import { Button, Group, Paper, Text, Title } from "@mantine/core";
import { usePathname, useSearchParams } from "next/navigation";
import { useT } from "../../_i18n/use-t";
import { ApiError } from "../api";
import { Icon } from "../icons";
import { ErrorPanel, useProblem } from "../page/error-panel";
import panel from "../page/error-panel.module.css";

/** Why a list could not be read. A filter in the address that is none, as an old link has it, is named, and the list without it is one click away. */
export function ListError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useT("common");
  const query = useSearchParams();
  const path = usePathname();
  const problem = useProblem();
  const name = error instanceof ApiError && error.code === "invalid" ? error.path?.split(".")[0] : undefined;
  const value = name === undefined ? null : query.get(name);
  if (name === undefined || value === null) return <ErrorPanel error={error} onRetry={onRetry} />;
  const without = () => {
    const rest = new URLSearchParams(query);
    rest.delete(name);
    window.history.replaceState(null, "", rest.size > 0 ? `${path}?${rest}` : path);
  };
  return (
    <Paper p="md" withBorder className={panel.panel} role="alert" data-testid="filter-unknown">
      <Group align="flex-start" wrap="nowrap" gap="sm">
        <Icon name="warning" size={20} color="var(--tone-bad)" />
        <div>
          <Title order={3}>{t("filterUnknown")}</Title>
          <Text size="sm" c="dimmed" mt={2}>
            <code>
              {name}={value.slice(0, 80)}
            </code>{" "}
            {problem(error).says}
          </Text>
          <Button mt="sm" size="xs" variant="default" onClick={without}>
            {t("filterWithout")}
          </Button>
        </div>
      </Group>
    </Paper>
  );
}
