import { addPoints } from "./add-points";
import { addTag } from "./add-tag";
import type { EffectType } from "./effect";
import type { EffectKind } from "./effect-kind";
import { issueCoupon } from "./issue-coupon";
import { removeTag } from "./remove-tag";
import { sendMessage } from "./send-message";

export const effectKinds = { issueCoupon, addPoints, addTag, removeTag, sendMessage } satisfies {
  [T in EffectType]: EffectKind<T>;
};
