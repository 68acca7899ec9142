import type { Metadata } from "next";
import { listTasks } from "@/services/tasks/list";
import { serverT } from "../../_i18n/locale";
import { openDefaultView } from "../../_server/default-view";
import { tryRead } from "../../_server/door";
import { queryOf, type SearchParams } from "../../_server/query";
import { wire } from "../../_ui/live/wire";
import { TASK_FILTERS } from "./filters";
import { TasksScreen } from "./tasks-screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("tasks"))("title") };
}

export default async function TasksPage({ searchParams }: { searchParams: SearchParams }) {
  const address = await queryOf(searchParams, TASK_FILTERS);
  await openDefaultView("tasks", address);
  const { view: _, ...query } = address;
  const page = await tryRead(listTasks, query);
  return <TasksScreen {...(page && { initial: { page: wire(page), query } })} />;
}
