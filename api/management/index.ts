import type { Route } from "../route";
import { audit } from "./audit";
import { coupons } from "./coupons";
import { demo } from "./demo";
import { events } from "./events";
import { insight } from "./insight";
import { jobs } from "./jobs";
import { journeys } from "./journeys";
import { keys } from "./keys";
import { members } from "./members";
import { messages } from "./messages";
import { offers } from "./offers";
import { people } from "./people";
import { points } from "./points";
import { redemptions } from "./redemptions";
import { runs } from "./runs";
import { segments } from "./segments";
import { tasks } from "./tasks";
import { views } from "./views";
import { webhooks } from "./webhooks";
import { workspaces } from "./workspaces";

/** Every route of the management API, one file per thing. */
export const routes: Route[] = [
  ...audit,
  ...coupons,
  ...demo,
  ...events,
  ...insight,
  ...jobs,
  ...journeys,
  ...keys,
  ...members,
  ...messages,
  ...offers,
  ...people,
  ...points,
  ...redemptions,
  ...runs,
  ...segments,
  ...tasks,
  ...views,
  ...webhooks,
  ...workspaces,
];
