"use client";
import { Group, Paper, Tabs, Text, Title } from "@mantine/core";
import { useT } from "../../_i18n/use-t";
import { CopyField } from "../../_ui/fields/copy-field";
import { LinkButton } from "../../_ui/page/link-button";
import { useWorkspace } from "../../_ui/workspace";
import { snippets } from "./snippet-texts";

/** What to paste where: the popular SDKs pointed at this installation. */
export function Snippets({ writeKey }: { writeKey: string | undefined }) {
  const t = useT("integrations");
  const { api } = useWorkspace();
  const texts = snippets(api, writeKey ?? t("keyPlace"));
  const tabs = ["node", "browser", "rudder", "curl", "cloud", "redeem"] as const;
  return (
    <section aria-labelledby="snippets">
      <Group justify="space-between" mt="xl" mb="sm">
        <div>
          <Title order={2} id="snippets">
            {t("snippets")}
          </Title>
          <Text size="sm" c="dimmed">
            {t("snippetsLead")} {writeKey && t("usedKey")}
          </Text>
        </div>
        <LinkButton href="/events" variant="default">
          {t("watch")}
        </LinkButton>
      </Group>
      <Paper withBorder p="md" bg="var(--raised)">
        <Group gap="xs" mb="sm">
          <Text size="sm" c="dimmed">
            {t("endpoint")}
          </Text>
          <CopyField value={`${api}/v1`} label={t("endpoint")} />
        </Group>
        <Tabs defaultValue="node" keepMounted={false}>
          <Tabs.List mb="sm">
            {tabs.map((tab) => (
              <Tabs.Tab key={tab} value={tab}>
                {t(tab)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {tabs.map((tab) => (
            <Tabs.Panel key={tab} value={tab}>
              <CopyField block value={texts[tab]} label={t(tab)} />
            </Tabs.Panel>
          ))}
        </Tabs>
      </Paper>
    </section>
  );
}
