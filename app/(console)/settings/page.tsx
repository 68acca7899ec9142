import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readMe } from "@/services/access/me";
import { readWorkspace } from "@/services/workspaces/read";
import { serverT } from "../../_i18n/locale";
import { read } from "../../_server/door";
import { SettingsScreen } from "./settings-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("settings"))("title") };
}

export default async function SettingsPage() {
  const [workspace, me] = [await read(readWorkspace, {}), await read(readMe, {})];
  if (!workspace) notFound();
  return (
    <SettingsScreen
      workspace={{ name: workspace.name, timeZone: workspace.timeZone, locale: workspace.locale }}
      holdout={workspace.holdout}
      approval={workspace.approval}
      isFirstPassword={me?.isFirstPassword === true}
    />
  );
}
