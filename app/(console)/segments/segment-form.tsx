"use client";
import { Button, Group, Input, Stack, Switch, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { ANY, type Rule } from "@/core/rules/rule";
import { RuleBuilder } from "../../_designer/rules/builder";
import { useT } from "../../_i18n/use-t";
import { SideDialog } from "../../_ui/page/dialog";
import { ErrorPanel } from "../../_ui/page/error-panel";
import { useApi } from "../../_ui/workspace";
import { People } from "./people";
import type { Segment } from "./segment";

const SAMPLED = 5;
const TYPING_MS = 600;

/** Makes or changes a segment; how many it holds, and some of them, show as its rule grows. */
export function SegmentForm({
  segment,
  onClose,
  onSaved,
}: {
  segment: Segment | undefined;
  onClose(): void;
  onSaved(): void;
}) {
  const t = useT("segments");
  const common = useT("common");
  const api = useApi();
  const [name, setName] = useState(segment?.name ?? "");
  const [rule, setRule] = useState<Rule>(segment?.rule ?? ANY);
  const [tells, setTells] = useState(false);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const text = JSON.stringify(rule);
  const [settled] = useDebouncedValue(text, TYPING_MS);
  const isChanged = segment !== undefined && text !== JSON.stringify(segment.rule);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!name.trim()) return;
    setBusy(true);
    setFailed(undefined);
    try {
      if (!segment) await api.post("/segments", { name: name.trim(), rule });
      else await api.patch(`/segments/${segment.id}`, { name: name.trim(), ...(isChanged && { rule, tells }) });
      notifications.show({ message: t(segment ? "saved" : "created") });
      onSaved();
      onClose();
    } catch (error) {
      setFailed(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <SideDialog opened onClose={onClose} size="lg" zIndex={190} title={t(segment ? "edit" : "create")}>
      <form onSubmit={(event) => void save(event)} noValidate>
        <Stack gap="md" data-testid="segment-form">
          <TextInput
            label={t("name")}
            placeholder={t("namePlaceholder")}
            value={name}
            maxLength={120}
            error={isTried && !name.trim() && t("needName")}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Input.Wrapper label={t("rule")} labelElement="div">
            <RuleBuilder
              name="segment"
              label={t("rule")}
              rule={rule}
              scope={{}}
              empty={t("everyone")}
              onChange={setRule}
            />
          </Input.Wrapper>
          <People
            title={t("sample")}
            empty={t("sampleNone")}
            asked={["sample", settled]}
            ask={() => api.post("/segments/sample", { rule: JSON.parse(settled), limit: SAMPLED })}
          />
          {segment && (
            <People
              title={t("newcomers")}
              empty={t("newcomersNone")}
              asked={["newcomers", segment.id]}
              ask={() => api.get(`/segments/${segment.id}/newcomers`)}
            />
          )}
          {isChanged && (
            <Switch
              label={t("tells")}
              description={t("tellsHint")}
              checked={tells}
              onChange={(event) => setTells(event.currentTarget.checked)}
            />
          )}
          {failed !== undefined && <ErrorPanel error={failed} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={isBusy} data-testid="segment-save">
              {common(segment ? "save" : "create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </SideDialog>
  );
}
