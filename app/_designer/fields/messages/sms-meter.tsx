"use client";
import { Anchor, Button } from "@mantine/core";
import Link from "next/link";
import { useFormatter } from "use-intl";
import { nameIn } from "@/core/loyalty/offer-name";
import { LIQUID, withoutLiquid } from "@/core/message/liquid-text";
import { asSent } from "@/core/message/sample/as-sent";
import { longest } from "@/core/message/sample/longest";
import { textOf } from "@/core/message/sample/sampled";
import { outsideGsm, plainly, segments } from "@/core/message/segments";
import { useT } from "../../../_i18n/use-t";
import { useMay, useWorkspace } from "../../../_ui/workspace";
import { money } from "../../money";
import { useShelf } from "../../shelf";
import { useDesigner } from "../../store/use-designer";
import classes from "../fields.module.css";
import type { EditorProps } from "./editor-props";
import { useSample } from "./preview/sample-of";
import { useRendered } from "./preview/use-rendered";
import { useReach } from "./use-reach";

const MOST_NAMED = 6;

/** What an SMS costs as it stands: its parts, what makes them more, the most they can be, and the price for all whom the journey reaches. */
export function SmsMeter({
  content,
  locale,
  purpose,
  onChange,
}: Pick<EditorProps, "content" | "locale" | "purpose"> & { onChange(text: string): void }) {
  const t = useT("designerFields");
  const s = useT("designerSms");
  const { scopes, ways } = useSample();
  const around = useWorkspace();
  const { offers, locale: reader } = useShelf();
  const isReal = useDesigner((state) => state.previewAs !== undefined);
  const { rendered } = useRendered({ channel: "sms", content, locale, purpose }, true);
  const text = typeof content.text === "string" ? content.text : "";
  const { signature } = around;
  const invented = (words: string, to?: string) =>
    asSent(words, scopes[locale], { purpose, signature, ...(to && { to }) });
  const { pieces, isExact } = invented(text);
  const isServers = (isReal || !isExact) && text.trim() !== "" && rendered !== undefined;
  const { parts, units, encoding, left } = segments(isServers ? rendered.text : textOf(pieces));

  const names = ways
    .flatMap((way) => way.offers)
    .flatMap((id) => offers.filter((offer) => offer.id === id).map((offer) => nameIn(offer, locale)));
  const most = Math.max(
    parts,
    ...longest(scopes[locale], names).map(
      (scope) => segments(textOf(asSent(text, scope, { purpose, signature }).pieces)).parts,
    ),
  );
  const price = (count: number) => money(count * around.smsPrice, around.currency, reader);
  return (
    <div className={classes.stack} style={{ gap: 4, marginTop: 4 }}>
      <div className={classes.meter} data-many={parts > 2 || undefined}>
        <b data-testid="sms-count">
          {t("smsCount", { parts, units: String(units), encoding })}
          {around.smsPrice > 0 && parts > 0 && ` · ${t("smsCost", { cost: price(parts) })}`}
        </b>
        <span>{t("smsLeft", { left: String(left) })}</span>
      </div>
      {encoding === "UCS-2" && !isServers && (
        <Alphabet
          text={text}
          parts={parts}
          elsewhere={segments(textOf(invented(text, "+").pieces))}
          mended={segments(textOf(invented(mended(text), "+").pieces))}
          onMend={() => onChange(mended(text))}
        />
      )}
      {most > parts && parts > 0 && (
        <p className={classes.hint} data-testid="sms-most">
          {around.smsPrice > 0
            ? s("mostFor", { parts: String(most), cost: price(most) })
            : s("most", { parts: String(most) })}
        </p>
      )}
      {parts > 0 && <Price most={most} />}
    </div>
  );
}

type Counted = ReturnType<typeof segments>;

/** Which characters make the message take the larger alphabet, and what that costs. Chinese needs it anyway. */
function Alphabet({
  text,
  parts,
  elsewhere,
  mended: plain,
  onMend,
}: {
  text: string;
  parts: number;
  elsewhere: Counted;
  mended: Counted;
  onMend(): void;
}) {
  const s = useT("designerSms");
  const { signature } = useWorkspace();
  const own = withoutLiquid(text);
  if (/\p{Script=Han}/u.test(own)) return null;
  const characters = outsideGsm(own);
  const named = characters.slice(0, MOST_NAMED).join(" ") + (characters.length > MOST_NAMED ? " …" : "");
  return (
    <>
      {characters.length > 0 && (
        <p className={classes.hint} data-testid="sms-alphabet">
          {s("forced", {
            characters: named,
            parts: String(elsewhere.parts),
            plain: String(plain.parts),
          })}{" "}
          {outsideGsm(plainly(own)).length < characters.length && (
            <Button size="compact-xs" variant="light" onClick={onMend} data-testid="sms-mend">
              {s("mend")}
            </Button>
          )}
        </p>
      )}
      {elsewhere.encoding === "GSM-7" && (
        <p className={classes.hint} data-testid="sms-signature">
          {s("signed", { signature, parts: String(parts), elsewhere: String(elsewhere.parts) })}
        </p>
      )}
    </>
  );
}

/** Plain signs in the words; what stands in {{ }} and {% %} is Liquid's. */
function mended(text: string): string {
  const liquid = text.match(LIQUID) ?? [];
  return text
    .split(LIQUID)
    .map((words, i) => plainly(words) + (liquid[i] ?? ""))
    .join("");
}

/** What it comes to if everybody whom the journey reaches gets it; where the price is not known, the way to tell it. */
function Price({ most }: { most: number }) {
  const s = useT("designerSms");
  const format = useFormatter();
  const { smsPrice, currency } = useWorkspace();
  const { locale } = useShelf();
  const mayTell = useMay("workspace.write");
  const reach = useReach(smsPrice > 0);
  if (smsPrice === 0)
    return mayTell ? (
      <p className={classes.hint}>
        {s("unpriced")}{" "}
        <Anchor component={Link} href="/settings/channels" target="_blank" inherit>
          {s("price")}
        </Anchor>
      </p>
    ) : null;
  if (!reach) return null;
  const cost = money(reach.count * most * smsPrice, currency, locale);
  return (
    <p className={classes.hint} data-testid="sms-reach">
      {s(reach.of === "members" ? "reach" : "reachOfEvents", { count: format.number(reach.count), cost })}
    </p>
  );
}
