import type { ReactNode } from "react";
import { serverT } from "../../_i18n/locale";
import { PageHeader } from "../../_ui/page/page-header";
import { FirstPassword } from "../_components/first-password";
import classes from "./settings.module.css";
import { SideList } from "./side-list";

/** The head, the list of parts at the left, and the part that is open. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const t = await serverT("settings");
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <FirstPassword />
      <div className={classes.columns}>
        <SideList />
        <div className={classes.part}>{children}</div>
      </div>
    </>
  );
}
