"use client";
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { Dialog } from "../../_ui/page/dialog";
import { EmptyState } from "../../_ui/page/empty-state";
import { ErrorPanel, useProblem } from "../../_ui/page/error-panel";
import { Badge } from "../../_ui/page/state-badge";
import { type Column, DataTable } from "../../_ui/table/data-table";
import { When } from "../../_ui/time/when";
import { useApi, useMay } from "../../_ui/workspace";
import type { Key } from "./key";
import { NewKey } from "./new-key";

/** The workspace's keys; one is made here and shown once. */
export function Keys({ initial, onMade }: { initial?: Key[]; onMade(kind: "write" | "secret", key: string): void }) {
  const t = useT("integrations");
  const common = useT("common");
  const api = useApi();
  const mayWrite = useMay("key.write");
  const problem = useProblem();
  const [making, setMaking] = useState<"write" | "secret">();
  const [revoking, setRevoking] = useState<Key>();
  const {
    data: keys,
    error,
    refetch,
  } = useQuery({
    queryKey: ["keys"],
    ...(initial && { initialData: initial }),
    queryFn: async ({ signal }) => (await api.get<{ items: Key[] }>("/keys", {}, signal)).items,
  });

  const revoke = async (key: Key) => {
    setRevoking(undefined);
    try {
      await api.post(`/keys/${key.id}/revoke`);
      notifications.show({ message: t("revokedDone") });
      void refetch();
    } catch (failed) {
      const { title, says } = problem(failed);
      notifications.show({ color: "danger", title, message: says });
    }
  };

  const columns = useMemo<Column<Key>[]>(
    () => [
      { id: "name", header: t("name"), cell: (k) => <b>{k.name}</b> },
      {
        id: "kind",
        header: t("prefix"),
        cell: (k) => (
          <Group gap={8} wrap="nowrap">
            <Text ff="monospace" size="xs">
              {k.prefix}…
            </Text>
            <Text size="xs" c="dimmed">
              {t(k.kind)}
            </Text>
          </Group>
        ),
      },
      {
        id: "scopes",
        header: t("scopes"),
        cell: (k) => (
          <Text size="xs" c="dimmed" maw={260} lineClamp={2}>
            {k.kind === "write" ? t("sendOnly") : k.scopes.includes("*") ? t("all") : k.scopes.join(", ")}
          </Text>
        ),
      },
      { id: "made", header: t("made"), cell: (k) => <When at={k.createdAt} /> },
      {
        id: "state",
        header: t("state"),
        cell: (k) => <Badge tone={k.revokedAt ? "quiet" : "ok"}>{t(k.revokedAt ? "revoked" : "active")}</Badge>,
      },
      {
        id: "do",
        header: "",
        align: "end",
        cell: (k) =>
          mayWrite &&
          !k.revokedAt && (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setRevoking(k)}>
              {t("revoke")}
            </Button>
          ),
      },
    ],
    [mayWrite, t],
  );

  return (
    <section aria-labelledby="keys">
      <Group justify="space-between" mb="sm">
        <div>
          <Title order={2} id="keys">
            {t("keys")}
          </Title>
          <Text size="sm" c="dimmed">
            {t("keysLead")}
          </Text>
        </div>
        {mayWrite && (
          <Group gap="xs">
            <Button leftSection={<Icon name="key" size={16} />} onClick={() => setMaking("write")}>
              {t("makeWrite")}
            </Button>
            <Button variant="default" onClick={() => setMaking("secret")}>
              {t("makeSecret")}
            </Button>
          </Group>
        )}
      </Group>
      {error ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t("keys")}
          columns={columns}
          rows={keys}
          rowKey={(k) => k.id}
          expect={3}
          empty={
            <EmptyState
              icon="key"
              title={t("emptyTitle")}
              action={mayWrite && <Button onClick={() => setMaking("write")}>{t("makeWrite")}</Button>}
            >
              {t("empty")}
            </EmptyState>
          }
        />
      )}
      <NewKey
        kind={making}
        onClose={() => setMaking(undefined)}
        onMade={(kind, key) => {
          onMade(kind, key);
          void refetch();
        }}
      />
      <Dialog
        opened={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
        title={t("revokeTitle", { name: revoking?.name ?? "" })}
      >
        <Stack>
          <Text size="sm">{t("revokeHint")}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setRevoking(undefined)}>
              {common("cancel")}
            </Button>
            <Button onClick={() => revoking && void revoke(revoking)}>{t("revoke")}</Button>
          </Group>
        </Stack>
      </Dialog>
    </section>
  );
}
