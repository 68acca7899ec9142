import type { JourneyLine } from "@/services/journeys/journey-view";
import type { Wire } from "../../_ui/live/wire";

/** As it comes over the wire. */
export type Line = Wire<JourneyLine>;
