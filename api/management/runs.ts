import { getRun } from "@/services/runs/get";
import { listRuns } from "@/services/runs/list";
import { type Route, route } from "../route";

export const runs: Route[] = [route("GET /runs", listRuns), route("GET /runs/:run", getRun)];
