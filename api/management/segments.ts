import { estimateSegment } from "@/services/segments/estimate";
import { countSegment, sampleSegment } from "@/services/segments/preview";
import { createSegment, getSegment, listSegments, updateSegment } from "@/services/segments/segments";
import { segmentValues } from "@/services/segments/values";
import { type Route, route } from "../route";

export const segments: Route[] = [
  route("GET /segments", listSegments),
  route("POST /segments", createSegment),
  route("POST /segments/count", countSegment),
  route("POST /segments/sample", sampleSegment),
  route("POST /segments/estimate", estimateSegment),
  route("GET /segments/values", segmentValues),
  route("GET /segments/:segment", getSegment),
  route("PATCH /segments/:segment", updateSegment),
];
