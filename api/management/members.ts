import { memberVerdicts } from "@/services/journeys/watching/verdicts";
import { whyNot } from "@/services/journeys/watching/why-not";
import { grantConsent, withdrawConsent } from "@/services/members/consents";
import { getMember } from "@/services/members/get";
import { listMembers } from "@/services/members/list";
import { addSuppression, liftSuppression, listSuppressions } from "@/services/members/suppressions";
import { addMemberTags, listTags, removeMemberTag } from "@/services/members/tags";
import { memberTimeline } from "@/services/members/timeline";
import { mergeMember } from "@/services/merging/merge";
import { type Route, route } from "../route";

export const members: Route[] = [
  route("GET /members", listMembers),
  route("GET /members/:member", getMember),
  route("GET /members/:member/timeline", memberTimeline),
  route("GET /members/:member/journeys", memberVerdicts),
  route("GET /members/:member/journeys/:journey/why-not", whyNot),
  route("POST /members/:member/merge", mergeMember),
  route("POST /members/:member/tags", addMemberTags),
  route("DELETE /members/:member/tags/:tag", removeMemberTag),
  route("POST /members/:member/consents", grantConsent),
  route("POST /members/:member/consents/withdraw", withdrawConsent),
  route("GET /tags", listTags),
  route("GET /suppressions", listSuppressions),
  route("POST /suppressions", addSuppression),
  route("POST /suppressions/lift", liftSuppression),
];
