"use client";
import { Alert, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useT } from "../../../_i18n/use-t";
import { TierBadge } from "../../../_ui/loyalty/tier";
import { PageHeader } from "../../../_ui/page/page-header";
import { useFilters } from "../../../_ui/table/use-filters";
import type { Page } from "../../../_ui/table/use-list";
import { useApi, useMay } from "../../../_ui/workspace";
import { Remember } from "../../_components/search/remember";
import { Coupons } from "./coupons";
import { calledOf, type Member } from "./member";
import classes from "./member.module.css";
import { Profile } from "./profile";
import { Timeline } from "./timeline";
import type { TimelineMoment } from "./timeline-moment";
import { WhyNot } from "./why-not";

/** One member: who they are and what they hold at the left, what happened at the right. */
export function MemberScreen({ initial, timeline }: { initial: Member; timeline?: Page<TimelineMoment> }) {
  const t = useT("members");
  const api = useApi();
  const mayAsk = useMay("run.read");
  const { data: member } = useQuery({
    queryKey: ["member", initial.id],
    initialData: initial,
    refetchInterval: 10_000,
    queryFn: ({ signal }) => api.get<Member>(`/members/${initial.id}`, {}, signal),
  });
  const [{ show }, setFilters] = useFilters(["show"]);
  const called = calledOf(member);
  return (
    <>
      <Remember icon="member" label={called} />
      <PageHeader
        back={{ href: "/members", label: t("title") }}
        title={member.name ?? (member.isAnonymous ? t("nobody") : called)}
        badge={<TierBadge tier={member.tier} />}
        lead={[member.phone, member.email].filter(Boolean).join(" · ") || undefined}
      />
      {member.mergedInto && (
        <Alert mb="md" variant="light" color="gray">
          {t("merged")} <Link href={`/members/${member.mergedInto}`}>{t("openMerged")}</Link>
        </Alert>
      )}
      <div className={classes.columns}>
        <Profile member={member} />
        <Tabs
          value={show ?? "timeline"}
          onChange={(tab) => setFilters({ show: tab === "timeline" ? null : tab })}
          keepMounted={false}
          className={classes.main}
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="timeline">{t("timeline")}</Tabs.Tab>
            <Tabs.Tab value="coupons">{t("coupons")}</Tabs.Tab>
            {mayAsk && <Tabs.Tab value="why">{t("why")}</Tabs.Tab>}
          </Tabs.List>
          <Tabs.Panel value="timeline">
            <Timeline member={member.id} {...(timeline && { initial: timeline })} />
          </Tabs.Panel>
          <Tabs.Panel value="coupons">
            <Coupons member={member.id} />
          </Tabs.Panel>
          {mayAsk && (
            <Tabs.Panel value="why">
              <WhyNot member={member.id} />
            </Tabs.Panel>
          )}
        </Tabs>
      </div>
    </>
  );
}
