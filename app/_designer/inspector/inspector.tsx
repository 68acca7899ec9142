"use client";
import { ActionIcon, Menu, Textarea, UnstyledButton } from "@mantine/core";
import { type ComponentType, useEffect, useRef, useState } from "react";
import type { JourneyNode } from "@/core/journey/document";
import { fieldsOf } from "@/core/journey/parts/field";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { useKeysNamed } from "../../_ui/use-keys-named";
import { annotate, entitle, setField } from "../edit/change";
import { nodeOf } from "../edit/place";
import type { FieldProps } from "../fields/field-props";
import { fields } from "../fields/registry";
import { familyOf, iconOf, kindOf, portsOf } from "../kinds";
import { useNodeProblems } from "../problems/use-problems";
import { useSay } from "../shelf";
import { useCommands } from "../store/use-commands";
import { useDesigner, useEditor } from "../store/use-designer";
import classes from "./inspector.module.css";
import { Several } from "./several";
import { TriggerKind } from "./trigger-kind";

/** What is selected, and how to change it: a form made from the kind's schema. Changes apply as they are typed. */
export function Inspector() {
  const { select } = useEditor();
  const selected = useDesigner((state) => state.selected);
  const node = useDesigner((state) =>
    state.selected.length === 1 ? nodeOf(state.document, state.selected[0] ?? "") : undefined,
  );
  const isOther = useDesigner(
    (state) => state.panel === "settings" || state.panel === "versions" || state.mode !== "edit",
  );
  if (isOther || selected.length === 0) return null;
  if (!node) return <Several />;
  return <NodeForm key={node.id} node={node} onClose={() => select([])} />;
}

function NodeForm({ node, onClose }: { node: JourneyNode; onClose(): void }) {
  const t = useT("designer");
  const say = useSay();
  const { store, edit } = useEditor();
  const commands = useCommands();
  const named = useKeysNamed();
  const kind = kindOf(node.kind);
  const problems = useNodeProblems(node.id);
  const entry = useDesigner((state) => state.document.entry);
  const path = useDesigner((state) => state.path);
  const body = useRef<HTMLDivElement>(null);
  const isEntry = node.id === entry;

  // A problem's jump ends at the field it is about.
  useEffect(() => {
    const name = path?.[0];
    if (name === undefined) return;
    const target = body.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(String(name))}"]`);
    target?.scrollIntoView({ block: "center", behavior: "smooth" });
    target?.querySelector<HTMLElement>("input, textarea, button:not([data-skip])")?.focus({ preventScroll: true });
  }, [path]);

  return (
    <aside
      className={classes.panel}
      data-inspector
      data-family={familyOf(node.kind)}
      aria-label={t("node.settings")}
      data-testid="inspector"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.stopPropagation();
        document
          .querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(node.id)}"]`)
          ?.focus({ preventScroll: true });
      }}
    >
      <header className={classes.head}>
        <span className={classes.icon}>
          <Icon name={iconOf(node.kind)} size={18} />
        </span>
        <div className={classes.names}>
          <input
            className={classes.title}
            data-skip
            aria-label={t("node.title")}
            placeholder={kind ? say(kind.name) : node.kind}
            value={node.title ?? ""}
            maxLength={80}
            onChange={(event) => edit(entitle(node.id, event.target.value), { typing: `title ${node.id}` })}
          />
          <span className={classes.about}>{kind ? say(node.title ? kind.name : kind.about) : t("node.unknown")}</span>
        </div>
        {!isEntry && (
          <Menu position="bottom-end" zIndex={200} returnFocus={false}>
            <Menu.Target>
              <ActionIcon data-skip variant="subtle" color="gray" aria-label={t("node.settings")}>
                <Icon name="more" size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<Icon name="add" size={16} />}
                rightSection={<kbd className={classes.key}>N</kbd>}
                disabled={!commands.wayAfter(node.id)}
                onClick={() => store.setState({ picking: { node: node.id } })}
              >
                {t("addHere")}
              </Menu.Item>
              <Menu.Item
                leftSection={<Icon name="refresh" size={16} />}
                rightSection={<kbd className={classes.key}>R</kbd>}
                onClick={() => store.setState({ picking: { replace: node.id } })}
                data-testid="inspector-replace"
              >
                {t("node.replace")}
              </Menu.Item>
              <Menu.Item
                leftSection={<Icon name="remove" size={16} />}
                rightSection={<kbd className={classes.key}>{named("Del")}</kbd>}
                onClick={() => commands.remove()}
              >
                {t("node.delete")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
        <ActionIcon data-skip variant="subtle" color="gray" aria-label={t("node.closed")} onClick={onClose}>
          <Icon name="close" size={18} />
        </ActionIcon>
      </header>
      <div ref={body} className={classes.body}>
        {isEntry && <TriggerKind node={node} />}
        {problems
          .filter((problem) => problem.path.length === 0)
          .map((problem) => (
            <p key={problem.code} className={classes.problem} data-severity={problem.severity}>
              <Icon name="warning" size={15} />
              {problem.says}
            </p>
          ))}
        {kind &&
          fieldsOf(kind.config).map(({ name, meta }) => {
            const Field: ComponentType<FieldProps> = fields[meta.field];
            const found =
              problems.find((problem) => problem.path[0] === name && problem.severity === "error") ??
              problems.find((problem) => problem.path[0] === name);
            return (
              <div key={name} data-field={name} data-worst={found?.severity}>
                <Field
                  name={name}
                  meta={meta}
                  value={node.config[name]}
                  config={node.config}
                  node={node.id}
                  error={found && withoutLabel(found.says, say(meta.label))}
                  onChange={(value) => edit(setField(node.id, name, value, portsOf), { typing: `${node.id} ${name}` })}
                />
              </div>
            );
          })}
        <Note node={node} />
        <p className={classes.id}>
          {t("node.id")}: <code>{node.id}</code>
        </p>
      </div>
    </aside>
  );
}

/** Beside its own field a finding need not name it. */
const withoutLabel = (says: string, label: string): string =>
  says.startsWith(label) ? says.slice(label.length).replace(/^[:：]\s*/, "") : says;

function Note({ node }: { node: JourneyNode }) {
  const t = useT("designer");
  const { edit } = useEditor();
  const [isOpen, setOpen] = useState(Boolean(node.note));
  if (!isOpen && !node.note)
    return (
      <UnstyledButton className={classes.addNote} onClick={() => setOpen(true)}>
        <Icon name="add" size={14} />
        {t("node.note")}
      </UnstyledButton>
    );
  return (
    <Textarea
      label={t("node.note")}
      placeholder={t("node.notePlaceholder")}
      autosize
      minRows={2}
      maxRows={8}
      maxLength={2000}
      value={node.note ?? ""}
      onChange={(event) => edit(annotate(node.id, event.target.value), { typing: `note ${node.id}` })}
    />
  );
}
