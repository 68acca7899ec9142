import { z } from "zod";
import { JourneyDocument } from "@/core/journey/document";
import { unstorable } from "@/core/storable";

const SHOWN = {
  type: "object",
  description: "A journey document; GET /journeys/schema answers its JSON Schema",
} as const;

/** A journey's document as a door takes it: incomplete drafts welcome, nothing the database or a walk could not bear. */
export const DocumentInput: z.ZodType<JourneyDocument> = z
  .unknown()
  .superRefine((value, context) => {
    const bad = unstorable(value);
    if (bad) context.addIssue({ code: "custom", path: bad.path, message: bad.says });
  })
  .pipe(JourneyDocument)
  .meta(SHOWN);

/** The document in an answer. OpenAPI refers to its own schema, which is recursive. */
export const DocumentOutput = z.custom<JourneyDocument>().meta(SHOWN);
