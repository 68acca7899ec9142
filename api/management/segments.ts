import { estimateSegment } from "@/services/segments/estimate";
import { knownFields } from "@/services/segments/known-fields";
import { segmentMembers } from "@/services/segments/members";
import { segmentNewcomers } from "@/services/segments/newcomers";
import { segmentOverlap } from "@/services/segments/overlap";
import { countSegment, sampleSegment } from "@/services/segments/preview";
import { removeSegment } from "@/services/segments/remove";
import { createSegment, getSegment, listSegments, updateSegment } from "@/services/segments/segments";
import { segmentUses } from "@/services/segments/uses";
import { segmentValues } from "@/services/segments/values";
import { type Route, route } from "../route";

export const segments: Route[] = [
  route("GET /segments", listSegments),
  route("POST /segments", createSegment),
  route("POST /segments/count", countSegment),
  route("POST /segments/sample", sampleSegment),
  route("POST /segments/estimate", estimateSegment),
  route("GET /segments/values", segmentValues),
  route("GET /segments/fields", knownFields),
  route("GET /segments/uses", segmentUses),
  route("GET /segments/:segment", getSegment),
  route("GET /segments/:segment/members", segmentMembers),
  route("GET /segments/:segment/newcomers", segmentNewcomers),
  route("GET /segments/:segment/overlap", segmentOverlap),
  route("DELETE /segments/:segment", removeSegment),
  route("PATCH /segments/:segment", updateSegment),
];
