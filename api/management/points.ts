import { getPoints } from "@/services/points/balance";
import { earnPoints } from "@/services/points/earn-points";
import { listPointsEntries } from "@/services/points/statement";
import { usePoints } from "@/services/points/use-points";
import { verifyPoints } from "@/services/points/verify";
import { type Route, route } from "../route";

export const points: Route[] = [
  route("GET /points/verify", verifyPoints),
  route("GET /members/:member/points", getPoints),
  route("GET /members/:member/points/entries", listPointsEntries),
  route("POST /members/:member/points/earn", earnPoints),
  route("POST /members/:member/points/spend", usePoints),
];
