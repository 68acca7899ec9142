import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isUuid } from "@/core/uuid";
import { config } from "@/platform/config";
import { getRun } from "@/services/runs/get";
import { serverT } from "../../../_i18n/locale";
import { read } from "../../../_server/door";
import { wire } from "../../../_ui/live/wire";
import { RunScreen } from "./run-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("runs"))("run") };
}

export default async function RunPage({ params }: { params: Promise<{ run: string }> }) {
  const { run } = await params;
  const found = isUuid(run) ? await read(getRun, { run }) : undefined;
  if (!found) notFound();
  return <RunScreen initial={wire(found)} namespace={config().TEMPORAL_NAMESPACE} />;
}
