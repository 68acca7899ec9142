import { Alert } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";
import { readMe } from "@/services/access/me";
import { serverT } from "../../_i18n/locale";
import { tryRead } from "../../_server/door";
import { Icon } from "../../_ui/icons";
import { PageHeader } from "../../_ui/page/page-header";
import classes from "./settings.module.css";
import { SideList } from "./side-list";

/** The head, the list of parts at the left, and the part that is open. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const t = await serverT("settings");
  const me = await tryRead(readMe, {});
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      {me?.isFirstPassword && (
        <Alert variant="light" color="gray" icon={<Icon name="warning" />} className={classes.alert} mb="lg">
          {t("firstPassword")} <Link href="/settings/you">{t("change")}</Link>
        </Alert>
      )}
      <div className={classes.columns}>
        <SideList />
        <div className={classes.part}>{children}</div>
      </div>
    </>
  );
}
