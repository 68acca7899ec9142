import { z } from "zod";

/** A port that the author made: stays the same while its name and rule change, so that edges stay wired. */
export const PortId = z.string().regex(/^[a-z0-9_-]{1,32}$/, "small letters, digits, - and _ only");
