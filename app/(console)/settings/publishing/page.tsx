import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readWorkspace } from "@/services/workspaces/read";
import { read } from "../../../_server/door";
import { titled } from "../titled";
import { ApprovalForm } from "./approval-form";

export const generateMetadata = (): Promise<Metadata> => titled("publishing");

export default async function PublishingPage() {
  const workspace = await read(readWorkspace, {});
  if (!workspace) notFound();
  return <ApprovalForm initial={workspace.approval} />;
}
