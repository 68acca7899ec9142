import type { RunView } from "@/services/runs/get";
import type { Wire } from "../../../_ui/live/wire";

/** As it comes over the wire. */
export type RunDetail = Wire<RunView>;
