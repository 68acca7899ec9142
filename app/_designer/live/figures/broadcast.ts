import type { BroadcastView } from "@/services/broadcasts/view";
import type { Wire } from "../../../_ui/live/wire";

/** As it comes over the wire. */
export type Broadcast = Wire<BroadcastView>;
