import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isUuid } from "@/core/uuid";
import { getTask } from "@/services/tasks/get";
import { serverT } from "../../../_i18n/locale";
import { read } from "../../../_server/door";
import { wire } from "../../../_ui/live/wire";
import { TaskScreen } from "./task-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("tasks"))("task") };
}

export default async function TaskPage({ params }: { params: Promise<{ task: string }> }) {
  const { task } = await params;
  const found = isUuid(task) ? await read(getTask, { task }) : undefined;
  if (!found) notFound();
  return <TaskScreen initial={wire(found)} />;
}
