"use client";
import { ScrollArea, Tooltip, UnstyledButton } from "@mantine/core";
import { memo, type PointerEvent, useMemo, useState } from "react";
import type { Family } from "@/core/journey/kind";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { kindIds, kindOf } from "../../kinds";
import { useSay } from "../../shelf";
import classes from "./palette.module.css";
import pick from "./pick.module.css";

const FAMILIES: Family[] = ["condition", "wait", "action", "end"];

/** The steps by family. Dragged onto a line, a "+" or the canvas; clicked, they are added after the selected step. */
export const Palette = memo(function Palette({
  isNarrow,
  onDrag,
  onAdd,
}: {
  /** Something stands at the right: on a small screen only the icons are seen until it is searched. */
  isNarrow: boolean;
  onDrag(kind: string, event: PointerEvent): void;
  onAdd(kind: string): void;
}) {
  const t = useT("designer");
  const say = useSay();
  const [query, setQuery] = useState("");
  const families = useMemo(() => {
    const wanted = query.trim().toLowerCase();
    return FAMILIES.map((family) => ({
      family,
      kinds: kindIds.flatMap((id) => {
        const kind = kindOf(id);
        const text =
          `${id} ${kind?.name.en} ${kind?.name["zh-CN"]} ${kind?.about.en} ${kind?.about["zh-CN"]}`.toLowerCase();
        return kind?.family === family && text.includes(wanted) ? [{ id, kind }] : [];
      }),
    })).filter(({ kinds }) => kinds.length > 0);
  }, [query]);
  return (
    <aside
      className={classes.palette}
      aria-label={t("palette")}
      data-left
      data-narrow={isNarrow || undefined}
      data-testid="palette"
    >
      <div className={pick.search}>
        <Icon name="search" size={15} />
        <input
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          placeholder={t("searchSteps")}
          aria-label={t("searchSteps")}
          onKeyDown={(event) => {
            if (event.key === "Escape" && query) {
              event.stopPropagation();
              setQuery("");
            }
          }}
        />
      </div>
      <ScrollArea.Autosize mah="100%" className={classes.scroll} type="hover" scrollbarSize={6}>
        {families.map(({ family, kinds }) => (
          <section key={family} aria-label={t(`family.${family}`)}>
            <h3 className={pick.group}>{t(`family.${family}`)}</h3>
            {kinds.map(({ id, kind }) => (
              <Tooltip
                key={id}
                label={
                  isNarrow ? (
                    <>
                      <b>{say(kind.name)}</b>
                      <br />
                      {say(kind.about)}
                    </>
                  ) : (
                    say(kind.about)
                  )
                }
                position="right"
                multiline
                maw={240}
                openDelay={isNarrow ? 150 : 500}
              >
                <UnstyledButton
                  className={`${pick.item} ${classes.item}`}
                  data-family={family}
                  data-testid={`palette-${id}`}
                  onPointerDown={(event) => onDrag(id, event)}
                  onClick={(event) => {
                    if (event.detail === 0) onAdd(id);
                  }}
                >
                  <span className={pick.icon}>
                    <Icon name={kind.icon} size={16} />
                  </span>
                  <span className={classes.name}>{say(kind.name)}</span>
                </UnstyledButton>
              </Tooltip>
            ))}
          </section>
        ))}
        {families.length === 0 && <div className={pick.none}>{t("noSteps")}</div>}
      </ScrollArea.Autosize>
    </aside>
  );
});
