import type { Route } from "../route";

/** Every route of the management API, one file per thing. */
export const routes: Route[] = [];
