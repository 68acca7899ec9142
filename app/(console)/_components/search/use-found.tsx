"use client";
import type { SpotlightActionData, SpotlightActionGroupData } from "@mantine/spotlight";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { Found } from "@/services/insight/search";
import { useT } from "../../../_i18n/use-t";
import { Icon, type IconName } from "../../../_ui/icons";
import type { Wire } from "../../../_ui/live/wire";
import { useEventName } from "../../../_ui/loyalty/event-name";
import { useOfferName } from "../../../_ui/loyalty/offer-name";
import { useApi } from "../../../_ui/workspace";

type Groups = {
  groups: SpotlightActionGroupData[];
  /** Members are among them, or may be: lists of members and of what belongs to them have something to show. */
  hasMembers: boolean;
  /** The answer to other letters, or none yet. */
  isLooking: boolean;
};

/**
 * What the workspace has under some letters, kind by kind, each leading to its page. `why`: members lead to the answer why they did or did not
 * get something — where nothing else is asked, or also, where one member is meant.
 */
export function useFound(wanted: string, { why }: { why: "only" | "too" | "no" }): Groups {
  const nav = useT("nav");
  const t = useT("search");
  const eventName = useEventName();
  const offerName = useOfferName();
  const letters = useT("letters");
  const states = useT("states");
  const router = useRouter();
  const api = useApi();
  const { data, isPlaceholderData, isError } = useQuery<Wire<Found>>({
    queryKey: ["search", wanted],
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<Found>("/search", { q: wanted }, signal),
  });
  if (!data || !wanted) return { groups: [], hasMembers: false, isLooking: wanted.length > 0 && !isError };
  const stateOf = (of: string, state: string | null) => {
    const key = `${of}.${state}`;
    return state === null ? undefined : states.has(key as never) ? states(key as never) : state;
  };
  const line = (
    id: string,
    label: string,
    icon: IconName,
    href: string,
    description?: string,
  ): SpotlightActionData => ({
    id,
    label,
    ...(description && { description }),
    leftSection: <Icon name={icon} />,
    onClick: () => router.push(href),
  });
  const nameOf = (m: Found["members"][number]) => m.name ?? m.phone ?? m.email ?? m.id;
  const contacts = (m: Found["members"][number]) => [m.phone, m.email].filter(Boolean).join(" · ");
  const answers = {
    group: t("why"),
    actions: data.members.map((m) =>
      line(`why ${m.id}`, t("whyOf", { name: nameOf(m) }), "question", `/members/${m.id}?show=why`, contacts(m)),
    ),
  };
  const all = [
    {
      group: nav("journeys"),
      actions: data.journeys.map((j) =>
        line(j.id, j.name, "journey", `/journeys/${j.id}`, stateOf("journey", j.state)),
      ),
    },
    {
      group: nav("members"),
      actions: data.members.map((m) => line(m.id, nameOf(m), "member", `/members/${m.id}`, contacts(m))),
    },
    ...(why === "too" && data.members.length === 1 ? [answers] : []),
    {
      group: nav("segments"),
      actions: data.segments.map((s) =>
        line(s.id, s.name, "segment", `/members?${new URLSearchParams({ segment: s.id, view: "all" })}`),
      ),
    },
    {
      group: nav("offers"),
      actions: data.offers.map((o) =>
        line(
          o.id,
          offerName(o),
          "offer",
          `/offers?${new URLSearchParams({ q: offerName(o) })}`,
          stateOf("offer", o.state),
        ),
      ),
    },
    { group: nav("stores"), actions: data.stores.map((s) => line(s.id, s.name, "store", `/stores/${s.id}`)) },
    { group: nav("tasks"), actions: data.tasks.map((one) => line(one.id, one.name, "task", `/tasks/${one.id}`)) },
    {
      group: nav("runs"),
      actions: data.runs.map((r) => line(r.id, r.name, "runs", `/runs/${r.id}`, stateOf("run", r.state))),
    },
    {
      group: t("orders"),
      actions: data.orders.map((o) =>
        line(
          `order ${o.event ?? o.member}`,
          o.name,
          "orders",
          o.event ? `/events?view=all&event=${o.event}` : `/members/${o.member}`,
        ),
      ),
    },
    {
      group: t("coupons"),
      actions: data.coupons.map((c) =>
        line(
          `coupon ${c.code}`,
          [c.code, offerName(c), c.memberName].filter(Boolean).join(" · "),
          "coupon",
          `/members/${c.member}?show=coupons`,
          stateOf("coupon", c.state),
        ),
      ),
    },
    {
      group: nav("messages"),
      actions: data.messages.map((m) => {
        const [channel = "", state = ""] = (m.state ?? "").split(".");
        const says = [stateOf("channel", channel), stateOf("message", state)].filter(Boolean).join(" · ");
        return line(m.id, m.name, "messages", `/messages?view=all&message=${m.id}`, says);
      }),
    },
    {
      group: nav("events"),
      actions: data.events.map((e) =>
        line(e.id, eventName(e.name), "events", `/events?view=all&event=${e.id}`, e.state ?? undefined),
      ),
    },
    {
      group: t("rejected"),
      actions: data.letters.map(({ id, name, number, state }) =>
        line(
          id,
          [name === "" ? letters("unnamed") : eventName(name), number].filter(Boolean).join(" · "),
          "warning",
          `/events?show=rejected&state=all&letter=${id}`,
          letters(state === "set_aside" ? "setAside" : state),
        ),
      ),
    },
  ];
  const groups = (why === "only" ? [answers] : all).filter(({ actions }) => actions.length > 0);
  return { groups, hasMembers: data.members.length > 0 || data.areMembersCut, isLooking: isPlaceholderData };
}
