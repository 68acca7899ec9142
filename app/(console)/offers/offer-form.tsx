"use client";
import { Button, Group, NumberInput, SegmentedControl, SimpleGrid, Stack, Switch, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { useLocale } from "use-intl";
import { minorDigits } from "@/core/events/money";
import { inLanguage } from "@/core/message/language";
import { useT } from "../../_i18n/use-t";
import { changedIn, only, rebased } from "../../_ui/fields/opened";
import { type Words, WordsFields, written } from "../../_ui/fields/words-fields";
import { MoneyInput } from "../../_ui/loyalty/money-input";
import { useOfferWords } from "../../_ui/loyalty/offer-words";
import { Ticket } from "../../_ui/loyalty/ticket";
import { SideDialog } from "../../_ui/page/dialog";
import { ErrorPanel } from "../../_ui/page/error-panel";
import { isOvertaken, Overtaken } from "../../_ui/page/overtaken";
import { DayInput } from "../../_ui/time/day-input";
import { useApi, useWorkspace } from "../../_ui/workspace";
import type { Offer } from "./offer";
import { asExample, draftOf, givenIn, type OfferDraft, termsOf } from "./offer-draft";
import classes from "./offers.module.css";

/** Shown where nothing is written yet. */
const NAMES: Words = { en: "20 off from 100", "zh-CN": "满100减20" };

/** Makes or changes an offer; shows the coupon as the member will see it while it is being described. */
export function OfferForm({
  offer,
  isOpen,
  onClose,
  onSaved,
}: {
  offer: Offer | undefined;
  isOpen: boolean;
  onClose(): void;
  onSaved(): void;
}) {
  const t = useT("offers");
  const common = useT("common");
  const api = useApi();
  const words = useOfferWords();
  const { locale: own, currency } = useWorkspace();
  const reader = useLocale();
  // As it was read last: what is saved is what differs from it.
  const [opened, setOpened] = useState(offer);
  const [draft, setDraft] = useState<OfferDraft>(() => draftOf(offer, own));
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const set = (change: Partial<OfferDraft>) => setDraft((old) => ({ ...old, ...change }));
  const { terms, wrong } = termsOf(draft);
  const shown = termsOf(asExample(draft, minorDigits(currency))).terms;
  const asRead = (texts: OfferDraft["names"]) => texts[reader] || inLanguage(texts, null, own)?.content;
  const isWrong = (field: (typeof wrong)[number]) => isTried && wrong.includes(field);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!terms || wrong.length > 0) return;
    setBusy(true);
    setFailed(undefined);
    try {
      if (!opened) await api.post("/offers", bodyOf(draft));
      else {
        const changes = changedIn(bodyOf(draft), bodyOf(draftOf(opened, own)));
        await api.patch(`/offers/${opened.id}`, { ...changes, was: only(givenIn(opened), changes) });
      }
      notifications.show({ message: t(offer ? "saved" : "created") });
      onSaved();
      onClose();
    } catch (error) {
      setFailed(error);
      if (opened && isOvertaken(error)) await follow(opened).catch(setFailed);
    } finally {
      setBusy(false);
    }
  };

  const follow = async (before: Offer) => {
    const stored = await api.get<Offer>(`/offers/${before.id}`);
    setDraft(rebased(draft, draftOf(before, own), draftOf(stored, own)));
    setOpened(stored);
  };

  return (
    <SideDialog opened={isOpen} onClose={onClose} size="md" title={t(offer ? "edit" : "create")}>
      <form onSubmit={(event) => void save(event)} noValidate>
        <Stack gap="md">
          <WordsFields
            label={t("name")}
            description={t("nameHint")}
            placeholders={NAMES}
            words={draft.names}
            onChange={(language, name) => set({ names: { ...draft.names, [language]: name } })}
            maxLength={120}
            error={isWrong("name") && t("needName")}
            autoFocus={reader}
          />
          <SegmentedControl
            fullWidth
            aria-label={t("kind")}
            value={draft.kind}
            onChange={(kind) => set({ kind: kind as OfferDraft["kind"] })}
            data={(["amount_off", "percent_off", "cash_voucher"] as const).map((value) => ({ value, label: t(value) }))}
          />
          <SimpleGrid cols={2} spacing="sm">
            {draft.kind === "percent_off" ? (
              <NumberInput
                label={t("percent")}
                suffix=" %"
                min={1}
                max={100}
                allowDecimal={false}
                value={draft.percent ?? ""}
                onChange={(v) => set({ percent: v === "" ? null : Number(v) })}
                error={isWrong("percent") && t("needPercent")}
              />
            ) : (
              <MoneyInput
                label={t(draft.kind === "cash_voucher" ? "worth" : "amount")}
                value={draft.amount}
                onChange={(amount) => set({ amount })}
                error={isWrong("amount") && t("needNumber")}
              />
            )}
            {draft.kind !== "cash_voucher" && (
              <MoneyInput
                label={t("threshold")}
                placeholder={t("thresholdHint")}
                value={draft.threshold}
                onChange={(threshold) => set({ threshold })}
              />
            )}
            {draft.kind === "percent_off" && (
              <MoneyInput
                label={t("cap")}
                placeholder={t("capHint")}
                value={draft.cap}
                onChange={(cap) => set({ cap })}
              />
            )}
          </SimpleGrid>
          <SegmentedControl
            fullWidth
            aria-label={t("lasts")}
            value={draft.lasts}
            onChange={(lasts) => set({ lasts: lasts as OfferDraft["lasts"] })}
            data={(["days", "fixed"] as const).map((value) => ({ value, label: t(value) }))}
          />
          {draft.lasts === "days" ? (
            <NumberInput
              label={t("dayCount")}
              min={1}
              max={3650}
              allowDecimal={false}
              value={draft.days ?? ""}
              onChange={(v) => set({ days: v === "" ? null : Number(v) })}
              error={isWrong("days") && t("needNumber")}
            />
          ) : (
            <SimpleGrid cols={2} spacing="sm">
              <DayInput
                label={t("from")}
                placeholder={t("fromHint")}
                clearable
                value={draft.from ?? ""}
                onChange={(from) => set({ from: from || null })}
              />
              <DayInput
                label={t("until")}
                value={draft.until ?? ""}
                onChange={(until) => set({ until: until || null })}
                error={isWrong("until") && t("needDay")}
                {...(draft.from && { minDate: draft.from })}
              />
            </SimpleGrid>
          )}
          <SimpleGrid cols={2} spacing="sm">
            <NumberInput
              label={t("stock")}
              placeholder={t("stockHint")}
              min={0}
              allowDecimal={false}
              thousandSeparator=","
              value={draft.stock ?? ""}
              onChange={(v) => set({ stock: v === "" ? null : Number(v) })}
            />
            <NumberInput
              label={t("perMember")}
              placeholder={t("perMemberHint")}
              min={1}
              allowDecimal={false}
              value={draft.perMember ?? ""}
              onChange={(v) => set({ perMember: v === "" ? null : Number(v) })}
            />
          </SimpleGrid>
          <Switch
            label={t("stackable")}
            description={t("stackableHint")}
            checked={draft.stackable}
            onChange={(e) => set({ stackable: e.currentTarget.checked })}
          />
          <WordsFields
            label={t("note")}
            description={t("noteHint")}
            multiline
            words={draft.notes}
            onChange={(language, note) => set({ notes: { ...draft.notes, [language]: note } })}
            maxLength={500}
          />
          <section aria-label={t("preview")} className={classes.preview}>
            <Text size="xs" c="dimmed" mb={6}>
              {t("preview")}
            </Text>
            <Ticket
              worth={shown ? words.gives(shown) : "—"}
              name={asRead(draft.names) || NAMES[reader]}
              lasts={shown ? words.lasts(shown) : "—"}
              code="GL•••• ••••"
              note={asRead(draft.notes)}
            />
          </section>
          {offer && offer.issued > 0 && (
            <Text size="xs" c="dimmed">
              {t("affects")}
            </Text>
          )}
          {failed !== undefined && (isOvertaken(failed) ? <Overtaken /> : <ErrorPanel error={failed} />)}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={isBusy}>
              {common(offer ? "save" : "create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </SideDialog>
  );
}

/** As the API takes it. */
const bodyOf = (draft: OfferDraft) => ({
  name: written(draft.names),
  terms: termsOf(draft).terms,
  stock: draft.stock,
  perMember: draft.perMember,
});
