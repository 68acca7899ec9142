import { checkCorrection, correctDeadLetter, draftCorrection } from "@/services/debugger/correct";
import {
  countReplayable,
  getDeadLetter,
  listDeadLetters,
  replayDeadLetter,
  replayDeadLetters,
} from "@/services/debugger/dead-letters";
import { getEvent, listEvents } from "@/services/debugger/list";
import { sendTestEvent } from "@/services/debugger/send-test";
import { setLettersAside, takeLettersBack } from "@/services/debugger/set-aside";
import { journeysTouchedBy } from "@/services/journeys/watching/touched-by";
import { type Route, route } from "../route";

export const events: Route[] = [
  route("GET /events", listEvents),
  route("POST /events/test", sendTestEvent),
  route("GET /events/:event", getEvent),
  route("GET /events/:event/journeys", journeysTouchedBy),
  route("GET /dead-letters", listDeadLetters),
  route("GET /dead-letters/:letter", getDeadLetter),
  route("POST /dead-letters/replayable", countReplayable),
  route("POST /dead-letters/replay", replayDeadLetters),
  route("POST /dead-letters/set-aside", setLettersAside),
  route("POST /dead-letters/take-back", takeLettersBack),
  route("POST /dead-letters/:letter/replay", replayDeadLetter),
  route("GET /dead-letters/:letter/correction", draftCorrection),
  route("POST /dead-letters/:letter/check", checkCorrection),
  route("POST /dead-letters/:letter/correct", correctDeadLetter),
];
