import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readWorkspace } from "@/services/workspaces/read";
import { read } from "../../../_server/door";
import { titled } from "../titled";
import { PointsForm } from "./points-form";

export const generateMetadata = (): Promise<Metadata> => titled("points");

export default async function PointsPage() {
  const workspace = await read(readWorkspace, {});
  if (!workspace) notFound();
  return <PointsForm initial={workspace.points} />;
}
