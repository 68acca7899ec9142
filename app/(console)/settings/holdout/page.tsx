import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readWorkspace } from "@/services/workspaces/read";
import { read } from "../../../_server/door";
import { titled } from "../titled";
import { HoldoutForm } from "./holdout-form";

export const generateMetadata = (): Promise<Metadata> => titled("holdout");

export default async function HoldoutPage() {
  const workspace = await read(readWorkspace, {});
  if (!workspace) notFound();
  return <HoldoutForm initial={workspace.holdout} />;
}
