import { cancelBroadcast, pauseBroadcast, resumeBroadcast, startBroadcast } from "@/services/broadcasts/control";
import { getBroadcast, listBroadcasts } from "@/services/broadcasts/list";
import { askToPublish } from "@/services/journeys/approval/ask";
import { decidePublish } from "@/services/journeys/approval/decide";
import { listPublishRequests, readApproval } from "@/services/journeys/approval/read";
import { withdrawPublish } from "@/services/journeys/approval/withdraw";
import { callIn } from "@/services/journeys/call-in";
import { archiveJourney } from "@/services/journeys/drafting/archive";
import { createJourney } from "@/services/journeys/drafting/create";
import { duplicateJourney } from "@/services/journeys/drafting/duplicate";
import { exportJourney, readJourneySchema } from "@/services/journeys/drafting/export";
import { journeyNeighbours } from "@/services/journeys/drafting/neighbours";
import { checkDocument, checkTemplates, journeyProblems } from "@/services/journeys/drafting/problems";
import { putJourney } from "@/services/journeys/drafting/put";
import { listLabels, relabelJourney } from "@/services/journeys/drafting/relabel";
import { unarchiveJourney } from "@/services/journeys/drafting/unarchive";
import { getJourney } from "@/services/journeys/get";
import { listJourneys } from "@/services/journeys/list";
import { pauseJourney } from "@/services/journeys/operating/pause";
import { resumeJourney, resumePreview } from "@/services/journeys/operating/resume";
import { stopJourney } from "@/services/journeys/operating/stop";
import { journeyAudience } from "@/services/journeys/publishing/audience";
import { commentOnVersion } from "@/services/journeys/publishing/comment";
import { publishJourney } from "@/services/journeys/publishing/publish";
import { publishPreview } from "@/services/journeys/publishing/publish-preview";
import { startedOfLate } from "@/services/journeys/publishing/started-of-late";
import { journeyDiff, journeyVersion, journeyVersions, restoreVersion } from "@/services/journeys/publishing/versions";
import { journeyCounts } from "@/services/journeys/watching/counts";
import { bePresent, listPresent } from "@/services/journeys/watching/presence";
import { type Route, route } from "../route";

export const journeys: Route[] = [
  route("GET /journeys", listJourneys),
  route("POST /journeys", createJourney),
  route("GET /journeys/schema", readJourneySchema),
  route("GET /journeys/labels", listLabels),
  route("POST /journeys/check", checkDocument),
  route("POST /journeys/check-templates", checkTemplates),
  route("POST /journeys/started-of-late", startedOfLate),
  route("GET /journeys/:journey", getJourney),
  route("PUT /journeys/:journey", putJourney),
  route("PATCH /journeys/:journey/labels", relabelJourney),
  route("GET /journeys/:journey/document", exportJourney),
  route("GET /journeys/:journey/problems", journeyProblems),
  route("GET /journeys/:journey/neighbours", journeyNeighbours),
  route("GET /journeys/:journey/publish-preview", publishPreview),
  route("POST /journeys/:journey/publish", publishJourney),
  route("GET /journeys/:journey/approval", readApproval),
  route("POST /journeys/:journey/publish-requests", askToPublish),
  route("GET /publish-requests", listPublishRequests),
  route("POST /publish-requests/:request/decide", decidePublish),
  route("POST /publish-requests/:request/withdraw", withdrawPublish),
  route("GET /journeys/:journey/audience", journeyAudience),
  route("POST /journeys/:journey/entries", callIn),
  route("GET /journeys/:journey/broadcasts", listBroadcasts),
  route("POST /journeys/:journey/broadcasts", startBroadcast),
  route("GET /broadcasts/:broadcast", getBroadcast),
  route("POST /broadcasts/:broadcast/pause", pauseBroadcast),
  route("POST /broadcasts/:broadcast/resume", resumeBroadcast),
  route("POST /broadcasts/:broadcast/cancel", cancelBroadcast),
  route("POST /journeys/:journey/duplicate", duplicateJourney),
  route("POST /journeys/:journey/pause", pauseJourney),
  route("GET /journeys/:journey/resume-preview", resumePreview),
  route("POST /journeys/:journey/resume", resumeJourney),
  route("POST /journeys/:journey/stop", stopJourney),
  route("POST /journeys/:journey/archive", archiveJourney),
  route("POST /journeys/:journey/unarchive", unarchiveJourney),
  route("GET /journeys/:journey/versions", journeyVersions),
  route("GET /journeys/:journey/versions/:version", journeyVersion),
  route("POST /journeys/:journey/versions/:version/restore", restoreVersion),
  route("POST /journeys/:journey/versions/:version/comments", commentOnVersion),
  route("GET /journeys/:journey/diff", journeyDiff),
  route("GET /journeys/:journey/counts", journeyCounts),
  route("GET /journeys/:journey/presence", listPresent),
  route("POST /journeys/:journey/presence", bePresent),
];
