import { cancelJob } from "@/services/jobs/cancel";
import { getJob } from "@/services/jobs/get";
import { listJobs } from "@/services/jobs/list";
import { type Route, route } from "../route";

export const jobs: Route[] = [
  route("GET /jobs", listJobs),
  route("GET /jobs/:job", getJob),
  route("POST /jobs/:job/cancel", cancelJob),
];
