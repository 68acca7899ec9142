import { listDeadLetters, replayDeadLetter, replayDeadLetters } from "@/services/events/dead-letters";
import { listEvents } from "@/services/events/list";
import { journeysTouchedBy } from "@/services/journeys/watching/touched-by";
import { type Route, route } from "../route";

export const events: Route[] = [
  route("GET /events", listEvents),
  route("GET /events/:event/journeys", journeysTouchedBy),
  route("GET /dead-letters", listDeadLetters),
  route("POST /dead-letters/replay", replayDeadLetters),
  route("POST /dead-letters/:letter/replay", replayDeadLetter),
];
