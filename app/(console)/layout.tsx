import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { config } from "@/platform/config";
import { can, PERMISSIONS } from "@/services/access/may";
import { readWorkspace } from "@/services/workspaces/read";
import { person, read } from "../_server/door";
import { WorkspaceProvider } from "../_ui/workspace";
import { Shell } from "./_components/shell";
import { ZoneProvider } from "./_components/zone";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await person();
  const workspace = await read(readWorkspace, {});
  if (!workspace) notFound();
  return (
    <WorkspaceProvider
      value={{
        ...workspace,
        user: { name: actor.name, role: actor.role },
        may: PERMISSIONS.filter((permission) => can(actor, permission)),
        api: config().PUBLIC_API_URL,
        temporal: config().TEMPORAL_UI_URL,
      }}
    >
      <ZoneProvider zone={workspace.timeZone}>
        <Shell>{children}</Shell>
      </ZoneProvider>
    </WorkspaceProvider>
  );
}
