import type { Home } from "@/services/insight/home";
import type { Wire } from "../../_ui/live/wire";

/** As it comes over the wire. */
export type HomeView = Wire<Home>;
