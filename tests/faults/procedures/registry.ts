import type { Procedure } from "../procedure";
import { broadcasts } from "./broadcasts";
import { clocks } from "./clocks";
import { consent } from "./consent";
import { database } from "./database";
import { events } from "./events";
import { fleet } from "./fleet";
import { forged } from "./forged";
import { frozen } from "./frozen";
import { kills } from "./kills";
import { links } from "./links";
import { losses } from "./losses";
import { manyJourneys } from "./many-journeys";
import { points } from "./points";
import { providers } from "./providers";
import { publish } from "./publish";

export const procedures: Procedure[] = [
  ...kills,
  ...points,
  ...links,
  ...database,
  ...frozen,
  ...providers,
  ...forged,
  ...events,
  ...losses,
  ...publish,
  ...broadcasts,
  ...consent,
  ...clocks,
  ...fleet,
  ...manyJourneys,
];
