"use client";
import { Select } from "@mantine/core";
import { useFormatter } from "use-intl";
import { useT } from "../../../_i18n/use-t";
import classes from "../builder.module.css";
import type { Field } from "../fields";
import { TYPES } from "../seen-fields";

/** As what an own field is compared: to choose where its values do not say so alone, with what they are so far. */
export function TypeOfOwn({ field, onChange }: { field: Field; onChange(type: Field["type"]): void }) {
  const t = useT("designerRules");
  const format = useFormatter();
  const { type, seen } = field;
  if (!seen || (seen.length === 1 && seen[0]?.type === type)) return null;
  const shares = seen.map((one) =>
    t(`came.${one.type}`, {
      share: format.number(one.share, { style: "percent", maximumFractionDigits: one.share < 0.01 ? 1 : 0 }),
    }),
  );
  const isSeen = seen.some((one) => one.type === type);
  return (
    <>
      <Select
        size="xs"
        variant="unstyled"
        className={classes.join}
        aria-label={t("as.label")}
        data={TYPES.map((one) => ({ value: one, label: t(`as.${one}`) }))}
        value={type === "instant" ? "date" : type}
        allowDeselect={false}
        comboboxProps={{ zIndex: 200, width: 160, position: "bottom-start" }}
        onChange={(next) => {
          const chosen = TYPES.find((one) => one === next);
          if (chosen) onChange(chosen);
        }}
      />
      {seen.length > 0 && (
        <p className={classes.types} data-unlike={!isSeen || undefined}>
          {t(isSeen ? "mixed" : "unlike", { types: format.list(shares, { type: "unit", style: "short" }) })}
        </p>
      )}
    </>
  );
}
