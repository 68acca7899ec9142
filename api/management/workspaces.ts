import { readMe } from "@/services/access/me";
import { createMerchant, listMerchants } from "@/services/workspaces/merchants";
import { createStore, listStores } from "@/services/workspaces/stores";
import { updateWorkspace } from "@/services/workspaces/update";
import { type Route, route } from "../route";

export const workspaces: Route[] = [
  route("GET /me", readMe),
  route("PATCH /workspace", updateWorkspace),
  route("GET /merchants", listMerchants),
  route("POST /merchants", createMerchant),
  route("GET /stores", listStores),
  route("POST /stores", createStore),
];
