import { removeDemo } from "@/services/demo/remove";
import { readSimulation, setSimulation } from "@/services/demo/simulate";
import { type Route, route } from "../route";

export const demo: Route[] = [
  route("GET /demo/simulate", readSimulation),
  route("POST /demo/simulate", setSimulation),
  route("POST /demo/remove", removeDemo),
];
