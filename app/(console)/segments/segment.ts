import type { SegmentView } from "@/services/segments/view";
import type { Wire } from "../../_ui/live/wire";

/** As it comes over the wire. */
export type Segment = Wire<SegmentView>;
/** A journey that names a segment. */
export type Use = { segment: string; journey: string; name: string; state: string; isPublished: boolean };
/** Of a segment's members, how many are in each of the others. */
export type Overlap = {
  members: number;
  isExact: boolean;
  items: { segment: string; name: string; state: Segment["state"]; both: number }[];
};
