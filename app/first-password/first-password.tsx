"use client";
import { Paper, Text, Title } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { useT } from "../_i18n/use-t";
import { apiAt } from "../_ui/api";
import { Logo } from "../(console)/_components/logo";
import { LookMenu } from "../(console)/_components/look-menu";
import { PasswordForm } from "../(console)/_components/password-form";
import classes from "../sign-in/form.module.css";

/** Who was told a one-time password chooses their own before anything else. */
export function FirstPassword({ api, name }: { api: string; name: string }) {
  const t = useT("team");
  const router = useRouter();
  const client = useMemo(() => apiAt(api), [api]);
  return (
    <main className={classes.page}>
      <div className={classes.corner}>
        <LookMenu />
      </div>
      <div className={classes.card}>
        <div className={classes.brand}>
          <Logo size={44} />
          <div>
            <Title order={1}>{t("firstTitle")}</Title>
            <Text c="dimmed" size="sm">
              {name} · {t("firstLead")}
            </Text>
          </div>
        </div>
        <Paper withBorder p="xl" className={classes.paper}>
          <PasswordForm
            client={client}
            onChanged={() => {
              router.push("/");
              router.refresh();
            }}
          />
        </Paper>
      </div>
    </main>
  );
}
