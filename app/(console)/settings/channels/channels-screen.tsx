"use client";
import { Alert, Group, Select, Switch, Text, TextInput } from "@mantine/core";
import { useLocale } from "use-intl";
import { CHANNELS } from "@/core/message/channel";
import { channels } from "@/core/message/channels/registry";
import { useT } from "../../../_i18n/use-t";
import { useMoney } from "../../../_ui/loyalty/money";
import { MoneyInput } from "../../../_ui/loyalty/money-input";
import { useWorkspace } from "../../../_ui/workspace";
import { MessagingForm } from "../messaging-form";
import classes from "../settings.module.css";

/** What messages cost, the marks they carry, and what is known of their readers. */
export function ChannelsScreen() {
  const t = useT("sending");
  const money = useMoney();
  const locale = useLocale();
  const { isDemo } = useWorkspace();
  return (
    <>
      {isDemo && (
        <Alert color="gray" variant="light" title={t("demoTitle")} className={classes.alert}>
          {t("demoStays")}
        </Alert>
      )}
      <MessagingForm title={t("costs")} keys={["prices", "monthlyBudget"]}>
        {({ values: { prices, monthlyBudget }, spent, change }) => (
          <>
            <div>
              <Text size="sm" fw={500}>
                {t("prices")}
              </Text>
              <Text size="xs" c="dimmed">
                {t("pricesHint")}
              </Text>
            </div>
            <Group grow>
              {CHANNELS.map((channel) => (
                <MoneyInput
                  key={channel}
                  label={channels[channel].name[locale]}
                  value={prices[channel]}
                  onChange={(price) => change({ prices: { ...prices, [channel]: price ?? 0 } })}
                />
              ))}
            </Group>
            <MoneyInput
              label={t("budget")}
              description={t("budgetHint", { spent: money(spent) })}
              value={monthlyBudget}
              onChange={(budget) => change({ monthlyBudget: budget || null })}
            />
          </>
        )}
      </MessagingForm>
      <MessagingForm title={t("marks")} keys={["signature", "advert", "tracksLinks", "tracksOpens"]}>
        {({ values, change }) => (
          <>
            <TextInput
              label={t("signature")}
              description={t("signatureHint")}
              value={values.signature ?? ""}
              minLength={2}
              maxLength={20}
              onChange={(e) => change({ signature: e.currentTarget.value || null })}
            />
            <Select
              label={t("advert")}
              value={values.advert}
              allowDeselect={false}
              data={(["auto", "always", "never"] as const).map((value) => ({ value, label: t(value) }))}
              onChange={(value) => {
                if (value === "auto" || value === "always" || value === "never") change({ advert: value });
              }}
            />
            <Switch
              label={t("tracksLinks")}
              checked={values.tracksLinks}
              onChange={(e) => change({ tracksLinks: e.currentTarget.checked })}
            />
            <Switch
              label={t("tracksOpens")}
              checked={values.tracksOpens}
              onChange={(e) => change({ tracksOpens: e.currentTarget.checked })}
            />
          </>
        )}
      </MessagingForm>
    </>
  );
}
