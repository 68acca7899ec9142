import type { Route } from "../route";
import { insight } from "./insight";
import { keys } from "./keys";

/** Every route of the management API, one file per thing. */
export const routes: Route[] = [...insight, ...keys];
