import type { RunLine } from "@/services/runs/run-line";
import type { Wire } from "../../_ui/live/wire";

/** A run as the list shows it. */
export type Line = Wire<RunLine>;
