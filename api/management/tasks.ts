import { answerTask } from "@/services/tasks/answer";
import { completeTask } from "@/services/tasks/complete";
import { decideTask } from "@/services/tasks/decide";
import { getTask } from "@/services/tasks/get";
import { listTasks } from "@/services/tasks/list";
import { type Route, route } from "../route";

export const tasks: Route[] = [
  route("GET /tasks", listTasks),
  route("GET /tasks/:task", getTask),
  route("POST /tasks/:task/complete", completeTask),
  route("POST /tasks/:task/decide", decideTask),
  route("POST /tasks/:task/answer", answerTask),
];
