import { readHome } from "@/services/insight/home";
import { search } from "@/services/insight/search";
import { readWorkspace } from "@/services/workspaces/read";
import { type Route, route } from "../route";

export const insight: Route[] = [
  route("GET /workspace", readWorkspace),
  route("GET /home", readHome),
  route("GET /search", search),
];
