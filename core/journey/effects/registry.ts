import { addPoints } from "./add-points";
import { addTag } from "./add-tag";
import { changeTier } from "./change-tier";
import type { EffectType } from "./effect";
import type { EffectKind } from "./effect-kind";
import { issueCoupon } from "./issue-coupon";
import { removeTag } from "./remove-tag";
import { sendMessage } from "./send-message";
import { setAttribute } from "./set-attribute";

export const effectKinds = {
  issueCoupon,
  addPoints,
  addTag,
  removeTag,
  setAttribute,
  changeTier,
  sendMessage,
} satisfies {
  [T in EffectType]: EffectKind<T>;
};
