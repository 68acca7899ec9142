"use client";
import { ActionIcon, Button, Group, Input, NumberInput, TextInput } from "@mantine/core";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";
import { OfferSelect } from "./offer-select";

type Draft = { is: "coupon"; offer?: string } | { is: "points"; points?: number; reason?: string };

/** A draft's grants, half filled in or whole. */
const readGrants = (value: unknown): Draft[] =>
  Array.isArray(value)
    ? value.flatMap((one: unknown): Draft[] => {
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

/** What a reward gives, all of it or nothing: a coupon, points, or both. */
export function GrantsField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerFields");
  const say = useSay();
  const grants = readGrants(value);
  const hasCoupon = grants.some((grant) => grant.is === "coupon");
  return (
    <Input.Wrapper label={say(meta.label)} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <div className={classes.stack}>
        {grants.map((grant, i) => {
          const set = (next: Draft) => onChange(grants.with(i, next));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: grants have no identity but their place
            <div key={i} className={classes.box} data-testid={`grant-${grant.is}`}>
              <Group gap={6} wrap="nowrap" align="end">
                {grant.is === "coupon" ? (
                  <div className={classes.grow}>
                    <OfferSelect
                      label={t("coupon")}
                      value={grant.offer}
                      onChange={(offer) => set({ is: "coupon", offer })}
                    />
                  </div>
                ) : (
                  <NumberInput
                    flex={1}
                    label={t("points")}
                    leftSection={<Icon name="points" size={16} />}
                    min={1}
                    max={1_000_000}
                    allowDecimal={false}
                    allowNegative={false}
                    thousandSeparator=","
                    placeholder={t("howMany")}
                    value={grant.points ?? ""}
                    onChange={(next) => {
                      const { points: _, ...rest } = grant;
                      set(typeof next === "number" ? { ...rest, points: next } : rest);
                    }}
                  />
                )}
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={36}
                  aria-label={t("removeGrant")}
                  onClick={() => onChange(grants.toSpliced(i, 1))}
                >
                  <Icon name="close" size={16} />
                </ActionIcon>
              </Group>
              {grant.is === "points" && (
                <TextInput
                  size="xs"
                  mt={6}
                  placeholder={t("reason")}
                  aria-label={t("reason")}
                  value={grant.reason ?? ""}
                  maxLength={120}
                  onChange={(event) => {
                    const { reason: _, ...rest } = grant;
                    set(event.target.value ? { ...rest, reason: event.target.value } : rest);
                  }}
                />
              )}
            </div>
          );
        })}
        {grants.length < 4 && (
          <Group gap={6}>
            {!hasCoupon && (
              <Button
                size="compact-sm"
                variant="light"
                leftSection={<Icon name="coupon" size={14} />}
                onClick={() => onChange([{ is: "coupon", offer: "" }, ...grants])}
                data-testid="add-coupon"
              >
                {t("coupon")}
              </Button>
            )}
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<Icon name="points" size={14} />}
              onClick={() => onChange([...grants, { is: "points" }])}
              data-testid="add-points"
            >
              {t("points")}
            </Button>
          </Group>
        )}
      </div>
    </Input.Wrapper>
  );
}
