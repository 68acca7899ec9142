import type { TaskView } from "@/services/tasks/task-view";
import type { Wire } from "../../../_ui/wire";

export type TaskDetail = Wire<TaskView>;
