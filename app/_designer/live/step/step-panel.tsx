"use client";
import { Button } from "@mantine/core";
import Link from "next/link";
import { useContext } from "react";
import { useFormatter } from "use-intl";
import type { JourneyNode } from "@/core/journey/document";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { LinkButton } from "../../../_ui/page/link-button";
import { useMay } from "../../../_ui/workspace";
import { focusCard, leadsBackTo } from "../../canvas/focus";
import { nodeOf } from "../../edit/place";
import inspector from "../../inspector/inspector.module.css";
import { PanelHead } from "../../inspector/panel-head";
import { familyOf, iconOfNode, kindOf, portsOf } from "../../kinds";
import { useSay, useShelf } from "../../shelf";
import { drawn } from "../../store/designer";
import { useDesigner, useEditor } from "../../store/use-designer";
import { useName, useSays, useTitle } from "../../use-says";
import { CountsContext, useCount } from "../figures/counts";
import { Dot } from "../figures/dot";
import { passagesOf } from "../figures/passage";
import { useRunsBehind } from "../figures/runs-behind";
import { sayShare } from "../figures/say-share";
import { MessageWords } from "./message-words";
import { NewestRuns } from "./newest-runs";
import classes from "./step-panel.module.css";

const PARTS = ["entered", "waiting", "left", "failed"] as const;

/** A step under way: its numbers, by which way its members went on, who came last, and where several can be moved at once. */
export function StepPanel() {
  const { select } = useEditor();
  const node = useDesigner((state) =>
    state.selected.length === 1 ? nodeOf(drawn(state), state.selected[0] ?? "") : undefined,
  );
  if (!node) return null;
  const close = () => {
    focusCard(node.id);
    select([]);
  };
  return <Sheet key={node.id} node={node} onClose={close} />;
}

function Sheet({ node, onClose }: { node: JourneyNode; onClose(): void }) {
  const t = useT("designerLive");
  const d = useT("designer");
  const say = useSay();
  const format = useFormatter();
  const titleOf = useTitle();
  const nameOf = useName();
  const says = useSays();
  const { look } = useEditor();
  const count = useCount(node.id);
  const behind = useRunsBehind();
  const mayOperate = useMay("run.write");
  const kind = kindOf(node.kind);
  return (
    <aside
      className={inspector.panel}
      data-inspector
      data-family={familyOf(node.kind)}
      aria-label={t("panel")}
      data-testid="step-panel"
      onKeyDown={leadsBackTo(node.id)}
    >
      <PanelHead
        icon={<Icon name={iconOfNode(node)} size={18} />}
        title={titleOf(node)}
        about={
          says(node)
            .map((piece) => piece.text)
            .join("") || (kind ? say(kind.name) : d("node.unknown"))
        }
        onClose={onClose}
      />
      <div className={inspector.body}>
        <dl className={classes.numbers}>
          {PARTS.map((part) => {
            const what = d(`live_.${part}`);
            const number = format.number(count[part]);
            return (
              <div key={part} data-part={part} data-none={count[part] === 0 || undefined}>
                <dt>
                  <Dot part={part} isNone={count[part] === 0} />
                  {what}
                </dt>
                <dd>
                  {count[part] === 0 ? (
                    number
                  ) : (
                    <Link
                      href={behind.part(node, part)}
                      prefetch={false}
                      aria-label={d("live_.showRuns", { name: nameOf(node), what: `${what} ${number}` })}
                      data-testid={`panel-${part}`}
                    >
                      {number}
                    </Link>
                  )}
                </dd>
              </div>
            );
          })}
        </dl>
        {mayOperate && count.waiting + count.failed > 0 && (
          <div className={classes.work}>
            {count.waiting > 0 && (
              <LinkButton size="compact-sm" variant="light" href={behind.part(node, "waiting")}>
                {t("operate", { count: format.number(count.waiting) })}
              </LinkButton>
            )}
            {count.failed > 0 && (
              <LinkButton size="compact-sm" variant="light" color="danger" href={behind.part(node, "failed")}>
                {t("retry", { count: format.number(count.failed) })}
              </LinkButton>
            )}
          </div>
        )}
        <Ways node={node} />
        {"content" in node.config && <MessageWords node={node} />}
        {familyOf(node.kind) !== "trigger" && <NewestRuns node={node} />}
        <Button
          variant="default"
          size="xs"
          className={classes.edit}
          onClick={() => look({ mode: "edit" })}
          data-testid="edit-step"
        >
          {t("editStep")}
        </Button>
      </div>
    </aside>
  );
}

/** By which way out how many went on, as a bar of those who came. */
function Ways({ node }: { node: JourneyNode }) {
  const t = useT("designerLive");
  const say = useSay();
  const format = useFormatter();
  const { locale } = useShelf();
  const behind = useRunsBehind();
  const counts = useContext(CountsContext);
  const ports = portsOf(node);
  const ways = passagesOf(
    counts,
    node.id,
    ports.map(({ id }) => id),
  );
  if (ways.length === 0 || familyOf(node.kind) === "trigger") return null;
  const nameOf = (port: string): string => {
    const drawn = ports.find(({ id }) => id === port);
    return drawn ? say(drawn.name) : port === "@exit" || port === "@moved" ? t(port) : port;
  };
  return (
    <section aria-label={t("ways")}>
      <h3 className={classes.heading}>{t("ways")}</h3>
      <ul className={classes.ways}>
        {ways.map(({ port, count, share }) => (
          <li key={port} data-none={count === 0 || undefined} data-testid={`way-${port}`}>
            <span>{nameOf(port)}</span>
            {/* Who was moved by hand stands elsewhere on no way of the drawing: there is no list of them. */}
            {count === 0 || port === "@moved" ? (
              <b>{format.number(count)}</b>
            ) : (
              <Link
                href={behind.way(node, port)}
                prefetch={false}
                aria-label={`${t("wayCount", { name: nameOf(port), count: format.number(count) })}. ${t("showRuns")}`}
              >
                {format.number(count)}
              </Link>
            )}
            <small>{share === undefined ? "" : sayShare(share, locale)}</small>
            <i style={{ width: `${Math.min(1, share ?? 0) * 100}%` }} aria-hidden />
          </li>
        ))}
      </ul>
    </section>
  );
}
