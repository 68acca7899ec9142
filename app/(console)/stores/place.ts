import type { Merchant as MerchantRow } from "@/services/workspaces/merchants";
import type { Store as StoreRow } from "@/services/workspaces/stores";
import type { Wire } from "../../_ui/live/wire";

/** As they come over the wire. */
export type Merchant = Wire<MerchantRow>;
export type Store = Wire<StoreRow>;
