import type { EventLine } from "@/services/debugger/list";
import type { Wire } from "../../_ui/live/wire";

export type AcceptedEvent = Wire<EventLine>;
