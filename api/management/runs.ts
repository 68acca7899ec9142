import { operateRuns, previewRuns } from "@/services/engine/operations/many";
import { exitRun, moveRun, retryRun, wakeRun } from "@/services/engine/operations/one";
import { getRun } from "@/services/runs/get";
import { listRuns } from "@/services/runs/list";
import { runReasons } from "@/services/runs/reasons";
import { type Route, route } from "../route";

export const runs: Route[] = [
  route("GET /runs", listRuns),
  route("GET /runs/reasons", runReasons),
  route("GET /runs/:run", getRun),
  route("POST /runs/preview", previewRuns),
  route("POST /runs/operate", operateRuns),
  route("POST /runs/:run/wake", wakeRun),
  route("POST /runs/:run/retry", retryRun),
  route("POST /runs/:run/move", moveRun),
  route("POST /runs/:run/exit", exitRun),
];
