import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readWorkspace } from "@/services/workspaces/read";
import { read } from "../../_server/door";
import { WorkspaceScreen } from "./_workspace/workspace-screen";
import { titled } from "./titled";

export const generateMetadata = (): Promise<Metadata> => titled("workspace");

export default async function WorkspacePage() {
  const workspace = await read(readWorkspace, {});
  if (!workspace) notFound();
  const { name, timeZone, locale } = workspace;
  return <WorkspaceScreen workspace={{ name, timeZone, locale }} />;
}
