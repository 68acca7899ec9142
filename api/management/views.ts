import { changeView } from "@/services/views/change";
import { listViews } from "@/services/views/list";
import { openWith } from "@/services/views/open-with";
import { removeView } from "@/services/views/remove";
import { saveView } from "@/services/views/save";
import { type Route, route } from "../route";

export const views: Route[] = [
  route("GET /views", listViews),
  route("POST /views", saveView),
  route("PUT /views/default", openWith),
  route("PATCH /views/:view", changeView),
  route("DELETE /views/:view", removeView),
];
