import type { Route } from "../route";
import { keys } from "./keys";

/** Every route of the management API, one file per thing. */
export const routes: Route[] = [...keys];
