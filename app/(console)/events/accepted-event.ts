import type { EventLine } from "@/services/events/list";
import type { Wire } from "../../_ui/live/wire";

export type AcceptedEvent = Wire<EventLine>;
