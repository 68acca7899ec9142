export type GrantDraft = { is: "coupon"; offer?: string } | { is: "points"; points?: number; reason?: string };

/** A draft's grants, half filled in or whole. */
export const readGrants = (value: unknown): GrantDraft[] =>
  Array.isArray(value)
    ? value.flatMap((one: unknown): GrantDraft[] => {
        if (typeof one !== "object" || one === null || !("is" in one)) return [];
        if (one.is === "coupon")
          return [{ is: "coupon", ...("offer" in one && typeof one.offer === "string" && { offer: one.offer }) }];
        if (one.is !== "points") return [];
        return [
          {
            is: "points",
            ...("points" in one && typeof one.points === "number" && { points: one.points }),
            ...("reason" in one && typeof one.reason === "string" && { reason: one.reason }),
          },
        ];
      })
    : [];
