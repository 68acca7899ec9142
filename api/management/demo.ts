import { readSimulation, setSimulation } from "@/services/demo/simulate";
import { type Route, route } from "../route";

export const demo: Route[] = [route("GET /demo/simulate", readSimulation), route("POST /demo/simulate", setSimulation)];
