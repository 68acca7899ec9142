"use client";
import { ActionIcon, Button, Select } from "@mantine/core";
import { IconArrowsUpDown, IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useContext } from "react";
import { useT } from "../../_i18n/use-t";
import { When } from "../../_ui/time/when";
import type { Version } from "../api";
import { nodeOf } from "../edit/place";
import { drawn, type Side } from "../store/designer";
import { useDesigner, useEditor } from "../store/use-designer";
import { useName } from "../use-says";
import type { Marks, NodeMark } from "./both";
import { ChangeLines, changesOf } from "./change";
import classes from "./compare.module.css";
import { StandingContext } from "./standing";
import { useFate } from "./use-fate";
import { useSettingLines } from "./use-setting-lines";
import type { Looking } from "./use-shown";

const ORDER = ["removed", "changed", "added"] as const;
const SIGNS = { added: "+", removed: "−", changed: "±" } as const;

/** What is compared with what, everything that differs, and where members who wait go. */
export function ComparePanel({ versions, looking }: { versions: Version[]; looking: Looking }) {
  const t = useT("designerCompare");
  const sides = useDesigner((state) => (state.mode === "compare" ? state.sides : undefined));
  const { store, look } = useEditor();
  const marks = useDesigner((state) => state.shown?.marks);
  if (!sides) return null;
  const choose = (change: Partial<typeof sides>) => look({ mode: "compare", sides: { ...sides, ...change } });
  const go = (id: string) => store.setState({ selected: [id], panel: undefined });
  const isSame =
    marks && marks.nodes.size === 0 && marks.wires.size === 0 && marks.settings.length === 0 && !looking.isLoading;
  return (
    <section className={classes.panel} aria-label={t("compare")} data-left data-testid="compare">
      <div className={classes.sides}>
        <SideSelect label={t("from")} side={sides.from} versions={versions} onChange={(from) => choose({ from })} />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t("swap")}
          title={t("swap")}
          onClick={() => choose({ from: sides.to, to: sides.from })}
        >
          <IconArrowsUpDown size={17} />
        </ActionIcon>
        <SideSelect label={t("to")} side={sides.to} versions={versions} onChange={(to) => choose({ to })} />
      </div>
      {marks && marks.nodes.size > 1 && <Through ids={inOrder(marks)} onGo={go} />}
      <div className={classes.list} aria-busy={looking.isLoading || undefined}>
        {looking.isLoading && <p className={classes.none}>{t("loading")}</p>}
        {looking.isFailed && (
          <p className={classes.none} role="alert">
            {t("failed")}{" "}
            <Button size="compact-xs" variant="subtle" onClick={looking.again}>
              {t("again")}
            </Button>
          </p>
        )}
        {isSame && <p className={classes.none}>{t("same")}</p>}
        {marks && <Steps onGo={go} />}
        <Lines />
        {marks && looking.sides && <Settings {...looking.sides} />}
        <Members onGo={go} />
        {looking.isStandingUnread && (
          <p className={classes.none} role="alert" data-testid="standing-unread">
            {t("standingUnread")}{" "}
            <Button size="compact-xs" variant="subtle" onClick={looking.again}>
              {t("again")}
            </Button>
          </p>
        )}
      </div>
    </section>
  );
}

function SideSelect({
  label,
  side,
  versions,
  onChange,
}: {
  label: string;
  side: Side;
  versions: Version[];
  onChange(side: Side): void;
}) {
  const t = useT("designerCompare");
  return (
    <Select
      label={label}
      size="xs"
      allowDeselect={false}
      comboboxProps={{ zIndex: 200 }}
      value={String(side)}
      data={[
        { value: "draft", label: t("draft") },
        ...versions.map(({ version, isCurrent }) => ({
          value: String(version),
          label: t("versionOf", { version: String(version) }) + (isCurrent ? ` · ${t("live")}` : ""),
        })),
      ]}
      renderOption={({ option }) => {
        const version = versions.find((one) => String(one.version) === option.value);
        return (
          <span className={classes.option}>
            {option.label}
            {version && (
              <small>
                <When at={version.publishedAt} />
              </small>
            )}
          </span>
        );
      }}
      onChange={(value) => value && onChange(value === "draft" ? "draft" : Number(value))}
      data-testid={`side-${label}`}
    />
  );
}

const inOrder = (marks: Marks): string[] =>
  ORDER.flatMap((is) => [...marks.nodes].flatMap(([id, mark]) => (mark.is === is ? [id] : [])));

/** From one difference to the next, in the order of the list. */
function Through({ ids, onGo }: { ids: string[]; onGo(id: string): void }) {
  const t = useT("designerCompare");
  const at = useDesigner((state) => ids.indexOf(state.selected[0] ?? ""));
  const step = (by: 1 | -1) => {
    const next = ids[at < 0 ? (by > 0 ? 0 : ids.length - 1) : (at + by + ids.length) % ids.length];
    if (next !== undefined) onGo(next);
  };
  return (
    <div className={classes.through}>
      <span role="status">
        {at < 0 ? t("differences", { count: ids.length }) : t("nth", { n: String(at + 1), of: String(ids.length) })}
      </span>
      {([-1, 1] as const).map((by) => (
        <ActionIcon
          key={by}
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t(by < 0 ? "earlier" : "later")}
          title={t(by < 0 ? "earlier" : "later")}
          onClick={() => step(by)}
          data-testid={by < 0 ? "diff-before" : "diff-next"}
        >
          {by < 0 ? <IconChevronUp size={17} /> : <IconChevronDown size={17} />}
        </ActionIcon>
      ))}
    </div>
  );
}

function Steps({ onGo }: { onGo(id: string): void }) {
  const t = useT("designerCompare");
  const nameOf = useName();
  const document = useDesigner(drawn);
  const marks = useDesigner((state) => state.shown?.marks);
  const entries = [...(marks?.nodes ?? [])];
  return ORDER.map((is) => {
    const these = entries.filter(([, mark]) => mark.is === is);
    if (these.length === 0) return null;
    return (
      <section key={is}>
        <h3>{t(is, { count: these.length })}</h3>
        <ul>
          {these.map(([id, mark]) => {
            const node = nodeOf(document, id);
            const name = node ? nameOf(node) : id;
            return (
              <li key={id}>
                <button
                  type="button"
                  aria-label={t("goTo", { name })}
                  onClick={() => onGo(id)}
                  data-testid={`diff-${id}`}
                >
                  <b className={classes.sign} data-mark={is} aria-hidden>
                    {SIGNS[is]}
                  </b>
                  <span>
                    {name}
                    {mark.is === "changed" && <small>{partsOf(mark, t)}</small>}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      </section>
    );
  });
}

const partsOf = (mark: Extract<NodeMark, { is: "changed" }>, t: ReturnType<typeof useT<"designerCompare">>): string =>
  mark.parts.map((part) => t(`part.${part}`)).join(" · ");

function Lines() {
  const t = useT("designerCompare");
  const marks = useDesigner((state) => state.shown?.marks);
  const all = [...(marks?.wires.values() ?? [])];
  const added = all.filter((mark) => mark === "added").length;
  const removed = all.length - added;
  if (all.length === 0) return null;
  return (
    <p className={classes.lines}>{t("lines", { added, removed, both: added > 0 && removed > 0 ? "yes" : "no" })}</p>
  );
}

function Settings({ from, to }: NonNullable<Looking["sides"]>) {
  const t = useT("designerCompare");
  const tell = useSettingLines();
  const parts = useDesigner((state) => state.shown?.marks?.settings) ?? [];
  if (parts.length === 0) return null;
  return (
    <section>
      <h3>{t("settings")}</h3>
      <dl className={classes.facts}>
        {parts.map((part) => (
          <div key={part}>
            <dt>{t(`setting.${part}`)}</dt>
            <dd>
              <ChangeLines changes={changesOf(tell(from, part), tell(to, part))} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Members({ onGo }: { onGo(id: string): void }) {
  const t = useT("designerCompare");
  const nameOf = useName();
  const fateOf = useFate();
  const standing = useContext(StandingContext);
  const document = useDesigner(drawn);
  if (standing.size === 0) return null;
  return (
    <section data-testid="compare-members">
      <h3>{t("members")}</h3>
      <ul>
        {[...standing].map(([id]) => {
          const node = nodeOf(document, id);
          return (
            <li key={id}>
              <button type="button" onClick={() => onGo(id)}>
                <span>
                  {node ? nameOf(node) : id}
                  <small>{fateOf(id)}</small>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <p className={classes.hint}>{t("fateHint")}</p>
    </section>
  );
}
