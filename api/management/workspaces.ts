import { readMe } from "@/services/access/me";
import { storeActivity } from "@/services/insight/store-activity";
import {
  closeMerchant,
  createMerchant,
  listMerchants,
  renameMerchant,
  reopenMerchant,
} from "@/services/workspaces/merchants";
import { closeStore, createStore, listStores, reopenStore, updateStore } from "@/services/workspaces/stores";
import { updateWorkspace } from "@/services/workspaces/update";
import { type Route, route } from "../route";

export const workspaces: Route[] = [
  route("GET /me", readMe),
  route("PATCH /workspace", updateWorkspace),
  route("GET /merchants", listMerchants),
  route("POST /merchants", createMerchant),
  route("PATCH /merchants/:merchant", renameMerchant),
  route("POST /merchants/:merchant/close", closeMerchant),
  route("POST /merchants/:merchant/reopen", reopenMerchant),
  route("GET /stores", listStores),
  route("POST /stores", createStore),
  route("GET /stores/:store", storeActivity),
  route("PATCH /stores/:store", updateStore),
  route("POST /stores/:store/close", closeStore),
  route("POST /stores/:store/reopen", reopenStore),
];
