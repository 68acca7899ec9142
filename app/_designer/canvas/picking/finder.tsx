"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { useFocusBack } from "../../../_ui/page/use-focus-back";
import { familyOf, iconOf } from "../../kinds";
import { useShelf } from "../../shelf";
import { drawn } from "../../store/designer";
import { useDesigner, useEditor } from "../../store/use-designer";
import { useSays, useTitle } from "../../use-says";
import classes from "./finder.module.css";
import pick from "./pick.module.css";

/** Finds a step by its title or line; Enter goes there. */
export function Finder({ onShow }: { onShow(id: string): void }) {
  const isOpen = useDesigner((state) => state.finding);
  return isOpen ? <Search onShow={onShow} /> : null;
}

function Search({ onShow }: { onShow(id: string): void }) {
  const t = useT("designer");
  const k = useT("designerCommands");
  const { store } = useEditor();
  const { locale } = useShelf();
  const nodes = useDesigner((state) => drawn(state).nodes);
  const titleOf = useTitle();
  const says = useSays();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  useFocusBack(true);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const found = useMemo(() => {
    const wanted = query.trim().toLocaleLowerCase(locale);
    return nodes
      .map((node) => ({
        node,
        title: titleOf(node),
        line: says(node)
          .map((piece) => piece.text)
          .join(""),
      }))
      .filter(({ node, title, line }) =>
        `${title} ${line} ${node.note ?? ""} ${node.id}`.toLocaleLowerCase(locale).includes(wanted),
      );
  }, [locale, nodes, query, says, titleOf]);
  const close = () => store.setState({ finding: false });
  const go = (id: string | undefined) => {
    close();
    if (id !== undefined) onShow(id);
  };
  return (
    <div
      className={classes.finder}
      role="dialog"
      aria-label={k("find")}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close();
      }}
    >
      <div className={pick.search}>
        <Icon name="search" size={16} />
        <input
          ref={input}
          value={query}
          placeholder={t("findPlaceholder")}
          aria-label={k("find")}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape") {
              event.stopPropagation();
              close();
            } else if (event.key === "Enter") go(found[at]?.node.id);
            else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
              event.preventDefault();
              setAt((now) => Math.max(0, Math.min(found.length - 1, now + (event.key === "ArrowDown" ? 1 : -1))));
            }
          }}
        />
      </div>
      <div className={pick.list} role="listbox" aria-label={k("find")}>
        {found.map(({ node, title, line }, i) => (
          <div
            key={node.id}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            className={pick.item}
            data-family={familyOf(node.kind)}
            onPointerMove={() => setAt(i)}
            onPointerDown={(event) => {
              event.preventDefault();
              go(node.id);
            }}
          >
            <span className={pick.icon}>
              <Icon name={iconOf(node.kind)} size={16} />
            </span>
            <span className={pick.words}>
              <span className={pick.name}>{title}</span>
              <span className={pick.about}>{line}</span>
            </span>
          </div>
        ))}
        {found.length === 0 && <div className={pick.none}>{t("noSteps")}</div>}
      </div>
    </div>
  );
}
