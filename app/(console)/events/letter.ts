import type { DeadLetter } from "@/services/debugger/letters";
import type { Wire } from "../../_ui/live/wire";

export type Letter = Wire<DeadLetter>;
