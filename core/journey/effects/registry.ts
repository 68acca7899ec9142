import { addPoints } from "./add-points";
import { addTag } from "./add-tag";
import { callWebhook } from "./call-webhook";
import { changeTier } from "./change-tier";
import { closeTask } from "./close-task";
import type { EffectType } from "./effect";
import type { EffectKind } from "./effect-kind";
import { emitEvent } from "./emit-event";
import { issueCoupon } from "./issue-coupon";
import { openTask } from "./open-task";
import { removeTag } from "./remove-tag";
import { sendMessage } from "./send-message";
import { setAttribute } from "./set-attribute";
import { startJourney } from "./start-journey";
import { stopJourney } from "./stop-journey";
import { takeAnswer } from "./take-answer";

/**
 * Every type of effect, in the order within one step: what can be refused comes first, so that a refusal is known before anything of that
 * run is written.
 */
export const effectKinds = {
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
  [T in EffectType]: EffectKind<T>;
};
export const EFFECT_ORDER = Object.keys(effectKinds) as EffectType[];
