import type { KeyLine } from "@/services/access/keys";
import type { Wire } from "../../_ui/live/wire";

/** As it comes over the wire. */
export type Key = Wire<KeyLine>;
