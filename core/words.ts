import { z } from "zod";
import type { Text } from "./text";

/** A text in every language the product speaks, as answers and documents hold it. */
export const Words = z.object({ en: z.string(), "zh-CN": z.string() }) satisfies z.ZodType<Text>;
