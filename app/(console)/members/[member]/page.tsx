import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isUuid } from "@/core/uuid";
import { getMember } from "@/services/members/get";
import { memberTimeline } from "@/services/members/timeline";
import { serverT } from "../../../_i18n/locale";
import { read, tryRead } from "../../../_server/door";
import { wire } from "../../../_ui/live/wire";
import { MemberScreen } from "./member-screen";

type Props = { params: Promise<{ member: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { member } = await params;
  const t = await serverT("members");
  const found = isUuid(member) ? await tryRead(getMember, { member }) : undefined;
  return { title: found?.name ?? t("title") };
}

export default async function MemberPage({ params }: Props) {
  const { member } = await params;
  const found = isUuid(member) ? await read(getMember, { member }) : undefined;
  if (!found) notFound();
  const timeline = await tryRead(memberTimeline, { member });
  return <MemberScreen initial={wire(found)} {...(timeline && { timeline: wire(timeline) })} />;
}
