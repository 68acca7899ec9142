"use client";
import { Button, Group, Select, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { Dialog } from "../../../_ui/page/dialog";
import { money, toMinor } from "../../money";
import { type Field, fieldsIn, type RuleScope } from "../../rules/fields";
import { useSay, useShelf } from "../../shelf";
import type { Case } from "./case-draft";

const MOST = 19;
const isMeasured = ({ type }: Field): boolean => type === "money" || type === "count" || type === "number";

/** Makes a switch's ways from the limits of a value: total spent under 100, from 100, from 500. */
export function RangeForm({
  scope,
  onMake,
  onClose,
}: {
  scope: RuleScope;
  onMake(ways: Case[]): void;
  onClose(): void;
}) {
  const t = useT("designerFields");
  const say = useSay();
  const { locale, currency } = useShelf();
  const fields = fieldsIn(scope).filter(isMeasured);
  const [path, setPath] = useState(fields.find((one) => one.path === "member.spent")?.path ?? fields[0]?.path ?? "");
  const [text, setText] = useState("");
  const field = fields.find((one) => one.path === path);
  const limits = readLimits(text);
  const isRising = limits.every((one, i) => i === 0 || one > (limits[i - 1] ?? Number.NaN));
  const isRight = limits.length > 0 && limits.length <= MOST && isRising;
  const make = () => {
    if (!field) return;
    const isMoney = field.type === "money";
    const inUnits = (limit: number) => (isMoney ? (toMinor(limit, currency) ?? 0) : limit);
    const shown = (limit: number) =>
      isMoney ? money(inUnits(limit), currency, locale) : new Intl.NumberFormat(locale).format(limit);
    onMake(
      // From the top down: a switch takes the first case that holds.
      limits.toReversed().map((from, i, falling): Case => {
        const to = falling[i - 1];
        return {
          id: `from-${String(from).replace(/\D+/g, "-")}`,
          name:
            to === undefined
              ? t("range.above", { from: shown(from) })
              : t("range.between", { from: shown(from), to: shown(to) }),
          when: { field: field.path, is: "gte", value: inUnits(from) },
        };
      }),
    );
  };
  return (
    <Dialog opened onClose={onClose} title={t("range.title")} zIndex={300}>
      <Stack gap="md">
        <Select
          label={t("range.field")}
          data={fields.map((one) => ({ value: one.path, label: `${say(one.name)} · ${t(`of.${one.of}`)}` }))}
          value={path}
          allowDeselect={false}
          searchable
          comboboxProps={{ zIndex: 400 }}
          onChange={(next) => next && setPath(next)}
        />
        <Textarea
          label={t("range.from")}
          description={t("range.hint")}
          placeholder={"100\n500\n1000"}
          autosize
          minRows={3}
          maxRows={8}
          value={text}
          error={text.trim() !== "" && !isRight ? t("range.needs") : undefined}
          onChange={(event) => setText(event.target.value)}
          data-autofocus
          data-testid="range-limits"
        />
        <Text size="sm" c="dimmed">
          {t("range.replaces")}
        </Text>
        <Group justify="flex-end">
          <Button disabled={!isRight || !field} onClick={make} data-testid="range-make">
            {t("range.make")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

const readLimits = (text: string): number[] =>
  text
    .split(/[\n,，;；\s]+/)
    .filter((part) => part !== "")
    .map(Number);
