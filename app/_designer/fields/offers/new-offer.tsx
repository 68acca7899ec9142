"use client";
import { Button, Group, NumberInput, SegmentedControl, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Text } from "@/core/text";
import { useT } from "../../../_i18n/use-t";
import { ApiError } from "../../../_ui/api";
import { WordsFields, written } from "../../../_ui/fields/words-fields";
import { useApi } from "../../../_ui/workspace";
import { toMinor } from "../../money";
import { useShelf } from "../../shelf";
import { autoName } from "./auto-name";

const KINDS = ["amount_off", "percent_off", "cash_voucher"] as const;
type Kind = (typeof KINDS)[number];

/** The few terms an offer needs to be used at once; the offer's own page has the rest. */
export function NewOffer({ named: begun, onMade }: { named: Partial<Text>; onMade(id: string): void }) {
  const t = useT("designerFields");
  const refused = useT("refusals");
  const api = useApi();
  const queries = useQueryClient();
  const { currency } = useShelf();
  const [kind, setKind] = useState<Kind>("amount_off");
  const [amount, setAmount] = useState<number | undefined>(20);
  const [percent, setPercent] = useState<number | undefined>(20);
  const [threshold, setThreshold] = useState<number | undefined>(100);
  const [days, setDays] = useState<number | undefined>(30);
  const [stock, setStock] = useState<number | undefined>();
  const [perMember, setPerMember] = useState<number | undefined>();
  const [named, setNamed] = useState(begun);
  const [failure, setFailure] = useState<string | undefined>();
  const [isBusy, setBusy] = useState(false);

  const names = { ...autoName({ kind, amount, threshold, percent, currency }), ...named };
  const name = written(names);
  const isWhole = Boolean(name && days && (kind === "percent_off" ? percent : amount));

  const make = async () => {
    setBusy(true);
    const minor = toMinor(amount, currency) ?? 0;
    const minimum = toMinor(threshold, currency) ?? 0;
    const discount =
      kind === "percent_off"
        ? { kind, threshold: minimum, percent }
        : kind === "amount_off"
          ? { kind, threshold: minimum, amount: minor }
          : { kind, amount: minor };
    try {
      const made = await api.post<{ id: string }>("/offers", {
        name,
        terms: { discount, validity: { is: "days", days } },
        stock: stock ?? null,
        perMember: perMember ?? null,
      });
      await queries.invalidateQueries({ queryKey: ["shelf"] });
      onMade(made.id);
    } catch (error) {
      const reason =
        error instanceof ApiError
          ? (error.detail ?? (refused.has(error.code as never) ? refused(error.code as never) : error.code))
          : String(error);
      setFailure(t("offer.failed", { reason }));
    } finally {
      setBusy(false);
    }
  };
  const number = (
    label: string,
    value: number | undefined,
    set: (value: number | undefined) => void,
    more: { min?: number; max?: number; placeholder?: string; suffix?: string; decimals?: number } = {},
  ) => (
    <NumberInput
      label={label}
      value={value ?? ""}
      min={more.min ?? 1}
      max={more.max}
      allowNegative={false}
      decimalScale={more.decimals ?? 0}
      placeholder={more.placeholder}
      suffix={more.suffix}
      thousandSeparator=","
      flex={1}
      onChange={(next) => set(typeof next === "number" ? next : undefined)}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (isWhole) void make();
      }}
    >
      <Stack gap="md">
        <SegmentedControl
          fullWidth
          data={KINDS.map((one) => ({
            value: one,
            label: t(`offer.${one === "amount_off" ? "amountOff" : one === "percent_off" ? "percentOff" : "voucher"}`),
          }))}
          value={kind}
          onChange={(next) => {
            const found = KINDS.find((one) => one === next);
            if (found) setKind(found);
          }}
          aria-label={t("offer.kind")}
        />
        <Group gap="sm" align="end" wrap="nowrap">
          {kind === "percent_off"
            ? number(t("offer.percent"), percent, setPercent, { max: 100, suffix: " %" })
            : number(t("offer.off"), amount, setAmount, { decimals: 2, min: 0.01 })}
          {kind !== "cash_voucher" &&
            number(t("offer.minimum"), threshold, setThreshold, {
              min: 0,
              decimals: 2,
              placeholder: t("offer.noMinimum"),
            })}
          {number(`${t("offer.validity")} (${t("days")})`, days, setDays, { max: 3650 })}
        </Group>
        <Group gap="sm" wrap="nowrap">
          {number(t("offer.stock"), stock, setStock, { placeholder: t("offer.unlimited"), min: 0 })}
          {number(t("offer.perMember"), perMember, setPerMember, { placeholder: t("offer.unlimited") })}
        </Group>
        <WordsFields
          label={t("offer.name")}
          description={t("offer.nameHint")}
          words={names}
          maxLength={120}
          onChange={(language, next) => setNamed((before) => ({ ...before, [language]: next }))}
        />
        {failure && (
          <p role="alert" style={{ margin: 0, fontSize: 14, color: "var(--tone-bad)" }}>
            {failure}
          </p>
        )}
        <Button type="submit" loading={isBusy} disabled={!isWhole}>
          {t("offer.create")}
        </Button>
      </Stack>
    </form>
  );
}
