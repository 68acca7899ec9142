import { field } from "../field";
import { IsoDuration } from "../iso-duration";

/** When a wait gives up. */
export const atMost = field(IsoDuration, { field: "duration", label: { en: "At most", "zh-CN": "最多等待" } });
