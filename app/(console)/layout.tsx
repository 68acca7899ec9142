import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { type Config, config } from "@/platform/config";
import { can, PERMISSIONS } from "@/services/access/may";
import { readWorkspace } from "@/services/workspaces/read";
import { person, read } from "../_server/door";
import { WorkspaceProvider } from "../_ui/workspace";
import { Shell } from "./_components/shell/shell";
import { ZoneProvider } from "./_components/shell/zone";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await person();
  const workspace = await read(readWorkspace, {});
  if (!workspace) notFound();
  return (
    // Read again for somebody else, a page begins anew: what the one before them had begun is not theirs.
    <WorkspaceProvider
      key={actor.user}
      value={{
        ...workspace,
        user: { id: actor.user, name: actor.name, role: actor.role },
        may: PERMISSIONS.filter((permission) => can(actor, permission)),
        api: config().PUBLIC_API_URL,
        temporal: config().TEMPORAL_UI_URL,
        temporalList: runningIn(config()),
      }}
    >
      <ZoneProvider zone={workspace.timeZone}>
        <Shell>{children}</Shell>
      </ZoneProvider>
    </WorkspaceProvider>
  );
}

/** Temporal's list of what runs now: each conductor under its name, without those that ended or began anew. */
const runningIn = ({ TEMPORAL_UI_URL, TEMPORAL_NAMESPACE }: Config): string =>
  `${TEMPORAL_UI_URL}/namespaces/${encodeURIComponent(TEMPORAL_NAMESPACE)}/workflows?query=${encodeURIComponent('ExecutionStatus="Running"')}`;
