import { z } from "zod";

/** A tier as members and events name it. */
export const TierId = z.string().regex(/^[\w-]{1,40}$/, "choose a tier: letters, digits, - and _ only");
