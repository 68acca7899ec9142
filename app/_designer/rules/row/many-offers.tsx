"use client";
import { Pill } from "@mantine/core";
import { useT } from "../../../_i18n/use-t";
import { OfferSelect } from "../../fields/offers/offer-select";
import { useOffersOf } from "../../fields/offers/use-offers";
import classes from "../builder.module.css";

/** Several offers, each found by its name or a coupon's code among all there are. `given`: those of this journey, offered first. */
export function ManyOffers({
  value,
  given,
  onChange,
}: {
  value: string[];
  given: string[];
  onChange(value: string[] | undefined): void;
}) {
  const t = useT("designerFields");
  const { offers } = useOffersOf(value);
  const without = (id: string): void => {
    const left = value.filter((one) => one !== id);
    onChange(left.length > 0 ? left : undefined);
  };
  return (
    <div className={classes.several}>
      {value.map((id) => {
        const name = offers.get(id)?.name ?? "…";
        return (
          <Pill
            key={id}
            size="sm"
            withRemoveButton
            onRemove={() => without(id)}
            title={name}
            data-testid={`chosen-${id}`}
          >
            {name}
          </Pill>
        );
      })}
      <OfferSelect
        isBare
        size="xs"
        label={t("value")}
        value={undefined}
        first={given}
        onChange={(id) => {
          if (!value.includes(id)) onChange([...value, id]);
        }}
      />
    </div>
  );
}
