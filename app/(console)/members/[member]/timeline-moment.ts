import type { Moment } from "@/services/members/timeline";
import type { Wire } from "../../../_ui/live/wire";

/** As it comes over the wire. */
export type TimelineMoment = Wire<Moment>;
