import { z } from "zod";
import { JourneyDocument } from "@/core/journey/document";
import { unstorable } from "@/core/journey/storable";

/** A journey's document as a door takes it: incomplete drafts welcome, nothing the database or a walk could not bear. */
export const DocumentInput: z.ZodType<JourneyDocument> = z
  .unknown()
  .superRefine((value, context) => {
    const bad = unstorable(value);
    if (bad) context.addIssue({ code: "custom", path: bad.path, message: bad.says });
  })
  .pipe(JourneyDocument);
