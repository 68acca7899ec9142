import type { StoreActivity } from "@/services/insight/store-activity";
import type { Wire } from "../../../_ui/live/wire";

/** As it comes over the wire. */
export type Activity = Wire<StoreActivity>;
