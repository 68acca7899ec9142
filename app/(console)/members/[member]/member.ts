import type { MemberView } from "@/services/members/get";
import type { Wire } from "../../../_ui/live/wire";

/** As it comes over the wire. */
export type Member = Wire<MemberView>;
