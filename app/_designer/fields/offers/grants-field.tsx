"use client";
import { ActionIcon, Button, Group, Input, NumberInput, TextInput } from "@mantine/core";
import { MOST_GRANTS } from "@/core/journey/kinds/reward";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";
import { type GrantDraft, readGrants } from "./grant-draft";
import { OfferSelect } from "./offer-select";

/** What a reward gives, all of it or nothing: coupons, points, or both. */
export function GrantsField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerFields");
  const say = useSay();
  const grants = readGrants(value);
  const coupons = grants.filter((grant) => grant.is === "coupon").length;
  return (
    <Input.Wrapper label={say(meta.label)} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <div className={classes.stack}>
        {grants.map((grant, i) => {
          const set = (next: GrantDraft) => onChange(grants.with(i, next));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: grants have no identity but their place
            <div key={i} className={classes.box} data-testid={`grant-${grant.is}`}>
              <Group gap={6} wrap="nowrap" align="start">
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
                  mt={23}
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
        {grants.length < MOST_GRANTS && (
          <Group gap={6}>
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<Icon name="coupon" size={14} />}
              onClick={() => onChange(grants.toSpliced(coupons, 0, { is: "coupon", offer: "" }))}
              data-testid="add-coupon"
            >
              {t("coupon")}
            </Button>
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
