import { listAudit, listAuditors } from "@/services/audit/list";
import { type Route, route } from "../route";

export const audit: Route[] = [route("GET /audit", listAudit), route("GET /audit/people", listAuditors)];
