import type { EffectType } from "@/core/journey/effects/effect";
import { addPoints } from "./add-points";
import type { Apply } from "./apply";
import { callWebhook } from "./call-webhook";
import { changeTier } from "./change-tier";
import { emitEvent } from "./emit-event";
import { issueCoupon } from "./issue-coupon";
import { startJourney, stopJourney } from "./other-journeys";
import { sendMessage } from "./send-message";
import { setAttribute } from "./set-attribute";
import { addTag, removeTag } from "./tags";
import { takeAnswer } from "./take-answer";
import { closeTask, openTask } from "./tasks";

/** Every type of effect and what does it; a missing one does not compile. */
export const appliers = {
  issueCoupon,
  addPoints,
  addTag,
  removeTag,
  setAttribute,
  changeTier,
  emitEvent,
  startJourney,
  stopJourney,
  openTask,
  closeTask,
  takeAnswer,
  callWebhook,
  sendMessage,
} satisfies {
  [T in EffectType]: Apply<T>;
};
