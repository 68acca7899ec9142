import type { TaskView } from "@/services/tasks/task-view";
import type { Wire } from "../../../_ui/live/wire";

export type TaskDetail = Wire<TaskView>;
