"use client";
import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useFormatter, useLocale } from "use-intl";
import { useT } from "../../../_i18n/use-t";
import { CopyField } from "../../../_ui/fields/copy-field";
import { KeyValue } from "../../../_ui/fields/key-value";
import { useEventName } from "../../../_ui/loyalty/event-name";
import { Money } from "../../../_ui/loyalty/money";
import { useReason } from "../../../_ui/loyalty/reason";
import { Tag } from "../../../_ui/loyalty/tag";
import { languageName } from "../../../_ui/names/language-name";
import { sourceName } from "../../../_ui/names/source-name";
import { usePropertyWords } from "../../../_ui/names/use-property-words";
import { Badge } from "../../../_ui/page/state-badge";
import { When } from "../../../_ui/time/when";
import type { Member } from "./member";
import classes from "./member.module.css";

/** Who the member is, what they hold, what they agreed to. */
export function Profile({ member }: { member: Member }) {
  const t = useT("members");
  const states = useT("states");
  const format = useFormatter();
  const common = useT("common");
  const locale = useLocale();
  const eventName = useEventName();
  const words = usePropertyWords("identified");
  const reason = useReason();
  const day = (date: string) =>
    format.dateTime(new Date(`${date}T12:00:00Z`), {
      year: "numeric",
      month: "short",
      day: "numeric",
      timeZone: "UTC",
    });
  const attributes = Object.entries(member.attributes);
  return (
    <Stack gap="md" className={classes.side}>
      <Paper withBorder p="md" component="section" aria-label={t("balances")}>
        <div className={classes.balances}>
          <Balance label={t("pointsBalance")} value={format.number(member.points.balance)} />
          <Balance label={t("couponsUsable")} value={format.number(member.coupons.usable)} />
          <Balance label={t("spent")} value={<Money minor={member.spent} short />} />
          <Balance label={t("runsLive")} value={format.number(member.runs.live)} />
        </div>
        {member.points.expiring.slice(0, 3).map((lot) => (
          <Text key={lot.lastDay} size="xs" c="dimmed">
            {t("pointsExpiring", { points: format.number(lot.points), day: day(lot.lastDay) })}
          </Text>
        ))}
        <Group gap={4} mt="sm">
          {member.tags.length === 0 ? (
            <Text size="xs" c="dimmed">
              {t("noTags")}
            </Text>
          ) : (
            member.tags.map((tag) => (
              <Tag key={tag.tag} isSensitive={tag.isSensitive}>
                {tag.tag}
              </Tag>
            ))
          )}
        </Group>
      </Paper>
      <Paper withBorder p="md" component="section">
        <Title order={2} mb="xs">
          {t("profile")}
        </Title>
        <KeyValue
          facts={[
            [t("orders"), format.number(member.orders)],
            [t("lastOrder"), <When key="o" at={member.lastOrderAt} empty={common("never")} />],
            [t("visits"), format.number(member.visits)],
            [t("lastVisit"), <When key="v" at={member.lastVisitAt} empty={common("never")} />],
            [t("joined"), <When key="j" at={member.joinedAt} />],
            [t("store"), member.joinedStoreName ?? undefined],
            [t("birthday"), member.birthday ? day(member.birthday) : undefined],
            [t("gender"), member.gender ? words.write("gender", member.gender) : undefined],
            [t("language"), member.locale ? languageName(member.locale, locale) : undefined],
            [t("timeZone"), member.timeZone ?? undefined],
            [
              t("memberNo"),
              <CopyField key="id" value={member.id} shown={`${member.id.slice(0, 13)}…`} label={t("memberNo")} />,
            ],
          ]}
        />
      </Paper>
      <Paper withBorder p="md" component="section">
        <Title order={2} mb="xs">
          {t("consents")}
        </Title>
        {member.consents.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("noConsent")}
          </Text>
        )}
        <KeyValue
          facts={member.consents.map((consent) => [
            `${channelName(states, consent.channel)} · ${purposeName(states, consent.purpose)}`,
            <div key={consent.channel + consent.purpose}>
              <Badge tone={consent.isGranted ? "ok" : "quiet"}>
                {t(consent.isGranted ? "granted" : "refusedConsent")}
              </Badge>
              <Text size="xs" c="dimmed">
                {t("consentFrom", {
                  source: sourceName(states, eventName, consent.source),
                  at: format.dateTime(new Date(consent.at), { year: "numeric", month: "short", day: "numeric" }),
                })}
              </Text>
            </div>,
          ])}
        />
        {member.suppressions.map((s) => (
          <Text key={s.channel + s.address} size="xs" c="var(--tone-bad)" mt={4}>
            {t("suppressed", { address: s.address, reason: reason(s.reason) })}
          </Text>
        ))}
      </Paper>
      <Paper withBorder p="md" component="section">
        <Title order={2} mb="xs">
          {t("identities")}
        </Title>
        <KeyValue
          facts={member.identities.map((identity) => [
            kindName(t, identity.kind),
            <Group key={identity.value} gap={6} wrap="nowrap">
              <span>{identity.value}</span>
              {identity.isProven && (
                <Badge tone="ok" dot={false}>
                  {t("proven")}
                </Badge>
              )}
            </Group>,
          ])}
        />
      </Paper>
      {attributes.length > 0 && (
        <Paper withBorder p="md" component="section">
          <Title order={2} mb="xs">
            {t("attributes")}
          </Title>
          <KeyValue facts={attributes.map(([name, value]) => [words.nameOf(name), words.write(name, value)])} />
        </Paper>
      )}
    </Stack>
  );
}

function kindName(t: ReturnType<typeof useT<"members">>, kind: string): string {
  const key = `identityKinds.${kind}` as "identityKinds.phone";
  return t.has(key) ? t(key) : kind;
}
const channelName = (t: ReturnType<typeof useT<"states">>, channel: string) =>
  channel === "sms" || channel === "email" || channel === "push" ? t(`channel.${channel}`) : channel;
const purposeName = (t: ReturnType<typeof useT<"states">>, purpose: string) =>
  purpose === "marketing" || purpose === "service" ? t(`purpose.${purpose}`) : purpose;

function Balance({ label, value }: { label: string; value: React.ReactNode }) {
  return (
    <div>
      <div className={classes.balance}>{value}</div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
    </div>
  );
}
