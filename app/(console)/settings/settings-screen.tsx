"use client";
import { Alert, Paper, SegmentedControl, Stack, Title, useMantineColorScheme } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useRouter } from "next/navigation";
import { useLocale } from "use-intl";
import type { Approval } from "@/core/policy/approval";
import type { Holdout } from "@/core/policy/holdout";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { KeyValue } from "../../_ui/key-value";
import { PageHeader } from "../../_ui/page-header";
import { useMay, useWorkspace } from "../../_ui/workspace";
import { chooseLocale, languages } from "../_components/languages";
import { ApprovalForm } from "./approval-form";
import { DemoForm } from "./demo-form";
import { HoldoutForm } from "./holdout-form";
import { PasswordForm } from "./password-form";
import { SendingSection } from "./sending-section";
import classes from "./settings.module.css";
import { WorkspaceForm } from "./workspace-form";

/** The workspace's settings, and one's own. */
export function SettingsScreen({
  workspace,
  holdout,
  approval,
  isFirstPassword,
}: {
  workspace: { name: string; timeZone: string; locale: string };
  holdout: Holdout | null;
  approval: Approval;
  isFirstPassword: boolean;
}) {
  const t = useT("settings");
  const nav = useT("nav");
  const locale = useLocale();
  const router = useRouter();
  const { isDemo, user } = useWorkspace();
  const mayWrite = useMay("workspace.write");
  const mayRead = useMay("message.read");
  const isMounted = useMounted();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Stack gap="lg" maw={680}>
        {isFirstPassword && (
          <Alert variant="light" color="gray" icon={<Icon name="warning" />} className={classes.alert}>
            {t("firstPassword")}
          </Alert>
        )}
        {isDemo && <DemoForm />}
        <Paper withBorder p="lg" component="section" className={classes.card}>
          <Title order={2} mb="md">
            {t("workspace")}
          </Title>
          <WorkspaceForm initial={workspace} isReadOnly={!mayWrite} />
        </Paper>
        {mayRead && <SendingSection />}
        <Paper withBorder p="lg" component="section" className={classes.card}>
          <Title order={2} mb="md">
            {t("holdout")}
          </Title>
          <HoldoutForm initial={holdout} isReadOnly={!mayWrite} />
        </Paper>
        <Paper withBorder p="lg" component="section" className={classes.card}>
          <Title order={2} mb="md">
            {t("approval")}
          </Title>
          <ApprovalForm initial={approval} isReadOnly={!mayWrite} />
        </Paper>
        <Paper withBorder p="lg" component="section" className={classes.card}>
          <Title order={2} mb="md">
            {t("you")}
          </Title>
          <KeyValue
            facts={[
              [t("account"), user.name],
              [t("role"), user.role],
              [
                t("yourLanguage"),
                <SegmentedControl
                  key="l"
                  aria-label={t("yourLanguage")}
                  value={locale}
                  onChange={(value) => {
                    for (const { value: known } of languages) if (known === value) chooseLocale(known);
                    router.refresh();
                  }}
                  data={languages}
                />,
              ],
              [
                t("colours"),
                <SegmentedControl
                  key="c"
                  aria-label={t("colours")}
                  value={isMounted ? colorScheme : "auto"}
                  onChange={(value) => {
                    if (value === "auto" || value === "light" || value === "dark") setColorScheme(value);
                  }}
                  data={(["auto", "light", "dark"] as const).map((value) => ({ value, label: nav(value) }))}
                />,
              ],
            ]}
          />
        </Paper>
        <Paper withBorder p="lg" component="section" className={classes.card}>
          <Title order={2} mb="md">
            {t("password")}
          </Title>
          <PasswordForm />
        </Paper>
      </Stack>
    </>
  );
}
