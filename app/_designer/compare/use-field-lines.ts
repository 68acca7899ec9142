"use client";
import { useMemo } from "react";
import { z } from "zod";
import { eventName } from "@/core/events/event-name";
import { type FieldMeta, fieldsOf } from "@/core/journey/parts/field";
import { STAFF_OPTIONS } from "@/core/journey/parts/staff";
import { isWaitPart, waitParts } from "@/core/journey/parts/waits/registry";
import type { WaitPart } from "@/core/journey/parts/waits/wait-part";
import { weekdaysInWords } from "@/core/journey/parts/weekdays";
import { channels } from "@/core/message/channels/registry";
import type { Locale } from "@/core/text";
import { sayDuration } from "@/core/time/duration-words";
import { useT } from "../../_i18n/use-t";
import { fieldAt } from "../rules/fields";
import { sayRule } from "../rules/say";
import { type Shelf, useShelf } from "../shelf";
import { asList, asRecord, asText } from "./read";

/** One thing that a field says: a message's text in one language, a case's rule. The same `key` is the same thing in another version. */
/** `isThing`: the name of something; another name is another thing, not a changed wording. */
export type Line = { key: string; name?: string; text: string; isThing?: boolean };
type T = ReturnType<typeof useT<"designerCompare">>;

/** What a field of a step's form holds, in the reader's words. */
export function useFieldLines(): (meta: FieldMeta, value: unknown) => Line[] {
  const t = useT("designerCompare");
  const shelf = useShelf();
  return useMemo(() => {
    const say = teller(shelf, t);
    return (meta, value) =>
      value === undefined || value === null ? [] : say(meta, value).filter(({ text }) => text !== "");
  }, [shelf, t]);
}

/** An event's name for the reader. */
export const sayEvent = (event: string, locale: Locale): string => eventName(event)[locale];

function teller(shelf: Shelf, t: T) {
  const { locale } = shelf;
  const number = new Intl.NumberFormat(locale);
  const named = (list: { id: string; name: string }[], id: unknown) =>
    list.find((one) => one.id === id)?.name ?? asText(id);
  const role = (id: unknown) => STAFF_OPTIONS.find(({ value }) => value === id)?.label[locale] ?? asText(id);
  const rule = (when: unknown) => sayRule(when, shelf);
  const duration = (iso: unknown) => sayDuration(asText(iso))[locale];
  const one = (text: string): Line[] => [{ key: "", text }];

  /** A way of several: an event with its conditions, or the settings of whatever else is waited for. */
  const way = ({ id, name, is, ...config }: Record<string, unknown>): Line => {
    const part: WaitPart = waitParts[isWaitPart(is) ? is : "event"];
    const settings = fieldsOf(z.object(part.fields)).flatMap(({ name: key, meta }) => say(meta, config[key]));
    const event = "event" in config ? sayEvent(asText(config.event), locale) : undefined;
    return {
      key: asText(id),
      name: asText(name) || (event ?? part.name[locale]),
      text:
        event === undefined
          ? settings.map(({ text }) => text).join(" · ")
          : t("onEvent", { event, rule: rule(config.when) }),
    };
  };

  const say = ({ field, options = [] }: FieldMeta, value: unknown): Line[] => {
    switch (field) {
      case "text":
      case "template":
      case "tag":
      case "cron":
      case "zone":
      case "time":
        return one(asText(value));
      case "moment":
        return one(asText(value).replace("T", " "));
      case "number":
        return one(typeof value === "number" ? number.format(value) : asText(value));
      case "choice":
        return one(options.find((option) => option.value === value)?.label[locale] ?? asText(value));
      case "event":
        return one(sayEvent(asText(value), locale));
      case "rule":
        return one(rule(value));
      case "duration":
        return one(duration(value));
      case "offer":
        return one(named(shelf.offers, value));
      case "segment":
        return one(named(shelf.segments, value));
      case "tier":
        return one(named(shelf.tiers, value));
      case "journey":
        return one(named(shelf.journeys, value));
      case "date":
        return one(fieldAt(asText(value), {}).name[locale]);
      case "offset":
        return one(offset(Number(value), t));
      case "window": {
        const { weekdays, from, to } = asRecord(value);
        const days = Array.isArray(weekdays) ? weekdays.filter((day: unknown) => typeof day === "number") : [];
        return one(`${weekdaysInWords(days)[locale]} ${asText(from)}${to === undefined ? "" : `–${asText(to)}`}`);
      }
      case "channels":
        return one(Array.isArray(value) ? value.map((id: unknown) => channelName(asText(id), locale)).join(" → ") : "");
      case "end": {
        const { is, duration: iso, day } = asRecord(value);
        return one(
          is === "after"
            ? t("end.after", { duration: duration(iso) })
            : is === "on"
              ? t("end.on", { day: asText(day) })
              : t("end.open"),
        );
      }
      case "escalation": {
        const { is, duration: iso, role: to } = asRecord(value);
        return one(
          is === "after" ? t("escalation.after", { duration: duration(iso), role: role(to) }) : t("escalation.none"),
        );
      }
      case "change": {
        const { is, value: text, property, by } = asRecord(value);
        return one(
          is === "event"
            ? t("changeTo.event", { property: asText(property) })
            : is === "add"
              ? t("changeTo.add", { by: asText(by) })
              : is === "unset"
                ? t("changeTo.unset")
                : asText(text),
        );
      }
      case "grants":
        return asList(value).map((grant, i) => ({
          key: String(i),
          text:
            grant.is === "coupon"
              ? t("coupon", { name: named(shelf.offers, grant.offer) })
              : t("points", { count: Number(grant.points) || 0 }),
        }));
      case "outcomes":
        return asList(value).map(({ id, name }) => ({ key: asText(id), text: asText(name) }));
      case "properties":
      case "headers":
        return asList(value).map(({ name, value: text }) => ({
          key: asText(name),
          name: asText(name),
          text: asText(text),
        }));
      case "cases":
        return asList(value).map(({ id, name, when }) => ({ key: asText(id), name: asText(name), text: rule(when) }));
      case "ways":
        return asList(value).map(way);
      case "variants": {
        const all = asList(value);
        const sum = all.reduce((total, { weight }) => total + (Number(weight) || 0), 0);
        return all.map(({ id, name, weight }) => ({
          key: asText(id),
          name: asText(name),
          text: `${sum > 0 ? Math.round(((Number(weight) || 0) / sum) * 1000) / 10 : 0}%`,
        }));
      }
      case "questions":
        return asList(value).map(({ id, text, options: answers }) => ({
          key: asText(id),
          text: [
            words(text, locale),
            asList(answers)
              .map(({ name }) => words(name, locale))
              .join(" / "),
          ]
            .filter(Boolean)
            .join(": "),
        }));
      case "content":
      case "contents":
        return contentLines(asRecord(value), locale, t);
      default:
        return field satisfies never;
    }
  };
  return say;
}

function offset(days: number, t: T): string {
  if (!days) return t("days.on");
  return days < 0 ? t("days.before", { days: -days }) : t("days.after", { days });
}

const isChannel = (id: string): id is keyof typeof channels => id in channels;
const channelName = (id: string, locale: Locale): string => (isChannel(id) ? channels[id].name[locale] : id);

const words = (value: unknown, locale: Locale): string => {
  const texts = asRecord(value);
  return asText(texts[locale]) || asText(texts[locale === "en" ? "zh-CN" : "en"]);
};

/** Channel by channel and language by language; a mail's blocks one by one. */
function contentLines(content: Record<string, unknown>, locale: Locale, t: T): Line[] {
  return Object.entries(content).flatMap(([channel, texts]) =>
    Object.entries(asRecord(texts)).flatMap(([language, parts]): Line[] => {
      const where = `${channelName(channel, locale)} · ${language === "en" || language === "zh-CN" ? t(`language.${language}`) : language}`;
      const line = (key: string, text: string): Line => ({ key: `${channel} ${language} ${key}`, name: where, text });
      const { blocks, ...rest } = asRecord(parts);
      return [
        ...Object.entries(rest).map(([key, text]) => line(key, asText(text))),
        ...asList(blocks).flatMap((block, i) => {
          const name = `${where} · ${t("block", { number: String(i + 1) })}`;
          if (block.kind !== "columns") return { ...line(`block ${i}`, blockText(block)), name };
          return (Array.isArray(block.columns) ? block.columns : []).flatMap((column: unknown, c) =>
            asList(column).map((cell, n) => ({
              ...line(`block ${i} ${c} ${n}`, blockText(cell)),
              name: `${name}.${c + 1}.${n + 1}`,
            })),
          );
        }),
      ];
    }),
  );
}

/** A block of a mail: its words, and where they lead. */
function blockText({ kind, text, label, alt, url, link, at }: Record<string, unknown>): string {
  if (kind === "coupon") return typeof at === "number" ? `🎫 ${at + 1}` : "🎫";
  if (kind === "divider") return "———";
  if (kind === "image") return `🖼 ${[asText(alt), asText(url), asText(link)].filter(Boolean).join(" → ")}`;
  return [asText(text) || asText(label), asText(url)].filter(Boolean).join(" → ");
}
